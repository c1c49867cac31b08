import type { Attempt, DeliveryKind, DeliveryState, DigestContent, Notice } from '../model/delivery.ts'
import type { Transport } from '../model/destination.ts'
import type { Event } from '../model/event.ts'
import type { ListedDelivery } from '../model/overview.ts'
import type { Text } from '../model/text.ts'
import { containing } from './containing.ts'
import type { Database } from './database.ts'
import { toAttempt } from './deliveries.ts'
import { readDigests } from './digests.ts'
import { createFindRows, toTime } from './found.ts'
import type { DueDelivery } from './lane.ts'
import type { LastAttempt, Page } from './overview.ts'
import { overviewSqlite } from './overview-sqlite.ts'

/** Deliveries of all channels, as administrators look for them. */
export interface SearchStore {
  /** Newest first. A page may hold less than its limit and still have a next: each looks through so many only. */
  deliveries(asked: {
    cursor?: string
    limit: number
    q?: string
    /** What the notices and digests are about that are called by these words; in which language, storage does not know. */
    abouts?: readonly string[]
    state?: DeliveryState
    entityId?: string
    sourceId?: string
    since?: Date
    until?: Date
  }): Promise<Page<FoundDelivery>>
  delivery(id: string): Promise<StoredStory | undefined>
  /** Whose delivery it is. */
  entityOf(deliveryId: string): Promise<string | undefined>
}

/** Its title, and why it stands so, are in its reader's language once it is known who that is. */
export type FoundDelivery = Omit<ListedDelivery, 'title' | 'why' | 'whatToDo'> & {
  title: Text
  last: LastAttempt | null
}

export interface StoredStory {
  listed: FoundDelivery
  webhookHost: string | null
  firstAttemptAt: string | null
  heldBy: string | null
  heldUntil: string | null
  /** What its card is drawn from. */
  due: DueDelivery
  /** Each with what carried it: a delivery follows its configuration to another destination. */
  attempts: (Attempt & { transport: Transport })[]
  /** The body that the last attempt sent; undefined when there was none, nobody knows it, or it is not kept any more. */
  sent: string | undefined
  digest: { id: string; state: DeliveryState } | null
  members: { id: string; title: Text; state: DeliveryState }[]
  rounds: { id: string; round: number; state: DeliveryState }[]
}

/** How many deliveries one statement looks through, some three milliseconds' work, and how many one page. */
const aLook = 5_000
const mostLooked = 20 * aLook

type Wanted = Omit<Parameters<SearchStore['deliveries']>[0], 'cursor' | 'limit'>

export function createSearchStore(reader: Database['reader']): SearchStore {
  const find = createFindRows(reader)
  const tell = (ids: readonly number[]) => find<ToldRow>(overviewSqlite.told, JSON.stringify(ids))

  return {
    async deliveries({ cursor, limit, ...wanted }) {
      const found: number[] = []
      let from: number | undefined = Number(cursor ?? Number.MAX_SAFE_INTEGER)
      for (
        let looked = 0;
        looked < mostLooked && from !== undefined && found.length <= limit;
        looked += aLook
      ) {
        const page = await look(wanted, from, limit + 1 - found.length)
        found.push(...page.found)
        from = page.next
      }
      const shown = found.slice(0, limit)
      const next = found.length > limit ? shown.at(-1) : from
      const rows = await tell(shown)
      return { items: rows.map(toListed), next: next === undefined ? undefined : String(next) }
    },

    async entityOf(deliveryId) {
      const where = { id: BigInt(deliveryId) }
      return (await reader.delivery.findUnique({ where, select: { entityId: true } }))?.entityId
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
      const hash = attempts.at(-1)?.card ?? undefined
      const sent = hash === undefined ? null : await reader.sentCard.findUnique({ where: { hash } })
      const destinations = await reader.destination.findMany({
        where: { id: { in: attempts.map((attempt) => attempt.destinationId) } },
        select: { id: true, transport: true },
      })
      const transports = new Map(destinations.map((one) => [one.id, one.transport as Transport]))
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
        attempts: attempts.map((attempt) => ({
          ...toAttempt(attempt),
          transport: transports.get(attempt.destinationId) ?? row.transport,
        })),
        sent: sent?.body,
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

  /** The newest numbers before this one that fit, of those that one statement looks through, and where to go on. */
  async function look(wanted: Wanted, before: number, room: number) {
    const { entityId = null, state = null, sourceId = null, q, abouts = [], since, until } = wanted
    const [oldest = null, count, oldestAt] = await find<number | null>(
      overviewSqlite.reach(entityId !== null),
      before,
      entityId,
      aLook,
    )
    if (oldest === null) return { found: [], next: undefined }
    const found = await find<number>(
      overviewSqlite.search(entityId !== null),
      state,
      sourceId,
      q === undefined ? null : containing(q),
      q ?? null,
      JSON.stringify(abouts),
      since?.getTime() ?? null,
      until?.getTime() ?? null,
      before,
      oldest,
      entityId,
      room,
    )
    // What has a lower number was made earlier.
    const isEnd = count !== aLook || (since !== undefined && Number(oldestAt) < since.getTime())
    return { found, next: isEnd ? undefined : oldest }
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
  canSendAgain: boolean
  configurationName: string | null
  isTrial: boolean
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
  last: LastAttempt | null
}

function toListed(row: ToldRow): FoundDelivery {
  const { id, kind, eventId, entityId, round, state, title, transport, reason, attempts, canSendAgain } = row
  const { configurationName, isTrial, teamName, channelName, sourceName, last } = row
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
    canSendAgain,
    configurationName,
    isTrial,
    teamName,
    channelName,
    sourceName,
    last,
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
