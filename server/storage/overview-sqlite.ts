/**
 * The statements of the console, in SQLite's dialect, by the rules of `sqlite.ts`. None of them looks through all
 * deliveries: each goes by an index, or stops after so many rows and says where to go on.
 */
const taken = `('delivered', 'accepted')`
/** Those that nobody gets anything from come first, then those that live on borrowed time. */
const rank = `CASE
  WHEN x.health = 'gone' THEN 0 WHEN x.health = 'failing' THEN 1
  WHEN x.transport = 'connector' THEN 2 WHEN x.health = 'healthy' THEN 4 ELSE 3 END`
const bare = `replace(c.entityId, '-', '')`

/** What tells no event is called by what it is about: of a notice it is written down, a digest is its kind. */
const aboutOf = `coalesce(d.content ->> '$.about', d.kind)`

/** The newest of the attempts for which this holds. */
const lastAttempt = (order: 'id' | 'endedAt', where: string) => `
  json((SELECT json_object('outcome', a.outcome, 'status', a.status, 'answer', a.answer)
    FROM attempt a WHERE ${where} ORDER BY a.${order} DESC LIMIT 1))`

/** Of one configuration, by its destination's attempts: as many as Teams' windows allow, and no more. */
const carriedBy = (configuration: string) => `
  SELECT count(*) FROM attempt a CROSS JOIN delivery d ON d.id = a.deliveryId AND d.entityId = ${configuration}.entityId
  WHERE a.destinationId = ${configuration}.destinationId AND a.endedAt >= p.since AND a.outcome IN ${taken}`

