import type { DeliveryState } from '../model/delivery.ts'
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
  destinations(page: { cursor?: string; limit: number }): Promise<Page<ListedDestination>>
}

export type ListedMore = Pick<
  ListedConfiguration,
  'sourceName' | 'healthReason' | 'healthSince' | 'openedAt' | 'carried' | 'lastDelivery'
>

export interface Page<Item> {
  items: Item[]
  next: string | undefined
}

const weekMs = 7 * 24 * 60 * 60 * 1000
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
      const rows = await find<[number, string, number, number | null, DeliveryState | null, number | null]>(
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
      const items = shown.flatMap(([, entityId, carried, lastId, lastState, lastAt]) => {
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
  }
}

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
]

function toDestination(row: DestinationRow): ListedDestination {
  const [id, webhookHost, transport, health, since, healthReason, lastSuccessAt, createdAt, carried, used] =
    row
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
  }
}
