import { groupBy } from '../lib/group-by.ts'
import type { DeliveryKind, DeliveryState, Notice, OutcomeKind } from '../model/delivery.ts'
import type { Health, Transport } from '../model/destination.ts'
import type { Event } from '../model/event.ts'
import type { Sealer } from '../secrets/seal.ts'
import type { Database } from './database.ts'
import { type Found, foundIn } from './found.ts'
import { sqlite } from './sqlite.ts'

/** A leased lane: one worker, one request at a time, in order. */
export interface Lane {
  destinationId: string
  url: string
  host: string
  transport: Transport
  health: Health
  /** In words; null while it is healthy. */
  healthReason: string | null
  failures: number
  savedAt: Date
  failingSince: Date | null
  leaseId: string
  leaseEndsAt: Date
  /** The heads that are stamped with the lease, oldest first; at most four. */
  deliveries: DueDelivery[]
}

export interface DueDelivery {
  /** Below 2^53 for longer than anyone will run this; a string in JSON all the same. */
  id: number
  kind: DeliveryKind
  entityId: string
  critical: boolean
  attempts: number
  errors: number
  firstAttemptAt: Date | null
  createdAt: Date
  locale: string
  zone: string
  sourceName: string
  event: Event | undefined
  notice: Notice | undefined
}

export interface AttemptRecord {
  startedAt: Date
  endedAt: Date
  outcome: OutcomeKind
  status: number | null
  answer: string | null
  reason: string | null
  sizeBytes: number
  shortened: string | null
}

/** What became of one stamped delivery: its attempt, and its next state. Not attempted: stamps are taken off. */
export interface Settlement {
  deliveryId: number
  attempt: AttemptRecord | undefined
  state: Extract<DeliveryState, 'pending' | 'delivered' | 'accepted' | 'refused' | 'expired' | 'cancelled'>
  reason: string | null
  errors: number
}

export interface LaneSettlement {
  destinationId: string
  leaseId: string
  /** As the lease found it: a later save counts for more than what was answered before it. */
  savedAt: Date
  settlements: Settlement[]
  /** When the lane may be tried again; null: at once, if something is due. */
  notBefore: Date | null
  failures: number
  health: Health
  healthReason: string | null
  failingSince: Date | null
  succeededAt: Date | null
}

export interface Lanes {
  /**
   * Leases up to `limit` lanes that have something due and stamps their heads in the same transaction. A lane
   * whose destination is gone comes without deliveries: `abandon` it.
   */
  lease(options: { limit: number; leaseMs: number; stampsPerLane: number }): Promise<Lane[]>
  /**
   * Settles outcome, attempt and lane together; answers the destinations whose lease was no longer held, of which
   * nothing was written, and whether any lane is due again at once.
   */
  settle(lanes: LaneSettlement[]): Promise<{ missed: string[]; dueAgain: boolean }>
  /** Prolongs a lease and answers its new end; undefined when it is no longer held. */
  renew(lane: Lane, leaseMs: number): Promise<Date | undefined>
  /** Cancels whatever waits for a destination that is gone, and gives its lane back. */
  abandon(lane: Lane, reason: string): Promise<number>
  /**
   * Frees lanes whose lease ran out: an attempt `unknown` is recorded for each delivery that was stamped and not
   * settled, since its request may have been in flight, and it becomes due again. Answers how many there were.
   */
  recover(options?: { all: boolean }): Promise<number>
  /** When a lane next needs a worker; undefined while none does. */
  nextDueAt(): Promise<Date | undefined>
}

