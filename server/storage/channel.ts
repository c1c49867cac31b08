import type { Host } from '../model/configuration.ts'
import type { Attempt, Delivery, DigestContent, Notice } from '../model/delivery.ts'
import type { Health, Transport } from '../model/destination.ts'
import type { Event } from '../model/event.ts'
import { addAuditLine } from './audit.ts'
import type { Database, Transaction } from './database.ts'
import { readDeliveries, toAttempt } from './deliveries.ts'
import type { createDestinationRows } from './destinations.ts'
import { type Found, foundIn } from './found.ts'
import type { DeliveryModel as DeliveryRow } from './generated/sqlite/models.ts'
import { toPage } from './page.ts'
import { sqlite } from './sqlite.ts'

/** What the people of a channel want to know of its cards, and may do about them. */
export interface ChannelStore {
  /** Newest first. */
  deliveries(
    entityId: string,
    page: { cursor?: string; limit: number },
  ): Promise<{ items: StoredDelivery[]; next: string | undefined }>
  attempts(
    entityId: string,
    deliveryId: string,
  ): Promise<{ transport: Transport; attempts: Attempt[] } | undefined>
  /** The latest events of the source that were not for this configuration, newest first. */
  muted(entityId: string): Promise<Event[]>
  destination(entityId: string): Promise<StoredDestination | undefined>
  /** Makes the next round of a delivery that has ended, at the end of its lane. */
  sendAgain(again: { entityId: string; deliveryId: string; who: string }): Promise<SentAgain>
  /** That its page was opened; the first time counts. */
  opened(entityId: string): Promise<void>
}

export interface StoredDelivery extends Delivery {
  digestId: string | null
  told: number | null
  heldBy: string | null
  heldUntil: string | null
  last: Attempt | undefined
}

export interface StoredDestination {
  transport: Transport
  webhookHost: string
  health: Health
  healthSince: Date
  lastSuccessAt: Date | null
  notBefore: Date | null
  pending: number
  last: Attempt | undefined
  /** When the requests of the last day ended, in ms since 1970, oldest first. */
  sentAt: number[]
  configurations: { entityId: string; name: string; sourceName: string; host: Host; paused: boolean }[]
}

export type SentAgain =
  | { deliveryId: string }
  | 'unknown'
  | 'under way'
  | 'digest'
  | 'notice'
  | 'older'
  | 'gone'
  | 'forgotten'
  /** Its source asks for approval, and the configuration wants another one by now. */
  | 'not approved'

