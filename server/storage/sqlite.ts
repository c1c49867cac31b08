/**
 * The hot statements in SQLite's dialect. A second database is a second file like this one.
 *
 * Each is set-based: what it works on comes in as one JSON text, what it finds goes out as one JSON text, since
 * a row at a time through Prisma costs ten times as much. `CROSS JOIN` keeps the order of the JSON, which is the
 * order of the lanes. Times are whole milliseconds since 1970. Parameters are listed above each statement.
 *
 * The heads of a lane are what is pending and not told by a digest, digests first: `lane_heads_idx` is exactly that.
 */
const isHeadOf = (delivery: string, lane: string) =>
  `${delivery}.destinationId = ${lane}.id AND ${delivery}.state = 'pending' AND ${delivery}.digestId IS NULL`
const headsOf = (lane: string) =>
  `SELECT p.id FROM delivery p WHERE ${isHeadOf('p', lane)} ORDER BY p.ahead DESC, p.id`

const isWaiting = (lane: string) =>
  `EXISTS (SELECT 1 FROM delivery p WHERE p.destinationId = ${lane} AND p.state = 'pending' AND p.digestId IS NULL)`

/**
 * Whether a delivery tells what was approved for a configuration that has gone over to another source since: nobody
 * has approved that for wherever it sends now.
 */
const isForeign = `EXISTS (
  SELECT 1 FROM event e CROSS JOIN source s ON s.id = e.sourceId
  WHERE e.id = coalesce(delivery.eventId, (SELECT m.eventId FROM delivery m WHERE m.digestId = delivery.id LIMIT 1))
    AND s.access = 'approval' AND s.id <> c.sourceId)`
const foreignReason = `'The configuration now wants another source, and this one asks for approval.'`

/** Parameters: destinationId, leaseId, entityId, whether held alike only, whether critical only, how many at the most. */
const mergeable = (columns: string) => `
  SELECT ${columns} FROM (SELECT ? AS lane, ? AS lease, ? AS entityId, ? AS heldOnly, ? AS criticalOnly) p
  CROSS JOIN destination x ON x.id = p.lane AND x.leaseId = p.lease
  CROSS JOIN delivery d ON ${isHeadOf('d', 'x')} AND d.entityId = p.entityId AND d.kind = 'event'
    AND d.attempts = 0 AND (d.heldBy IS NOT NULL OR NOT p.heldOnly) AND (d.critical OR NOT p.criticalOnly)
  CROSS JOIN event e ON e.id = d.eventId
  ORDER BY d.ahead DESC, d.id LIMIT ?`