export const overviewSqlite = {
  /** pattern, health, sourceId, state, unopened, rank, bare id, limit, since → [[rank, entityId, carried, lastId, lastState, lastAt, lastAttempt], …] */
  configurations: `
    SELECT json_group_array(json_array(r.rank, r.entityId, (${carriedBy('r')}), l.id, l.state, l.createdAt,
      ${lastAttempt('endedAt', 'a.destinationId = r.destinationId')})
      ORDER BY r.rank, r.bare) AS found
    FROM (
      SELECT ${rank} AS rank, ${bare} AS bare, c.entityId, c.destinationId
      FROM (SELECT ? AS pattern, ? AS health, ? AS sourceId, ? AS state, ? AS unopened, ? AS rank, ? AS bare) p
      CROSS JOIN configuration c CROSS JOIN destination x ON x.id = c.destinationId
      WHERE (p.pattern IS NULL OR c.name GLOB p.pattern OR c.place ->> '$.teamName' GLOB p.pattern
          OR c.place ->> '$.channelName' GLOB p.pattern OR x.host GLOB p.pattern)
        AND (p.health IS NULL OR x.health = p.health) AND (p.sourceId IS NULL OR c.sourceId = p.sourceId)
        AND (p.state IS NULL OR (p.state = 'waiting') = (c.approvedAt IS NULL))
        AND (NOT p.unopened OR (c.host = 'tab' AND c.openedAt IS NULL))
        AND (${rank}, ${bare}) > (p.rank, p.bare)
      ORDER BY rank, bare LIMIT ?) r
    CROSS JOIN (SELECT ? AS since) p
    LEFT JOIN delivery l ON l.id = (SELECT id FROM delivery WHERE entityId = r.entityId ORDER BY id DESC LIMIT 1)`,

  /** since, cursor, limit → [[id, host, transport, health, since, reason, lastSuccessAt, createdAt, carried, [[entityId, name], …], lastAttempt], …] */
  destinations: `
    SELECT json_group_array(json_array(x.id, x.host, x.transport, x.health, x.healthSince, x.healthReason, x.lastSuccessAt,
      x.createdAt, (SELECT count(*) FROM attempt a WHERE a.destinationId = x.id AND a.endedAt >= p.since
        AND a.outcome IN ${taken}),
      json((SELECT json_group_array(json_array(c.entityId, c.name)) FROM configuration c WHERE c.destinationId = x.id)),
      ${lastAttempt('endedAt', 'a.destinationId = x.id')})
      ORDER BY x.id) AS found
    FROM (SELECT ? AS since, ? AS cursor) p
    CROSS JOIN (SELECT * FROM destination WHERE orphanedAt IS NULL AND id > ? ORDER BY id LIMIT ?) x`,

  /** sourceId, event types → [name, …] of the configurations that want one of them */
  wanting: `
    SELECT json_group_array(c.name ORDER BY c.name, c.entityId) AS found
    FROM configuration c CROSS JOIN (SELECT ? AS sourceId, ? AS types) p
    WHERE c.sourceId = p.sourceId AND EXISTS (SELECT 1 FROM json_each(c.rule, '$.eventTypes') wanted
      JOIN json_each(p.types) given ON given.value = wanted.value)`,

  /** before, entityId, how many rows → [oldest looked at, how many, when that oldest was made] */
  reach: (byEntity: boolean) => `
    SELECT json_array(min(id), count(*), min(createdAt)) AS found FROM (
      SELECT id, createdAt FROM delivery WHERE id < ? AND (${byEntity ? 'entityId = ?' : '? IS NULL'})
      ORDER BY id DESC LIMIT ?)`,

  /** state, sourceId, pattern, externalId, what notices and digests are about, since, until, before, from, entityId, limit → the numbers that fit, newest first */
  search: (byEntity: boolean) => `
    SELECT json_group_array(found.id) AS found FROM (
      SELECT d.id
      FROM (SELECT ? AS state, ? AS sourceId, ? AS pattern, ? AS externalId, ? AS abouts, ? AS since, ? AS until) p
      CROSS JOIN delivery d ON d.id < ? AND d.id >= ? AND (${byEntity ? 'd.entityId = ?' : '? IS NULL'})
      LEFT JOIN event e ON e.id = d.eventId
      LEFT JOIN configuration c ON c.entityId = d.entityId
      WHERE (p.state IS NULL OR d.state = p.state)
        AND (p.sourceId IS NULL OR coalesce(e.sourceId, c.sourceId) = p.sourceId)
        AND (p.since IS NULL OR d.createdAt >= p.since) AND (p.until IS NULL OR d.createdAt < p.until)
        AND (p.pattern IS NULL OR e.externalId = p.externalId
          OR coalesce(e.body ->> '$.title.en', e.body ->> '$.title') GLOB p.pattern
          OR e.body ->> '$.title.fr' GLOB p.pattern OR e.body ->> '$.title.zh' GLOB p.pattern
          OR (d.kind <> 'event' AND ${aboutOf} IN (SELECT value FROM json_each(p.abouts))))
      ORDER BY d.id DESC LIMIT ?) found`,

  /** [id, …] → the deliveries with their names */
  told: `
    SELECT json_group_array(json_object('id', d.id, 'kind', d.kind, 'eventId', d.eventId, 'entityId', d.entityId,
      'round', d.round, 'state', d.state, 'title', json(coalesce(e.body -> '$.title', json_quote(${aboutOf}))),
      'transport', coalesce(x.transport, 'connector'), 'reason', d.reason, 'createdAt', d.createdAt,
      'settledAt', d.settledAt, 'attempts', d.attempts, 'canSendAgain', json(iif(d.settledAt IS NOT NULL AND c.entityId IS NOT NULL
        AND (d.kind = 'event' OR d.kind = 'notice' AND d.content ->> '$.about' = 'test')
        AND NOT EXISTS (SELECT 1 FROM delivery l WHERE l.eventId = d.eventId AND l.entityId = d.entityId AND l.round > d.round),
        'true', 'false')), 'configurationName', coalesce(c.name, d.content ->> '$.configurationName'),
      'isTrial', json(iif(d.content ->> '$.about' = 'test' AND d.content ->> '$.locale' IS NOT NULL, 'true', 'false')),
      'teamName', c.place ->> '$.teamName', 'channelName', c.place ->> '$.channelName', 'sourceName', s.name,
      'webhookHost', x.host, 'firstAttemptAt', d.firstAttemptAt, 'heldBy', d.heldBy, 'heldUntil', d.heldUntil,
      'digestId', d.digestId, 'content', json(d.content), 'critical', d.critical, 'event', json(e.body),
      'locale', c.locale, 'zone', c.zone,
      'last', ${lastAttempt('id', 'a.deliveryId = d.id')}) ORDER BY d.id DESC) AS found
    FROM json_each(?) j CROSS JOIN delivery d ON d.id = j.value
    LEFT JOIN event e ON e.id = d.eventId
    LEFT JOIN destination x ON x.id = d.destinationId
    LEFT JOIN configuration c ON c.entityId = d.entityId
    LEFT JOIN source s ON s.id = coalesce(e.sourceId, c.sourceId)`,

  /** digestId → what it tells, newest first */
  members: `SELECT json_group_array(id) AS found FROM (SELECT id FROM delivery WHERE digestId = ? ORDER BY id DESC LIMIT 50)`,
} as const