export function createChannelStore(tools: {
  database: Database
  now: () => Date
  destinations: Pick<ReturnType<typeof createDestinationRows>, 'tryAgain' | 'wake'>
}): ChannelStore {
  const { now, destinations } = tools
  const { reader, transaction } = tools.database

  return {
    async deliveries(entityId, { cursor, limit }) {
      const { rows, toDelivery } = await readDeliveries(reader, { entityId, cursor, limit })
      const attempts = await reader.attempt.findMany({
        where: { deliveryId: { in: rows.map(({ id }) => id) } },
        orderBy: { id: 'asc' },
      })
      const last = new Map(attempts.map((row) => [row.deliveryId, toAttempt(row)]))
      return toPage(rows, limit, (row) => ({ ...toDelivery(row), ...more(row), last: last.get(row.id) }))
    },

    async attempts(entityId, deliveryId) {
      const id = BigInt(deliveryId)
      const row = await reader.delivery.findFirst({ where: { id, entityId } })
      if (!row) return undefined
      const destination = await reader.destination.findUnique({ where: { id: row.destinationId } })
      const attempts = await reader.attempt.findMany({ where: { deliveryId: id }, orderBy: { id: 'asc' } })
      const transport = (destination?.transport ?? 'connector') as Transport
      return { transport, attempts: attempts.map(toAttempt) }
    },

    async muted(entityId) {
      return foundIn<Event>(await reader.$queryRawUnsafe<Found[]>(sqlite.muted, entityId))
    },

    async destination(entityId) {
      const own = await reader.configuration.findUnique({
        where: { entityId },
        include: { destination: true },
      })
      if (!own) return undefined
      const { destinationId, destination, tenantId } = own
      const attempts = await reader.attempt.findMany({
        where: { destinationId, endedAt: { gt: new Date(now().getTime() - dayMs) } },
        orderBy: { endedAt: 'asc' },
      })
      const sharing = await reader.configuration.findMany({
        where: { destinationId, tenantId },
        include: { source: { select: { name: true } } },
        orderBy: { name: 'asc' },
        take: mostShown,
      })
      const pending = await reader.delivery.count({
        where: { destinationId, state: 'pending', digestId: null },
      })
      const lastRow = attempts.at(-1)
      return {
        transport: destination.transport as Transport,
        webhookHost: destination.host,
        health: destination.health as Health,
        healthSince: destination.healthSince,
        lastSuccessAt: destination.lastSuccessAt,
        notBefore: destination.notBefore,
        pending,
        last: lastRow && toAttempt(lastRow),
        sentAt: attempts.map(({ endedAt }) => endedAt.getTime()),
        configurations: sharing.map((one) => ({
          entityId: one.entityId,
          name: one.name,
          sourceName: one.source.name,
          host: one.host as Host,
          paused: one.pausedAt !== null,
        })),
      }
    },

    sendAgain: ({ entityId, deliveryId, who }) =>
      transaction(async (tx) => {
        const row = await tx.delivery.findFirst({ where: { id: BigInt(deliveryId), entityId } })
        const configuration =
          row && (await tx.configuration.findUnique({ where: { entityId }, include: { destination: true } }))
        if (!row || !configuration) return 'unknown'
        if (row.kind === 'digest') return 'digest'
        if (row.kind === 'notice' && (row.content as Notice | null)?.about !== 'test') return 'notice'
        const last = await lastRound(tx, row)
        if (last.settledAt === null) return 'under way'
        if (last.id !== row.id) return 'older'
        if (configuration.destination.health === 'gone') return 'gone'
        const event =
          row.eventId &&
          (await tx.event.findUnique({ where: { id: row.eventId }, select: { sourceId: true } }))
        if (row.eventId && !event) return 'forgotten'
        if (event && event.sourceId !== configuration.sourceId && (await asksForApproval(tx, event.sourceId)))
          return 'not approved'
        const { destinationId, approvedAt, pausedAt } = configuration
        const heldBy = approvedAt === null ? 'approval' : pausedAt === null ? null : 'pause'
        const { kind, eventId, critical, content } = row
        const { id } = await tx.delivery.create({
          data: {
            kind,
            eventId,
            critical,
            entityId,
            destinationId,
            ...(content !== null && { content }),
            round: last.round + 1,
            state: heldBy ? 'held' : 'pending',
            heldBy,
            createdAt: now(),
          },
          select: { id: true },
        })
        if (!heldBy) {
          await destinations.tryAgain(tx, destinationId)
          await destinations.wake(tx, destinationId)
        }
        const detail = { deliveryId, round: last.round + 1 }
        await addAuditLine(tx, { who, action: 'delivery.sent-again', subject: entityId, detail }, now())
        return { deliveryId: String(id) }
      }),

    async opened(entityId) {
      await transaction((tx) =>
        tx.configuration.updateMany({ where: { entityId, openedAt: null }, data: { openedAt: now() } }),
      )
    },
  }
}

const dayMs = 24 * 60 * 60 * 1000
/** More than anyone puts on one channel. */
const mostShown = 100

/** Of an event, the round that was made last; a notice is its own. */
async function lastRound(tx: Transaction, row: DeliveryRow): Promise<DeliveryRow> {
  const { eventId, entityId } = row
  if (eventId === null) return row
  const last = await tx.delivery.findFirst({ where: { eventId, entityId }, orderBy: { round: 'desc' } })
  return last ?? row
}

function more({ digestId, kind, content, heldBy, heldUntil }: DeliveryRow) {
  return {
    digestId: digestId === null ? null : String(digestId),
    told: kind === 'digest' ? ((content as DigestContent | null)?.total ?? null) : null,
    heldBy,
    heldUntil: heldUntil?.toISOString() ?? null,
  }
}

async function asksForApproval(tx: Transaction, sourceId: string): Promise<boolean> {
  const source = await tx.source.findUnique({ where: { id: sourceId }, select: { access: true } })
  return source?.access === 'approval'
}
