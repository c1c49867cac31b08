import { groupBy } from '../lib/group-by.ts'
import type { Event } from '../model/event.ts'
import type { Sealer } from '../secrets/seal.ts'
import type { Database } from './database.ts'
import { type Found, foundIn } from './found.ts'
import type { Lane, LaneSettlement } from './lane.ts'
import {
  attemptRow,
  type DeliveryRow,
  deliveryRow,
  type LaneRow,
  laneRow,
  toDue,
  toLane,
} from './lane-rows.ts'
import { sqlite } from './sqlite.ts'

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
