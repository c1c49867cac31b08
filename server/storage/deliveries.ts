import type { Delivery, DeliveryKind, DeliveryState, Notice, OutcomeKind } from '../model/delivery.ts'
import type { Transport } from '../model/destination.ts'
import type { Database } from './database.ts'
import type { AttemptModel as AttemptRow, DeliveryModel as DeliveryRow } from './generated/sqlite/models.ts'
import { toPage } from './page.ts'
import type { DeliveryStore } from './storage.ts'

export function createDeliveryStore({ database: { reader } }: { database: Database }): DeliveryStore {
  return {
    async ofConfiguration(entityId, { cursor, limit }) {
      const { rows, toDelivery } = await readDeliveries(reader, { entityId, cursor, limit })
      return toPage(rows, limit, toDelivery)
    },

    async attemptsOf(deliveryId) {
      const rows = await reader.attempt.findMany({
        where: { deliveryId: BigInt(deliveryId) },
        orderBy: { id: 'asc' },
      })
      return rows.map(toAttempt)
    },

    async counts() {
      const groups = await reader.delivery.groupBy({ by: ['state'], _count: true })
      const counts: Record<DeliveryState, number> = { ...noDeliveries }
      for (const { state, _count } of groups) counts[state as DeliveryState] = _count
      return counts
    },
  }
}

/** The rows of a configuration's deliveries, one more than the limit, newest first, and how each is told. */
export async function readDeliveries(
  reader: Database['reader'],
  { entityId, cursor, limit }: { entityId: string; cursor?: string | undefined; limit: number },
): Promise<{ rows: DeliveryRow[]; toDelivery: (row: DeliveryRow) => Delivery }> {
  const rows = await reader.delivery.findMany({
    where: { entityId, ...(cursor && { id: { lt: BigInt(cursor) } }) },
    orderBy: { id: 'desc' },
    take: limit + 1,
  })
  const events = await reader.event.findMany({
    where: { id: { in: rows.flatMap((row) => row.eventId ?? []) } },
    select: { id: true, body: true },
  })
  const destinations = await reader.destination.findMany({
    where: { id: { in: rows.map((row) => row.destinationId) } },
    select: { id: true, transport: true },
  })
  const later = await reader.delivery.findMany({
    where: { entityId, eventId: { in: events.map(({ id }) => id) }, round: { gt: 1 } },
    orderBy: { round: 'asc' },
    select: { eventId: true, round: true },
  })
  const lastRounds = new Map(later.map(({ eventId, round }) => [eventId, round]))
  const titles = new Map(events.map(({ id, body }) => [id, (body as { title: string }).title]))
  const transports = new Map(destinations.map(({ id, transport }) => [id, transport as Transport]))
  const transportOf = (row: DeliveryRow) => transports.get(row.destinationId) ?? 'connector'
  return {
    rows,
    toDelivery: (row) => ({
      ...shownAs(row, titles.get(row.eventId ?? ''), transportOf(row)),
      canSendAgain: isSendable(row) && row.round >= (lastRounds.get(row.eventId) ?? 1),
    }),
  }
}

const noDeliveries = {
  held: 0,
  pending: 0,
  delivered: 0,
  accepted: 0,
  merged: 0,
  refused: 0,
  expired: 0,
  cancelled: 0,
}

/** What says something about its moment is not said again, and a digest only by its events. */
function isSendable({ kind, settledAt, content }: DeliveryRow): boolean {
  const tells = kind === 'event' || (kind === 'notice' && (content as Notice | null)?.about === 'test')
  return tells && settledAt !== null
}

function shownAs(
  row: DeliveryRow,
  eventTitle: string | undefined,
  transport: Transport,
): Omit<Delivery, 'canSendAgain'> {
  return {
    id: String(row.id),
    kind: row.kind as DeliveryKind,
    eventId: row.eventId,
    entityId: row.entityId,
    round: row.round,
    state: row.state as DeliveryState,
    title: eventTitle ?? (row.content as Notice | null)?.about ?? row.kind,
    transport,
    reason: row.reason,
    createdAt: row.createdAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
    attempts: row.attempts,
  }
}

export function toAttempt(row: AttemptRow) {
  return {
    id: String(row.id),
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt.toISOString(),
    outcome: row.outcome as OutcomeKind,
    status: row.status,
    answer: row.answer,
    reason: row.reason,
    sizeBytes: row.sizeBytes,
  }
}
