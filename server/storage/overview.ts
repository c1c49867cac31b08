import type { Attempt, DeliveryState } from '../model/delivery.ts'
import type { Health, Transport } from '../model/destination.ts'
import type { ListedConfiguration, ListedDestination } from '../model/overview.ts'
import { containing } from './containing.ts'
import type { Database } from './database.ts'
import { createFindRows, toTime } from './found.ts'
import { overviewSqlite } from './overview-sqlite.ts'
import { createSearchStore, type SearchStore } from './search.ts'

/** Everything there is, as administrators look for it. Nothing here changes anything. */
export interface OverviewStore extends SearchStore {
  /** What is added to a configuration in a list; those on destinations that are dead, or about to be, come first. */
  configurations(asked: {
    cursor?: string
    limit: number
    q?: string
    health?: Health
    sourceId?: string
    state?: 'active' | 'waiting'
    unopened?: boolean
  }): Promise<Page<ListedMore & { entityId: string }>>
  destinations(page: { cursor?: string; limit: number }): Promise<Page<FoundDestination>>
  /** The first few configurations of a source that want one of these event types, by name, and how many more do. */
  wanting(sourceId: string, eventTypes: readonly string[]): Promise<{ names: string[]; more: number }>
  /** What was refused at a source's door, newest first: as many as are remembered. */
  refusals(sourceId: string): Promise<{ at: string; code: string; reason: string }[]>
}

/** Of an attempt, what it takes to say in words what became of it. */
export type LastAttempt = Pick<Attempt, 'outcome' | 'status' | 'answer'>

export type FoundDestination = ListedDestination & { lastAttempt: LastAttempt | null }

export type ListedMore = Pick<
  ListedConfiguration,
  'sourceName' | 'healthReason' | 'healthSince' | 'openedAt' | 'carried' | 'lastDelivery'
> & { lastAttempt: LastAttempt | null }

export interface Page<Item> {
  items: Item[]
  next: string | undefined
}

const weekMs = 7 * 24 * 60 * 60 * 1000
/** How many configurations are told by name. */
const named = 10

export function createOverviewStore({
  database: { reader },
  now,
}: {
  database: Database
  now: () => Date
}): OverviewStore {
  const find = createFindRows(reader)
  const aWeekAgo = () => now().getTime() - weekMs

  return {
    ...createSearchStore(reader),

    async configurations({ cursor, limit, q, health, sourceId, state, unopened }) {
      const rows = await find<ConfigurationRow>(
        overviewSqlite.configurations,
        q === undefined ? null : containing(q),
        health ?? null,
        sourceId ?? null,
        state ?? null,
        unopened ? 1 : 0,
        cursor === undefined ? -1 : Number(cursor[0]),
        cursor?.slice(1) ?? '',
        limit + 1,
        aWeekAgo(),
      )
      const shown = rows.slice(0, limit)
      const more = await reader.configuration.findMany({
        where: { entityId: { in: shown.map(([, entityId]) => entityId) } },
        select: {
          entityId: true,
          openedAt: true,
          source: { select: { name: true } },
          destination: { select: { healthReason: true, healthSince: true } },
        },
      })
      const byId = new Map(more.map((one) => [one.entityId, one]))
      const items = shown.flatMap(([, entityId, carried, lastId, lastState, lastAt, lastAttempt]) => {
        const row = byId.get(entityId)
        if (!row) return []
        const lastDelivery =
          lastId === null || lastState === null
            ? null
            : { id: String(lastId), state: lastState, createdAt: toTime(lastAt) ?? '' }
        return {
          entityId,
          carried,
          lastDelivery,
          lastAttempt,
          sourceName: row.source.name,
          openedAt: row.openedAt?.toISOString() ?? null,
          healthReason: row.destination.healthReason,
          healthSince: row.destination.healthSince.toISOString(),
        }
      })
      const last = shown.at(-1)
      const next = rows.length > limit && last ? `${last[0]}${last[1].replaceAll('-', '')}` : undefined
      return { items, next }
    },

    async destinations({ cursor = '', limit }) {
      const rows = await find<DestinationRow>(
        overviewSqlite.destinations,
        aWeekAgo(),
        cursor,
        cursor,
        limit + 1,
      )
      const items = rows.slice(0, limit).map(toDestination)
      return { items, next: rows.length > limit ? items.at(-1)?.id : undefined }
    },

    async wanting(sourceId, eventTypes) {
      const names = await find<string>(overviewSqlite.wanting, sourceId, JSON.stringify(eventTypes))
      return { names: names.slice(0, named), more: Math.max(0, names.length - named) }
    },

    async refusals(sourceId) {
      const rows = await reader.refusal.findMany({ where: { sourceId }, orderBy: { id: 'desc' } })
      return rows.map(({ at, code, reason }) => ({ at: at.toISOString(), code, reason }))
    },
  }
}

type ConfigurationRow = [
  rank: number,
  entityId: string,
  carried: number,
  lastId: number | null,
  lastState: DeliveryState | null,
  lastAt: number | null,
  lastAttempt: LastAttempt | null,
]

type DestinationRow = [
  id: string,
  host: string,
  transport: Transport,
  health: Health,
  healthSince: number,
  healthReason: string | null,
  lastSuccessAt: number | null,
  createdAt: number,
  carried: number,
  configurations: [entityId: string, name: string][],
  lastAttempt: LastAttempt | null,
]

function toDestination(row: DestinationRow): FoundDestination {
  const [id, webhookHost, transport, health, since, healthReason, lastSuccessAt, createdAt, ...more] = row
  const [carried, used, lastAttempt] = more
  return {
    id,
    webhookHost,
    transport,
    health,
    healthSince: toTime(since) ?? '',
    healthReason,
    lastSuccessAt: toTime(lastSuccessAt),
    createdAt: toTime(createdAt) ?? '',
    carried,
    configurations: used.map(([entityId, name]) => ({ entityId, name })),
    lastAttempt,
  }
}
