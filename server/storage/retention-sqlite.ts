/**
 * What `retention.ts` asks and deletes, in SQLite's dialect.
 *
 * Each look-up takes the next rows by key and answers `found`, the keys of those that may go as one JSON text, and
 * `last`, the key to go on after: null when none of them was old, since then nothing after them is. Its first two
 * parameters are the key to start after and how many rows; the others are listed above it.
 */
export const sqlite = {
  /** now − keep, now − window */
  deliveries: `
    WITH b AS (SELECT id, createdAt, settledAt, digestId FROM delivery WHERE id > ? ORDER BY id LIMIT ?),
      p AS (SELECT ? AS old, ? AS countedSince)
    SELECT iif(max(b.createdAt < p.old), max(b.id), NULL) AS last, json_group_array(b.id) FILTER (WHERE
      b.settledAt < p.old
      AND NOT EXISTS (SELECT 1 FROM delivery g WHERE g.id = b.digestId AND g.settledAt IS NULL)
      AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.deliveryId = b.id AND a.endedAt >= p.countedSince)) AS found
    FROM p CROSS JOIN b`,

  /** [deliveryId, …] */
  deleteDeliveries: `
    DELETE FROM delivery WHERE id IN (SELECT value FROM json_each(?)) AND kind <> 'digest'`,

  /** [deliveryId, …]: after the others, so that a digest can go with the last of its members. */
  deleteDigests: `
    DELETE FROM delivery WHERE id IN (SELECT value FROM json_each(?)) AND kind = 'digest'
      AND NOT EXISTS (SELECT 1 FROM delivery m WHERE m.digestId = delivery.id)`,

  /** [deliveryId, …]: of those that have gone. */
  deleteAttempts: `
    DELETE FROM attempt WHERE deliveryId IN (SELECT value FROM json_each(?))
      AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.id = attempt.deliveryId)`,

  /** now − keep − an hour. What is found is deleted before the next look, so that the oldest is always first. */
  cards: `
    WITH b AS (SELECT hash, sentAt FROM sent_card WHERE sentAt >= ? ORDER BY sentAt LIMIT ?),
      p AS (SELECT ? AS old)
    SELECT iif(min(b.sentAt) < p.old, 0, NULL) AS last,
      json_group_array(b.hash) FILTER (WHERE b.sentAt < p.old) AS found
    FROM p CROSS JOIN b`,

  /** now − keep − an hour, [hash, …]: one may have been sent again since it was looked at. */
  deleteCards: `DELETE FROM sent_card WHERE sentAt < ? AND hash IN (SELECT value FROM json_each(?))`,

  /** now − keep */
  events: `
    WITH b AS (SELECT id, receivedAt FROM event WHERE id > ? ORDER BY id LIMIT ?), p AS (SELECT ? AS old)
    SELECT iif(max(b.receivedAt < p.old), max(b.id), NULL) AS last, json_group_array(b.id) FILTER (WHERE
      b.receivedAt < p.old AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.eventId = b.id)) AS found
    FROM p CROSS JOIN b`,

  /** [eventId, …]: someone may have asked to send one again since it was looked at. */
  deleteEvents: `
    DELETE FROM event WHERE id IN (SELECT value FROM json_each(?))
      AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.eventId = event.id)`,

  /** now − keep. Their ids say nothing of when they were left, so that all of them are looked at. */
  destinations: `
    WITH b AS (SELECT id, orphanedAt FROM destination WHERE id > ? ORDER BY id LIMIT ?), p AS (SELECT ? AS old)
    SELECT max(b.id) AS last, json_group_array(b.id) FILTER (WHERE b.orphanedAt < p.old) AS found
    FROM p CROSS JOIN b`,

  /** now − keep, [destinationId, …]: a save may have found one again since it was looked at. */
  deleteDestinations: `
    DELETE FROM destination
    WHERE orphanedAt < ? AND id IN (SELECT value FROM json_each(?)) AND leaseId IS NULL
      AND NOT EXISTS (SELECT 1 FROM configuration c WHERE c.destinationId = destination.id)
      AND NOT EXISTS (SELECT 1 FROM delivery d
        WHERE d.destinationId = destination.id AND d.state = 'pending' AND d.digestId IS NULL)
      AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.destinationId = destination.id)`,

  /** now − a year */
  auditEntries: `
    WITH b AS (SELECT id, at FROM audit_entry WHERE id > ? ORDER BY id LIMIT ?), p AS (SELECT ? AS old)
    SELECT iif(max(b.at < p.old), max(b.id), NULL) AS last,
      json_group_array(b.id) FILTER (WHERE b.at < p.old) AS found
    FROM p CROSS JOIN b`,

  /** [id, …] */
  deleteAuditEntries: `DELETE FROM audit_entry WHERE id IN (SELECT value FROM json_each(?))`,

  /** now − a week */
  refusals: `
    WITH b AS (SELECT id, at FROM refusal WHERE id > ? ORDER BY id LIMIT ?), p AS (SELECT ? AS old)
    SELECT iif(max(b.at < p.old), max(b.id), NULL) AS last,
      json_group_array(b.id) FILTER (WHERE b.at < p.old) AS found
    FROM p CROSS JOIN b`,

  /** [id, …] */
  deleteRefusals: `DELETE FROM refusal WHERE id IN (SELECT value FROM json_each(?))`,
}