const nextDue = `
  SELECT min(at) FROM (
    SELECT min(dueAt) AS at FROM destination WHERE dueAt IS NOT NULL
    UNION ALL SELECT min(heldUntil) FROM delivery WHERE heldUntil IS NOT NULL)`

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

  /** leaseId */
  leasedLanes: `
    SELECT json_group_array(json_array(
      id, urlSealed, transport, health, failures, savedAt, failingSince, healthReason, goneSince)) AS found
    FROM destination WHERE leaseId = ?`,

  /**
   * how many of each lane, leaseId; in the order in which they are to be sent. A test card may belong to no
   * configuration. What happened is told as its own source's, whichever the configuration wants by now.
   */
  heads: `
    SELECT json_group_array(json_array(d.id, d.destinationId, d.kind, d.eventId, d.entityId, d.critical, d.attempts,
      d.errors, d.firstAttemptAt, d.createdAt, d.heldBy, json(d.content),
      coalesce(c.locale, d.content ->> '$.locale', 'en'), coalesce(c.zone, 'UTC'), c.rule -> '$.quietHours',
      coalesce(o.name, s.name, '')) ORDER BY d.ahead DESC, d.id) AS found
    FROM destination x
    CROSS JOIN delivery d ON d.id IN (${headsOf('x')} LIMIT ?)
    LEFT JOIN configuration c ON c.entityId = d.entityId
    LEFT JOIN event e ON e.id = coalesce(d.eventId, (SELECT m.eventId FROM delivery m WHERE m.digestId = d.id LIMIT 1))
    LEFT JOIN source o ON o.id = e.sourceId
    LEFT JOIN source s ON s.id = c.sourceId
    WHERE x.leaseId = ? AND x.health <> 'gone' AND (c.entityId IS NOT NULL OR d.kind = 'notice')`,

  /** [destinationId, …] → [[destinationId, how many of 200 wait, since, critical since], …] */
  waiting: `
    SELECT json_group_array(json_array(w.id, w.n, w.since, w.criticalSince)) AS found FROM (
      SELECT x.id, count(*) AS n, min(d.createdAt) AS since, min(iif(d.critical, d.createdAt, NULL)) AS criticalSince
      FROM json_each(?) j CROSS JOIN destination x ON x.id = j.value
      CROSS JOIN delivery d ON d.id IN (${headsOf('x')} LIMIT 200)
      GROUP BY x.id) w`,

  /** leaseId, now, [deliveryId, …] */
  stamp: `UPDATE delivery SET leaseId = ?, claimedAt = ? WHERE id IN (SELECT value FROM json_each(?))`,

  /** [eventId, …] */
  events: `SELECT json_group_array(json(body)) AS found FROM event WHERE id IN (SELECT value FROM json_each(?))`,

  /** [digestId, …] → [[digestId, name, kind, settings, [event, …]], …], the twenty that matter most */
  digests: `
    SELECT json_group_array(json_array(g.id, c.name, s.kind, json(s.settings), json((
      SELECT json_group_array(json(body) ORDER BY rank, occurredAt DESC) FROM (
        SELECT e.body, e.occurredAt,
          CASE e.body ->> '$.severity' WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END AS rank
        FROM delivery m CROSS JOIN event e ON e.id = m.eventId
        WHERE m.digestId = g.id ORDER BY rank, e.occurredAt DESC LIMIT 20))))) AS found
    FROM json_each(?) j CROSS JOIN delivery g ON g.id = j.value
    CROSS JOIN configuration c ON c.entityId = g.entityId
    CROSS JOIN source s ON s.id = coalesce((
      SELECT o.id FROM delivery m CROSS JOIN event e ON e.id = m.eventId CROSS JOIN source o ON o.id = e.sourceId
      WHERE m.digestId = g.id LIMIT 1), c.sourceId)`,

  /** since, [destinationId, …] → [[destinationId, endedAt], …], oldest first */
  sentSince: `
    SELECT json_group_array(json_array(a.destinationId, a.endedAt) ORDER BY a.endedAt) AS found
    FROM (SELECT ? AS since, ? AS ids) p
    CROSS JOIN json_each(p.ids) j
    CROSS JOIN attempt a ON a.destinationId = j.value AND a.endedAt >= p.since`,

  /** [destinationId, …], leaseId → [destinationId, …]: those whose lease is still held. */
  stillLeased: `
    SELECT json_group_array(id) AS found FROM destination
    WHERE id IN (SELECT value FROM json_each(?)) AND leaseId = ?`,

  /** now, {hash: body, …}. When one was last sent is known to the hour, since to write it down is to write the body. */
  keepCards: `
    INSERT INTO sent_card (sentAt, hash, body) SELECT p.now, j.key, j.value
    FROM (SELECT ? AS now) p CROSS JOIN json_each(?) j WHERE true
    ON CONFLICT (hash) DO UPDATE SET sentAt = excluded.sentAt WHERE sentAt <= excluded.sentAt - 3600000`,

  /** outcome, status, answer, [[deliveryId, startedAt, endedAt, sizeBytes, card], …], leaseId */
  insertSuccesses: `
    INSERT INTO attempt (deliveryId, destinationId, startedAt, endedAt, outcome, status, answer, sizeBytes, card)
    SELECT d.id, d.destinationId, j.value->>1, j.value->>2, p.outcome, p.status, p.answer, j.value->>3, j.value->>4
    FROM (SELECT ? AS outcome, ? AS status, ? AS answer) p
    CROSS JOIN json_each(?) j CROSS JOIN delivery d ON d.id = j.value->>0 AND d.leaseId = ?`,

  /** state, now, [deliveryId, …], leaseId */
  settleSuccesses: `
    UPDATE delivery SET
      state = ?, settledAt = ?, reason = NULL, leaseId = NULL, claimedAt = NULL, attempts = attempts + 1,
      firstAttemptAt = coalesce(firstAttemptAt, claimedAt)
    WHERE id IN (SELECT value FROM json_each(?)) AND leaseId = ?`,

  /** now, now, now, [destinationId, …], leaseId: gives back lanes whose deliveries were all taken. */
  settleHealthy: `
    UPDATE destination SET
      leaseId = NULL, notBefore = NULL, failures = 0, failingSince = NULL, goneSince = NULL, healthReason = NULL,
      toldAt = NULL,
      lastSuccessAt = ?, healthSince = iif(health IN ('healthy', 'disabled'), healthSince, ?),
      health = iif(health = 'disabled', health, 'healthy'),
      urlSealed = iif(orphanedAt IS NULL OR ${isWaiting('destination.id')}, urlSealed, NULL),
      dueAt = iif(health <> 'disabled' AND ${isWaiting('destination.id')}, ?, NULL)
    WHERE id IN (SELECT value FROM json_each(?)) AND leaseId = ?`,

  /** [[deliveryId, leaseId, destinationId, startedAt, endedAt, outcome, status, answer, reason, sizeBytes, shortened, card], …] */
  insertAttempts: `
    INSERT INTO attempt (deliveryId, destinationId, startedAt, endedAt, outcome, status, answer, reason, sizeBytes, shortened,
      card)
    SELECT d.id, j.value->>2, j.value->>3, j.value->>4, j.value->>5, j.value->>6, j.value->>7, j.value->>8,
           j.value->>9, j.value->>10, j.value->>11
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

  /** now, [digestId, …]: what a digest tells shares its end. */
  settleMembers: `
    UPDATE delivery SET
      state = iif(v.state IN ('delivered', 'accepted'), 'merged', v.state), reason = v.reason, settledAt = v.now
    FROM (
      SELECT g.id, g.state, g.reason, ? AS now FROM json_each(?) j CROSS JOIN delivery g ON g.id = j.value
      WHERE g.settledAt IS NOT NULL) v
    WHERE delivery.digestId = v.id AND delivery.settledAt IS NULL`,

  /** [[deliveryId, until], …]: what may not be sent now because quiet hours have begun. */
  holdQuiet: `
    UPDATE delivery SET state = 'held', heldBy = 'quiet hours', heldUntil = v.until
    FROM (SELECT j.value ->> 0 AS id, j.value ->> 1 AS until FROM json_each(?) j) v
    WHERE delivery.id = v.id AND delivery.state = 'pending' AND delivery.leaseId IS NULL`,

  /**
   * now, [deliveryId, …]. What goes on waiting after it was stamped follows what became of its configuration meanwhile:
   * to its new URL, and held if it was paused. A notice stays with the destination it is for.
   */
  followConfigurations: `
    UPDATE delivery SET
      destinationId = c.destinationId,
      state = iif(${isForeign}, 'cancelled', iif(c.approvedAt IS NULL OR c.pausedAt IS NOT NULL, 'held', 'pending')),
      reason = iif(${isForeign}, ${foreignReason}, reason), settledAt = iif(${isForeign}, p.now, NULL),
      heldBy = iif(c.approvedAt IS NULL, 'approval', iif(c.pausedAt IS NULL, NULL, 'pause'))
    FROM (SELECT ? AS now) p CROSS JOIN configuration c
    WHERE delivery.id IN (SELECT value FROM json_each(?)) AND c.entityId = delivery.entityId
      AND delivery.state = 'pending' AND delivery.leaseId IS NULL AND delivery.kind <> 'notice'
      AND (c.destinationId <> delivery.destinationId OR c.approvedAt IS NULL OR c.pausedAt IS NOT NULL)`,

  /** now, [deliveryId, …], now */
  wakeLanesOf: `
    UPDATE destination SET dueAt = max(?, coalesce(notBefore, 0))
    WHERE id IN (SELECT destinationId FROM delivery WHERE id IN (SELECT value FROM json_each(?)) AND state = 'pending')
      AND leaseId IS NULL AND health <> 'disabled' AND (dueAt IS NULL OR dueAt > max(?, coalesce(notBefore, 0)))`,

  /**
   * now, [[destinationId, leaseId, notBefore, failures, health, reason, failingSince, succeededAt, savedAt,
   * goneSince], …].
   * Gives the lanes back: due again if anything is pending, and with the URL forgotten if nobody needs it. A save
   * that came while the lane was leased says that the URL is good: an answer from before does not make it gone or
   * failing, and does not make it wait. Only a wait that Teams has asked for is kept.
   */
  settleLanes: `
    UPDATE destination SET
      leaseId = NULL, notBefore = iif(v.outdated, NULL, v.notBefore), failures = iif(v.outdated, 0, v.failures),
      failingSince = iif(v.outdated, NULL, v.failingSince), goneSince = iif(v.outdated, NULL, v.goneSince),
      healthSince = iif(destination.health IN (iif(v.outdated, 'healthy', v.health), 'disabled'), healthSince, v.now),
      healthReason = iif(v.outdated, NULL, v.reason),
      health = iif(destination.health = 'disabled', 'disabled', iif(v.outdated, 'healthy', v.health)),
      lastSuccessAt = coalesce(v.succeededAt, lastSuccessAt),
      toldAt = iif(v.health = 'healthy' OR v.outdated, NULL, toldAt),
      urlSealed = iif(v.waiting OR orphanedAt IS NULL, urlSealed, NULL),
      dueAt = iif(v.waiting AND destination.health <> 'disabled',
        max(v.now, iif(v.outdated, 0, coalesce(v.notBefore, 0))), NULL)
    FROM (
      SELECT j.value->>0 AS id, j.value->>1 AS leaseId, j.value->>2 AS notBefore, j.value->>3 AS failures,
        j.value->>4 AS health, j.value->>5 AS reason, j.value->>6 AS failingSince, j.value->>7 AS succeededAt,
        j.value->>9 AS goneSince, ? AS now,
        ${isWaiting('j.value->>0')} AS waiting,
        x.savedAt > j.value->>8 AND coalesce((
          SELECT a.outcome FROM attempt a WHERE a.destinationId = x.id ORDER BY a.endedAt DESC, a.id DESC LIMIT 1), '')
          <> 'throttled' AS outdated
      FROM json_each(?) j CROSS JOIN destination x ON x.id = j.value->>0) v
    WHERE destination.id = v.id AND destination.leaseId = v.leaseId
    RETURNING id`,

  /** now, destinationId → [health, reason]: that it fails or is gone is told once, until it is healthy again, if it concerns anyone. */
  tellTrouble: `
    UPDATE destination SET toldAt = ?
    WHERE id = ? AND toldAt IS NULL AND orphanedAt IS NULL AND health IN ('failing', 'gone')
    RETURNING health, healthReason`,

  /** leaseEnd, destinationId, leaseId, now */
  renewLease: `UPDATE destination SET dueAt = ? WHERE id = ? AND leaseId = ? AND dueAt > ?`,

  /** now → [destinationId, …] */
  expiredLanes: `
    SELECT json_group_array(id) AS found FROM destination WHERE leaseId IS NOT NULL AND dueAt <= ?`,

  /** [destinationId, …], now → [deliveryId, …]: what was stamped with leases that have run out. */
  expiredStamps: `
    SELECT json_group_array(d.id) AS found
    FROM json_each(?) j CROSS JOIN destination x ON x.id = j.value AND x.leaseId IS NOT NULL AND x.dueAt <= ?
    CROSS JOIN delivery d ON ${isHeadOf('d', 'x')} AND d.leaseId = x.leaseId`,

  /** now, [deliveryId, …] */
  recordUnknown: `
    INSERT INTO attempt (deliveryId, destinationId, startedAt, endedAt, outcome, reason, sizeBytes)
    SELECT d.id, d.destinationId, d.claimedAt, ?, 'unknown', 'Perhaps sent: the process stopped.', 0
    FROM json_each(?) j CROSS JOIN delivery d ON d.id = j.value`,

  /** now, [deliveryId, …]. What would be due again for a configuration that was removed meanwhile is cancelled. */
  unstamp: `
    UPDATE delivery SET
      attempts = attempts + 1, firstAttemptAt = coalesce(firstAttemptAt, claimedAt), leaseId = NULL, claimedAt = NULL,
      state = iif(v.kept, state, 'cancelled'), reason = iif(v.kept, reason, 'The configuration was removed.'),
      settledAt = iif(v.kept, NULL, v.now)
    FROM (
      SELECT d.id, ? AS now, EXISTS (SELECT 1 FROM configuration c WHERE c.entityId = d.entityId) AS kept
      FROM json_each(?) j CROSS JOIN delivery d ON d.id = j.value) v
    WHERE delivery.id = v.id`,

  /** now, [destinationId, …], now */
  freeLanes: `
    UPDATE destination SET leaseId = NULL, dueAt = iif(health = 'disabled', NULL, max(?, coalesce(notBefore, 0)))
    WHERE id IN (SELECT value FROM json_each(?)) AND leaseId IS NOT NULL AND dueAt <= ?`,

  /** now → whether any lane is due */
  isAnyDue: `SELECT EXISTS (SELECT 1 FROM destination WHERE dueAt <= ? AND leaseId IS NULL) AS found`,

  /** → how many deliveries wait, and what is due first: a lane, the end of a lease, or something to be let go */
  watch: `
    SELECT
      (SELECT count(*) FROM delivery WHERE state = 'pending' AND digestId IS NULL) AS pending,
      (${nextDue}) AS oldest`,

  /** → when a lane next needs a worker, or something held is to be let go */
  nextDue: `SELECT (${nextDue}) AS found`,

  /** now, how many → [entityId, …] */
  heldNoLonger: `
    SELECT json_group_array(entityId) AS found FROM (
      SELECT DISTINCT entityId FROM delivery WHERE heldUntil IS NOT NULL AND heldUntil <= ? LIMIT ?)`,

  /**
   * now, [entityId, …]. Quiet hours and digests end by themselves, but what a person holds stays held. What held it
   * is remembered: it is to be told in one digest with what was held alike.
   */
  letGo: `
    UPDATE delivery SET
      heldUntil = NULL, state = iif(c.approvedAt IS NULL OR c.pausedAt IS NOT NULL, 'held', 'pending'),
      heldBy = iif(c.approvedAt IS NULL, 'approval', iif(c.pausedAt IS NULL, heldBy, 'pause'))
    FROM configuration c
    WHERE delivery.heldUntil IS NOT NULL AND delivery.heldUntil <= ? AND delivery.state = 'held'
      AND delivery.entityId IN (SELECT value FROM json_each(?)) AND c.entityId = delivery.entityId`,

  /** now, [entityId, …], now: the lanes of configurations that have something to send. */
  wakeLanesFor: `
    UPDATE destination SET dueAt = max(?, coalesce(notBefore, 0))
    WHERE id IN (SELECT destinationId FROM configuration WHERE entityId IN (SELECT value FROM json_each(?)))
      AND leaseId IS NULL AND health <> 'disabled' AND (dueAt IS NULL OR dueAt > max(?, coalesce(notBefore, 0)))`,

  /** entityId, by: what may not be sent until a person says so. What is in flight is left to who sends it. */
  holdAll: `
    UPDATE delivery SET state = 'held', heldBy = p.by, heldUntil = NULL
    FROM (SELECT ? AS entityId, ? AS by) p
    WHERE delivery.entityId = p.entityId AND delivery.state IN ('pending', 'held') AND delivery.leaseId IS NULL
      AND delivery.digestId IS NULL AND delivery.kind <> 'notice'`,

  /**
   * entityId, by, until, by for critical, until for critical. What was held is held by the rule as it is now, or let
   * go; what quiet hours or a digest held goes as a digest all the same.
   */
  holdAnew: `
    UPDATE delivery SET
      state = iif(v.by IS NULL, 'pending', 'held'), heldUntil = v.until,
      heldBy = coalesce(v.by, iif(heldBy IN ('quiet hours', 'digest'), heldBy, NULL))
    FROM (
      SELECT d.id, iif(d.critical, p.criticalBy, p.by) AS by, iif(d.critical, p.criticalUntil, p.until) AS until
      FROM (SELECT ? AS entityId, ? AS by, ? AS until, ? AS criticalBy, ? AS criticalUntil) p
      CROSS JOIN delivery d ON d.entityId = p.entityId AND d.state = 'held') v
    WHERE delivery.id = v.id`,

  /** now, entityId. */
  cancelForeign: `
    UPDATE delivery SET state = 'cancelled', reason = ${foreignReason}, settledAt = p.now, heldUntil = NULL
    FROM (SELECT ? AS now, ? AS entityId) p CROSS JOIN configuration c ON c.entityId = p.entityId
    WHERE delivery.entityId = c.entityId AND delivery.state IN ('held', 'pending') AND delivery.leaseId IS NULL
      AND ${isForeign} AND NOT EXISTS (
        SELECT 1 FROM delivery g WHERE g.id = delivery.digestId AND g.leaseId IS NOT NULL)`,

  /** now, entityId: of a configuration that is removed. What is in flight is settled by who sends it. */
  cancelOwed: `
    UPDATE delivery SET
      state = 'cancelled', reason = 'The configuration was removed.', settledAt = ?, heldUntil = NULL
    WHERE entityId = ? AND state IN ('held', 'pending') AND leaseId IS NULL AND NOT EXISTS (
      SELECT 1 FROM delivery g WHERE g.id = delivery.digestId AND g.leaseId IS NOT NULL)`,

  /** destinationId → [digestId, …]: the digests that wait in the lane. */
  waitingDigests: `
    SELECT json_group_array(d.id) AS found
    FROM destination x CROSS JOIN delivery d ON ${isHeadOf('d', 'x')} AND d.ahead = 1 WHERE x.id = ?`,

  /**
   * entityId → [event, …]: the newest events of its source, since it was made, that were not for it. It looks no further
   * back than some thousand events of all sources.
   */
  muted: `
    SELECT json_group_array(json(body)) AS found FROM (
      SELECT e.body FROM configuration c
      CROSS JOIN (SELECT id, sourceId, body, receivedAt FROM event ORDER BY receivedAt DESC LIMIT 2000) e
        ON e.sourceId = c.sourceId AND e.receivedAt >= c.createdAt
      WHERE c.entityId = ? AND NOT EXISTS (
        SELECT 1 FROM delivery d WHERE d.eventId = e.id AND d.entityId = c.entityId)
      ORDER BY e.receivedAt DESC, e.id DESC LIMIT 50)`,

  /** destinationId → whether something waits in the lane */
  isWaiting: `SELECT ${isWaiting('?')} AS found`,

  /**
   * destinationId, leaseId, entityId, whether held alike only, whether critical only, how many at the most → [[type,
   * how many, critical, from, to], …]: what one digest of the configuration would tell now. What was attempted is never merged.
   */
  mergeable: `
    SELECT json_group_array(json_array(type, n, critical, first, last)) AS found FROM (
      SELECT type, count(*) AS n, max(critical) AS critical, min(occurredAt) AS first, max(occurredAt) AS last
      FROM (${mergeable('e.type, d.critical, e.occurredAt')}) GROUP BY type)`,

  /**
   * destinationId, leaseId, entityId, before when: the oldest critical event of the lane goes ahead of all that does
   * not, if it is another configuration's than this and came before then.
   */
  putFirst: `
    UPDATE delivery SET ahead = 1 WHERE ahead = 0 AND id = (
      SELECT iif(u.entityId <> u.ofHead AND u.createdAt < u.before, u.id, NULL) FROM (
        SELECT d.id, d.entityId, d.createdAt, p.ofHead, p.before
        FROM (SELECT ? AS lane, ? AS lease, ? AS ofHead, ? AS before) p
        CROSS JOIN destination x ON x.id = p.lane AND x.leaseId = p.lease
        CROSS JOIN delivery d ON ${isHeadOf('d', 'x')} AND d.critical AND d.kind = 'event' AND d.attempts = 0
        ORDER BY d.createdAt, d.id LIMIT 1) u)`,

  /** entityId, destinationId, critical, content, leaseId, now, now → the digest's number */
  insertDigest: `
    INSERT INTO delivery (kind, ahead, state, entityId, destinationId, critical, content, leaseId, claimedAt, createdAt)
    VALUES ('digest', 1, 'pending', ?, ?, ?, ?, ?, ?, ?) RETURNING id`,

  /** digestId, then as `mergeable` */
  merge: `
    UPDATE delivery SET digestId = ?, leaseId = NULL, claimedAt = NULL WHERE id IN (${mergeable('d.id')})`,

  /** digestId, [deliveryId, …] → those of them that it tells */
  toldBy: `
    SELECT json_group_array(id) AS found FROM delivery WHERE digestId = ? AND id IN (SELECT value FROM json_each(?))`,

  /** now, reason, destinationId, leaseId. Nothing is cancelled once the lease is lost, or a save says that the URL is good. */
  cancelPending: `
    UPDATE delivery SET state = 'cancelled', settledAt = ?, reason = ?
    WHERE id IN (
      SELECT d.id FROM destination x CROSS JOIN delivery d ON ${isHeadOf('d', 'x')} AND d.leaseId IS NULL
      WHERE x.id = ? AND x.leaseId = ? AND x.health = 'gone')`,
}