export function createLanes(tools: {
  database: Database
  sealer: Sealer
  now: () => Date
  newId: () => string
}): Lanes {
  const { sealer, now, newId } = tools
  const { reader, writer, transaction } = tools.database

  return {
    async lease({ limit, leaseMs, stampsPerLane }) {
      const leaseId = newId()
      const at = now().getTime()
      const results = await writer.$transaction([
        writer.$executeRawUnsafe(sqlite.leaseLanes, leaseId, at + leaseMs, at, limit),
        writer.$executeRawUnsafe(sqlite.stampHeads, leaseId, at, stampsPerLane, leaseId),
        writer.$queryRawUnsafe<Found[]>(sqlite.leasedLanes, leaseId),
        writer.$queryRawUnsafe<Found[]>(sqlite.stampedDeliveries, leaseId),
        writer.$queryRawUnsafe<Found[]>(sqlite.stampedEvents, leaseId),
      ])
      const events = new Map(foundIn<Event>(results[4]).map((event) => [event.id, event]))
      const deliveries = groupBy(foundIn<DeliveryRow>(results[3]), ([, destinationId]) => destinationId)
      const leaseEndsAt = new Date(at + leaseMs)
      return foundIn<LaneRow>(results[2]).map((row) => ({
        ...toLane(row, sealer),
        leaseId,
        leaseEndsAt,
        deliveries: (deliveries.get(row[0]) ?? [])
          .map((one) => toDue(one, events))
          .toSorted((a, b) => a.id - b.id),
      }))
    },

    async settle(lanes) {
      const at = now().getTime()
      const settlements = lanes.flatMap((lane) => lane.settlements.map((one) => ({ lane, one })))
      const attempts = settlements.flatMap(({ lane, one }) =>
        one.attempt ? [attemptRow(lane, one, one.attempt)] : [],
      )
      const rows = settlements.map(({ lane, one }) => deliveryRow(lane, one))
      const waiting = settlements.flatMap(({ one }) => (one.state === 'pending' ? [one.deliveryId] : []))
      const results = await writer.$transaction([
        writer.$executeRawUnsafe(sqlite.insertAttempts, JSON.stringify(attempts)),
        writer.$executeRawUnsafe(sqlite.settleDeliveries, at, JSON.stringify(rows)),
        ...(waiting.length > 0 ? follow(JSON.stringify(waiting), at) : []),
        writer.$queryRawUnsafe(sqlite.settleLanes, at, JSON.stringify(lanes.map(laneRow))),
      ])
      const given = results.at(-1) as { id: string; due: bigint | number }[]
      const held = new Set(given.map(({ id }) => id))
      const followed = waiting.length > 0 && Number(results[2]) > 0
      return {
        missed: lanes.map((lane) => lane.destinationId).filter((id) => !held.has(id)),
        dueAgain: followed || given.some(({ due }) => Number(due) === 1),
      }
    },

    async renew(lane, leaseMs) {
      const at = now().getTime()
      const end = at + leaseMs
      const [changed] = await writer.$transaction([
        writer.$executeRawUnsafe(sqlite.renewLease, end, lane.destinationId, lane.leaseId, at),
      ])
      return changed === 1 ? new Date(end) : undefined
    },

    async abandon(lane, reason) {
      const at = now().getTime()
      const [cancelled] = await writer.$transaction([
        writer.$executeRawUnsafe(sqlite.cancelPending, at, reason, lane.destinationId, lane.leaseId),
        writer.$queryRawUnsafe(sqlite.settleLanes, at, JSON.stringify([laneRow(goneLane(lane, reason))])),
      ])
      return cancelled
    },

    recover({ all } = { all: false }) {
      return transaction(async (tx) => {
        const at = now().getTime()
        if (all) await tx.$executeRawUnsafe(sqlite.expireAll, at)
        const stamped = foundIn<number>(await tx.$queryRawUnsafe<Found[]>(sqlite.expiredStamps, at))
        if (stamped.length > 0) {
          const ids = JSON.stringify(stamped)
          await tx.$executeRawUnsafe(sqlite.recordUnknown, at, at)
          await tx.$executeRawUnsafe(sqlite.unstampExpired, at, at)
          await tx.$executeRawUnsafe(sqlite.followConfigurations, ids)
          await tx.$executeRawUnsafe(sqlite.wakeLanesOf, at, ids, at)
        }
        await tx.$executeRawUnsafe(sqlite.freeExpired, at, at)
        return stamped.length
      })
    },

    async nextDueAt() {
      const [row] = await reader.$queryRawUnsafe<{ found: bigint | number | null }[]>(sqlite.nextDue)
      return row?.found == null ? undefined : new Date(Number(row.found))
    },
  }

  /** For what goes on waiting; before its lanes are given back, so that these know what is left in them. */
  function follow(deliveryIds: string, at: number) {
    return [
      writer.$executeRawUnsafe(sqlite.followConfigurations, deliveryIds),
      writer.$executeRawUnsafe(sqlite.wakeLanesOf, at, deliveryIds, at),
    ]
  }
}

