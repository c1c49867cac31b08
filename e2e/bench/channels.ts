import Sqlite from 'better-sqlite3'
import { v7 as uuid } from 'uuid'
import { createSealer } from '../../server/secrets/seal.ts'
import type { TaskEventType } from './task-event.ts'

/** A channel with a configuration and a destination of its own. */
export interface Channel {
  /** The end of its webhook URL, by which the endpoint knows how to answer. */
  name: string
  eventType: TaskEventType
  /** Whether it wants only what is assigned to its name. */
  wantsOwn?: boolean
}

/** So many channels that want every task that is created. */
export function channelsNamed(prefix: string, count: number, more: Partial<Channel> = {}): Channel[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${prefix}${index}`,
    eventType: 'task.created',
    ...more,
  }))
}

/**
 * Writes them all at once while the server is stopped, as it would have; ten thousand saves would take minutes.
 * @returns the configurations' `entityId` by the channels' names.
 */
export function writeChannels(
  path: string,
  { channels, ...to }: { channels: readonly Channel[]; sourceId: string; origin: string; secretKey: Buffer },
): Map<string, string> {
  const database = new Sqlite(path)
  const sealer = createSealer([to.secretKey])
  const entityIds = new Map<string, string>()
  const now = Date.now()
  const destination = database.prepare(
    `INSERT INTO destination (id, fingerprint, urlSealed, host, transport, healthSince, savedAt, createdAt)
     VALUES (?, ?, ?, ?, 'connector', ?, ?, ?)`,
  )
  const configuration = database.prepare(
    `INSERT INTO configuration (entityId, tenantId, name, sourceId, destinationId, choices, rule, host, locale, zone,
       place, approvedAt, createdAt, updatedAt)
     VALUES (?, 'bench', ?, ?, ?, '{}', ?, 'connector', 'en-US', 'Europe/Paris', '{"kind":"channel"}', ?, ?, ?)`,
  )
  database.transaction(() => {
    for (const channel of channels) {
      const [id, entityId] = [uuid(), uuid()]
      const url = `${to.origin}/webhookb2/${channel.name}`
      const sealed = sealer.seal(url, `destination:${id}:url`)
      destination.run(id, sealer.fingerprint(url), sealed, new URL(url).host, now, now, now)
      configuration.run(
        entityId,
        channel.name,
        to.sourceId,
        id,
        JSON.stringify(ruleOf(channel)),
        now,
        now,
        now,
      )
      entityIds.set(channel.name, entityId)
    }
    database.prepare('UPDATE source SET rulesVersion = rulesVersion + 1').run()
  })()
  database.close()
  return entityIds
}

function ruleOf({ name, eventType, wantsOwn = false }: Channel) {
  const include = wantsOwn ? [{ field: 'assignee', op: 'is', value: name }] : []
  return { eventTypes: [eventType], include, exclude: [], quietHours: null, digest: null }
}
