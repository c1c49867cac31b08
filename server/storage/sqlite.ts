/**
 * The hot statements in SQLite's dialect. A second database is a second file like this one.
 *
 * Each is set-based: what it works on comes in as one JSON text, what it finds goes out as one JSON text, since
 * a row at a time through Prisma costs ten times as much. `CROSS JOIN` keeps the order of the JSON, which is the
 * order of the lanes. Times are whole milliseconds since 1970. Parameters are listed above each statement.
 */
export const sqlite = {
  /** now, events: [[id, sourceId, externalId, type, occurredAt, body, rulesVersion], …] */
  insertEvents: `
    INSERT INTO event (id, sourceId, externalId, type, occurredAt, receivedAt, body)
    SELECT j.value->>0, s.id, j.value->>2, j.value->>3, j.value->>4, ?, j.value->'$[5]'
    FROM json_each(?) j CROSS JOIN source s ON s.id = j.value->>1 AND s.rulesVersion = j.value->>6
    WHERE true
    ON CONFLICT (sourceId, externalId) DO NOTHING`,

  /** now, [[eventId, critical, entityId, destinationId, heldBy, heldUntil], …]; only of events that are kept */
  insertDeliveries: `
    INSERT INTO delivery (kind, eventId, entityId, destinationId, state, critical, heldBy, heldUntil, createdAt)
    SELECT 'event', e.id, j.value->>2, j.value->>3, iif(j.value->>4 IS NULL, 'pending', 'held'), j.value->>1,
           j.value->>4, j.value->>5, ?
    FROM json_each(?) j CROSS JOIN event e ON e.id = j.value->>0`,

  /** now, [destinationId, …], now */
  wake: `
    UPDATE destination SET dueAt = max(?, coalesce(notBefore, 0))
    WHERE id IN (SELECT value FROM json_each(?)) AND leaseId IS NULL AND health <> 'disabled'
      AND (dueAt IS NULL OR dueAt > max(?, coalesce(notBefore, 0)))`,

  /** now, [sourceId, …] */
  touchSources: `UPDATE source SET lastEventAt = ? WHERE id IN (SELECT value FROM json_each(?))`,

  /** [[id, sourceId, externalId], …] → [[asked id, kept id, deliveries of a duplicate], …] */
  keptEvents: `
    SELECT json_group_array(json_array(j.value->>0, e.id,
      iif(e.id = j.value->>0, NULL, (SELECT count(*) FROM delivery d WHERE d.eventId = e.id)))) AS found
    FROM json_each(?) j
    CROSS JOIN event e ON e.sourceId = j.value->>1 AND e.externalId = j.value->>2`,

  /** leaseId, leaseEnd, now, limit */
  leaseLanes: `
    UPDATE destination SET leaseId = ?, dueAt = ?
    WHERE id IN (SELECT id FROM destination WHERE dueAt <= ? AND leaseId IS NULL ORDER BY dueAt LIMIT ?)`,

  /** leaseId, now, stamps per lane, leaseId */
  stampHeads: `
    UPDATE delivery SET leaseId = ?, claimedAt = ?
    WHERE id IN (
      SELECT d.id FROM destination x CROSS JOIN delivery d ON d.id IN (
        SELECT p.id FROM delivery p WHERE p.destinationId = x.id AND p.state = 'pending' ORDER BY p.id LIMIT ?)
      WHERE x.leaseId = ? AND x.health <> 'gone')`,

  /** leaseId */
  leasedLanes: `
    SELECT json_group_array(json_array(
      id, urlSealed, host, transport, health, failures, savedAt, failingSince, healthReason)) AS found
    FROM destination WHERE leaseId = ?`,

  /** leaseId */
  stampedDeliveries: `
    SELECT json_group_array(json_array(d.id, d.destinationId, d.kind, d.eventId, d.entityId, d.critical, d.attempts,
      d.errors, d.firstAttemptAt, d.createdAt, json(d.content), c.locale, c.zone, s.name)) AS found
    FROM delivery d
    CROSS JOIN configuration c ON c.entityId = d.entityId
    CROSS JOIN source s ON s.id = c.sourceId
    WHERE d.leaseId = ?`,

  /** leaseId */
  stampedEvents: `
    SELECT json_group_array(json(body)) AS found FROM event
    WHERE id IN (SELECT DISTINCT eventId FROM delivery WHERE leaseId = ?)`,

  /** [[deliveryId, leaseId, destinationId, startedAt, endedAt, outcome, status, answer, reason, sizeBytes, shortened], …] */
  insertAttempts: `
    INSERT INTO attempt (deliveryId, destinationId, startedAt, endedAt, outcome, status, answer, reason, sizeBytes, shortened)
    SELECT d.id, j.value->>2, j.value->>3, j.value->>4, j.value->>5, j.value->>6, j.value->>7, j.value->>8,
           j.value->>9, j.value->>10
    FROM json_each(?) j CROSS JOIN delivery d ON d.id = j.value->>0 AND d.leaseId = j.value->>1`,

  /**
   * now, [[deliveryId, leaseId, state, reason, errors, attempted at], …]. What would go on waiting for a
   * configuration that was removed meanwhile is cancelled instead.
   */
  settleDeliveries: `
    UPDATE delivery SET
      state = v.state, reason = v.reason, errors = v.errors, leaseId = NULL, claimedAt = NULL,
      attempts = attempts + (v.attemptedAt IS NOT NULL), firstAttemptAt = coalesce(firstAttemptAt, v.attemptedAt),
      settledAt = iif(v.state = 'pending', NULL, v.now)
    FROM (
      SELECT j.value->>0 AS id, j.value->>1 AS leaseId, j.value->>4 AS errors, j.value->>5 AS attemptedAt, ? AS now,
        iif(j.value->>2 = 'pending' AND c.entityId IS NULL, 'cancelled', j.value->>2) AS state,
        iif(j.value->>2 = 'pending' AND c.entityId IS NULL, 'The configuration was removed.', j.value->>3) AS reason
      FROM json_each(?) j CROSS JOIN delivery own ON own.id = j.value->>0
      LEFT JOIN configuration c ON j.value->>2 = 'pending' AND c.entityId = own.entityId) v
    WHERE delivery.id = v.id AND delivery.leaseId = v.leaseId`,

  /**
   * [deliveryId, …]. What goes on waiting after it was stamped follows what became of its configuration meanwhile:
   * to its new URL, and held if it was paused. A notice stays with the destination it is for.
   */
  followConfigurations: `
    UPDATE delivery SET
      destinationId = c.destinationId,
      state = iif(c.approvedAt IS NULL OR c.pausedAt IS NOT NULL, 'held', 'pending'),
      heldBy = iif(c.approvedAt IS NULL, 'approval', iif(c.pausedAt IS NULL, NULL, 'pause'))
    FROM configuration c
    WHERE delivery.id IN (SELECT value FROM json_each(?)) AND c.entityId = delivery.entityId
      AND delivery.state = 'pending' AND delivery.leaseId IS NULL AND delivery.kind <> 'notice'
      AND (c.destinationId <> delivery.destinationId OR c.approvedAt IS NULL OR c.pausedAt IS NOT NULL)`,

  /** now, [deliveryId, …], now */
  wakeLanesOf: `
    UPDATE destination SET dueAt = max(?, coalesce(notBefore, 0))
    WHERE id IN (SELECT destinationId FROM delivery WHERE id IN (SELECT value FROM json_each(?)) AND state = 'pending')
      AND leaseId IS NULL AND health <> 'disabled' AND (dueAt IS NULL OR dueAt > max(?, coalesce(notBefore, 0)))`,

  /**
   * now, [[destinationId, leaseId, notBefore, failures, health, reason, failingSince, succeededAt, savedAt], …].
   * Gives the lanes back: due again if anything is pending, and with the URL forgotten if nobody needs it. A save
   * that came while the lane was leased says that the URL is good: an answer from before does not make it gone.
   */
  settleLanes: `
    UPDATE destination SET
      leaseId = NULL, notBefore = v.notBefore, failures = v.failures, failingSince = v.failingSince,
      healthSince = iif(destination.health IN (v.health, 'disabled'), healthSince, v.now),
      healthReason = iif(v.health = 'gone' AND destination.savedAt > v.savedAt, NULL, v.reason),
      health = iif(destination.health = 'disabled', 'disabled',
        iif(v.health = 'gone' AND destination.savedAt > v.savedAt, 'healthy', v.health)),
      lastSuccessAt = coalesce(v.succeededAt, lastSuccessAt),
      urlSealed = iif(v.waiting OR orphanedAt IS NULL, urlSealed, NULL),
      dueAt = iif(v.waiting AND destination.health <> 'disabled', max(v.now, coalesce(v.notBefore, 0)), NULL)
    FROM (
      SELECT j.value->>0 AS id, j.value->>1 AS leaseId, j.value->>2 AS notBefore, j.value->>3 AS failures,
        j.value->>4 AS health, j.value->>5 AS reason, j.value->>6 AS failingSince, j.value->>7 AS succeededAt,
        j.value->>8 AS savedAt, ? AS now,
        EXISTS (SELECT 1 FROM delivery p WHERE p.destinationId = j.value->>0 AND p.state = 'pending') AS waiting
      FROM json_each(?) j) v
    WHERE destination.id = v.id AND destination.leaseId = v.leaseId
    RETURNING id, dueAt IS NOT NULL AND dueAt IS NOT notBefore AS due`,

  /** leaseEnd, destinationId, leaseId, now */
  renewLease: `UPDATE destination SET dueAt = ? WHERE id = ? AND leaseId = ? AND dueAt > ?`,

  /** now → [deliveryId, …] */
  expiredStamps: `
    SELECT json_group_array(d.id) AS found
    FROM destination x CROSS JOIN delivery d ON d.leaseId = x.leaseId AND d.destinationId = x.id
    WHERE x.leaseId IS NOT NULL AND x.dueAt <= ?`,

  /** now, now */
  recordUnknown: `
    INSERT INTO attempt (deliveryId, destinationId, startedAt, endedAt, outcome, reason, sizeBytes)
    SELECT d.id, d.destinationId, d.claimedAt, ?, 'unknown', 'Perhaps sent: the process stopped.', 0
    FROM destination x CROSS JOIN delivery d ON d.leaseId = x.leaseId AND d.destinationId = x.id
    WHERE x.leaseId IS NOT NULL AND x.dueAt <= ?`,

  /** now, now */
  unstampExpired: `
    UPDATE delivery SET
      attempts = attempts + 1, firstAttemptAt = coalesce(firstAttemptAt, claimedAt), leaseId = NULL, claimedAt = NULL,
      state = iif(EXISTS (SELECT 1 FROM configuration c WHERE c.entityId = delivery.entityId), 'pending', 'cancelled'),
      reason = iif(EXISTS (SELECT 1 FROM configuration c WHERE c.entityId = delivery.entityId), reason, 'The configuration was removed.'),
      settledAt = iif(EXISTS (SELECT 1 FROM configuration c WHERE c.entityId = delivery.entityId), NULL, ?)
    WHERE id IN (
      SELECT d.id FROM destination x CROSS JOIN delivery d ON d.leaseId = x.leaseId AND d.destinationId = x.id
      WHERE x.leaseId IS NOT NULL AND x.dueAt <= ?)`,

  /** now, now */
  freeExpired: `
    UPDATE destination SET leaseId = NULL, dueAt = max(?, coalesce(notBefore, 0)) WHERE leaseId IS NOT NULL AND dueAt <= ?`,

  /** now */
  expireAll: `UPDATE destination SET dueAt = ? WHERE leaseId IS NOT NULL`,

  nextDue: `SELECT min(dueAt) AS found FROM destination WHERE dueAt IS NOT NULL`,

  /** now, reason, destinationId, leaseId. Nothing is cancelled once the lease is lost, or a save says that the URL is good. */
  cancelPending: `
    UPDATE delivery SET state = 'cancelled', settledAt = ?, reason = ?
    WHERE destinationId = ? AND state = 'pending' AND leaseId IS NULL
      AND EXISTS (SELECT 1 FROM destination x WHERE x.id = delivery.destinationId AND x.leaseId = ? AND x.health = 'gone')`,
}