type LaneRow = [
  id: string,
  urlSealed: string | null,
  host: string,
  transport: Transport,
  health: Health,
  failures: number,
  savedAt: number,
  failingSince: number | null,
  healthReason: string | null,
]

function toLane(row: LaneRow, sealer: Sealer): Omit<Lane, 'leaseId' | 'leaseEndsAt' | 'deliveries'> {
  const [destinationId, urlSealed, host, transport, health, failures, savedAt, failingSince, healthReason] =
    row
  return {
    destinationId,
    url: urlSealed === null ? '' : sealer.open(urlSealed, urlRow(destinationId)),
    host,
    transport,
    health,
    healthReason,
    failures,
    savedAt: new Date(savedAt),
    failingSince: failingSince === null ? null : new Date(failingSince),
  }
}

/** What a sealed webhook URL belongs to. */
export function urlRow(destinationId: string): string {
  return `destination:${destinationId}:url`
}

type DeliveryRow = [
  id: number,
  destinationId: string,
  kind: DeliveryKind,
  eventId: string | null,
  entityId: string,
  critical: number,
  attempts: number,
  errors: number,
  firstAttemptAt: number | null,
  createdAt: number,
  content: Notice | null,
  locale: string,
  zone: string,
  sourceName: string,
]

function toDue(row: DeliveryRow, events: Map<string, Event>): DueDelivery {
  const [id, , kind, eventId, entityId, critical, attempts, errors, firstAttemptAt, createdAt, ...more] = row
  const [content, locale, zone, sourceName] = more
  return {
    id,
    kind,
    entityId,
    critical: critical === 1,
    attempts,
    errors,
    firstAttemptAt: firstAttemptAt === null ? null : new Date(firstAttemptAt),
    createdAt: new Date(createdAt),
    locale,
    zone,
    sourceName,
    event: eventId === null ? undefined : events.get(eventId),
    notice: content ?? undefined,
  }
}

function attemptRow(lane: LaneSettlement, { deliveryId }: Settlement, attempt: AttemptRecord): unknown[] {
  return [
    deliveryId,
    lane.leaseId,
    lane.destinationId,
    attempt.startedAt.getTime(),
    attempt.endedAt.getTime(),
    attempt.outcome,
    attempt.status,
    attempt.answer,
    attempt.reason,
    attempt.sizeBytes,
    attempt.shortened,
  ]
}

function deliveryRow(lane: LaneSettlement, one: Settlement): unknown[] {
  return [
    one.deliveryId,
    lane.leaseId,
    one.state,
    one.reason,
    one.errors,
    one.attempt?.startedAt.getTime() ?? null,
  ]
}

function laneRow(lane: LaneSettlement): unknown[] {
  return [
    lane.destinationId,
    lane.leaseId,
    lane.notBefore?.getTime() ?? null,
    lane.failures,
    lane.health,
    lane.healthReason,
    lane.failingSince?.getTime() ?? null,
    lane.succeededAt?.getTime() ?? null,
    lane.savedAt.getTime(),
  ]
}

function goneLane(lane: Lane, reason: string): LaneSettlement {
  const { destinationId, leaseId, savedAt, failures, failingSince } = lane
  return {
    destinationId,
    leaseId,
    savedAt,
    settlements: [],
    notBefore: null,
    failures,
    health: 'gone',
    healthReason: reason,
    failingSince,
    succeededAt: null,
  }
}
