import type { Attempt, DeliveryKind, DeliveryState, DigestContent, Notice } from '../model/delivery.ts'
import type { Health, Transport } from '../model/destination.ts'
import type { Event } from '../model/event.ts'
import type { ListedConfiguration, ListedDelivery, ListedDestination } from '../model/overview.ts'
import type { Text } from '../model/text.ts'
import type { Database } from './database.ts'
import { toAttempt } from './deliveries.ts'
import { readDigests } from './digests.ts'
import { type Found, foundIn } from './found.ts'
import type { DueDelivery } from './lane.ts'
import { overviewSqlite } from './overview-sqlite.ts'

/** Everything there is, as administrators look for it. Nothing here changes anything. */
export interface OverviewStore {
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
  /** Newest first. A page may hold less than its limit and still have a next: each looks through so many only. */
  deliveries(asked: {
    cursor?: string
    limit: number
    q?: string
    state?: DeliveryState
    entityId?: string
    sourceId?: string
    since?: Date
    until?: Date
  }): Promise<Page<FoundDelivery>>
  delivery(id: string): Promise<StoredStory | undefined>
}

export type ListedMore = Pick<
  ListedConfiguration,
  'sourceName' | 'healthReason' | 'healthSince' | 'openedAt' | 'carried' | 'lastDelivery'
>

/** Its title is in its reader's language once it is known who that is. */
export type FoundDelivery = Omit<ListedDelivery, 'title'> & { title: Text }

export interface StoredStory {
  listed: FoundDelivery
  webhookHost: string | null
  firstAttemptAt: string | null
  heldBy: string | null
  heldUntil: string | null
  /** What its card is drawn from. */
  due: DueDelivery
  attempts: Attempt[]
  digest: { id: string; state: DeliveryState } | null
  members: { id: string; title: Text; state: DeliveryState }[]
  rounds: { id: string; round: number; state: DeliveryState }[]
}

interface Page<Item> {
  items: Item[]
  next: string | undefined
}

const weekMs = 7 * 24 * 60 * 60 * 1000
/** What one page looks through at the most: some milliseconds' work. */
const mostLooked = 5_000

export function createOverviewStore({
  database: { reader },
  now,
}: {
  database: Database
  now: () => Date
}): OverviewStore {
  const find = async <Row>(statement: string, ...given: unknown[]): Promise<Row[]> =>
    foundIn<Row>(await reader.$queryRawUnsafe<Found[]>(statement, ...given))
  const aWeekAgo = () => now().getTime() - weekMs
  const tell = (ids: readonly number[]) => find<ToldRow>(overviewSqlite.told, JSON.stringify(ids))

  return {
    async configurations({ cursor, limit, q, health, sourceId, state, unopened }) {
      const rows = await find<[number, string, number, number | null, DeliveryState | null, number | null]>(
        overviewSqlite.configurations,
        aWeekAgo(),
        q?.toLowerCase() ?? null,
        health ?? null,
        sourceId ?? null,
        state ?? null,
        unopened ? 1 : 0,
        cursor === undefined ? -1 : Number(cursor[0]),
        cursor?.slice(1) ?? '',
        limit + 1,
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

    async deliveries({ cursor, limit, q, state, entityId, sourceId, since, until }) {
      const before = Number(cursor ?? Number.MAX_SAFE_INTEGER)
      const by = entityId ?? null
      const isByEntity = by !== null
      const [from, looked] = await find<number | null>(
        overviewSqlite.reach(isByEntity),
        before,
        by,
        mostLooked,
      )
      if (from === null || from === undefined) return { items: [], next: undefined }
      const ids = await find<number>(
        overviewSqlite.search(isByEntity),
        state ?? null,
        sourceId ?? null,
        q?.toLowerCase() ?? null,
        since?.getTime() ?? null,
        until?.getTime() ?? null,
        before,
        from,
        by,
        limit + 1,
      )
      const rows = await tell(ids.slice(0, limit))
      const isMore = ids.length > limit
      const next = isMore ? ids[limit - 1] : looked === mostLooked ? from : undefined
      return { items: rows.map(toListed), next: next === undefined ? undefined : String(next) }
    },

    async delivery(given) {
      const id = Number(given)
      const [row] = await tell([id])
      if (!row) return undefined
      const members = await tell(row.kind === 'digest' ? await find<number>(overviewSqlite.members, id) : [])
      const [digest] = await tell(row.digestId === null ? [] : [row.digestId])
      const digests = await readDigests(reader, row.kind === 'digest' ? [id] : [])
      const attempts = await reader.attempt.findMany({
        where: { deliveryId: BigInt(id) },
        orderBy: { id: 'asc' },
      })
      const rounds =
        row.eventId === null
          ? []
          : await reader.delivery.findMany({
              where: { eventId: row.eventId, entityId: row.entityId },
              orderBy: { round: 'asc' },
              select: { id: true, round: true, state: true },
            })
      const told = digests.get(id)
      return {
        listed: toListed(row),
        webhookHost: row.webhookHost,
        firstAttemptAt: toTime(row.firstAttemptAt),
        heldBy: row.heldBy,
        heldUntil: toTime(row.heldUntil),
        due: toDue(row, told && { ...(row.content as DigestContent), ...told }),
        attempts: attempts.map(toAttempt),
        digest: digest ? { id: String(digest.id), state: digest.state } : null,
        members: members.map((one) => ({ id: String(one.id), title: one.title, state: one.state })),
        rounds: rounds.map((one) => ({
          id: String(one.id),
          round: one.round,
          state: one.state as DeliveryState,
        })),
      }
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

interface ToldRow {
  id: number
  kind: DeliveryKind
  eventId: string | null
  entityId: string
  round: number
  state: DeliveryState
  title: Text
  transport: Transport
  reason: string | null
  createdAt: number
  settledAt: number | null
  attempts: number
  configurationName: string | null
  teamName: string | null
  channelName: string | null
  sourceName: string | null
  webhookHost: string | null
  firstAttemptAt: number | null
  heldBy: string | null
  heldUntil: number | null
  digestId: number | null
  content: Notice | DigestContent | null
  critical: number
  event: Event | null
  locale: string | null
  zone: string | null
}

function toListed(row: ToldRow): FoundDelivery {
  const { id, kind, eventId, entityId, round, state, title, transport, reason, attempts } = row
  const { configurationName, teamName, channelName, sourceName } = row
  return {
    id: String(id),
    kind,
    eventId,
    entityId,
    round,
    state,
    title,
    transport,
    reason,
    createdAt: toTime(row.createdAt) ?? '',
    settledAt: toTime(row.settledAt),
    attempts,
    configurationName,
    teamName,
    channelName,
    sourceName,
  }
}

/** As it was for the worker. Of a configuration that is gone nobody knows the language any more. */
function toDue(row: ToldRow, digest: DueDelivery['digest']): DueDelivery {
  return {
    id: row.id,
    kind: row.kind,
    entityId: row.entityId,
    critical: row.critical === 1,
    attempts: row.attempts,
    errors: 0,
    firstAttemptAt: row.firstAttemptAt === null ? null : new Date(row.firstAttemptAt),
    createdAt: new Date(row.createdAt),
    locale: row.locale ?? 'en',
    zone: row.zone ?? 'UTC',
    sourceName: row.sourceName ?? '',
    heldBy: null,
    quietHours: null,
    event: row.event ?? undefined,
    notice: row.kind === 'notice' ? ((row.content as Notice | null) ?? undefined) : undefined,
    digest,
  }
}

function toTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
