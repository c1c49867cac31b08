import { groupBy } from '../lib/group-by.ts'
import type { Sealer } from '../secrets/seal.ts'
import type { Database, Transaction } from './database.ts'
import { readDigests } from './digests.ts'
import { createEventCache } from './event-cache.ts'
import { type Found, foundIn } from './found.ts'
import type { DueDelivery, Lane, Waiting } from './lane.ts'
import { createUrlOpener, type DeliveryRow, type LaneRow, tellIn, toDue, toLane } from './lane-rows.ts'
import { sqlite } from './sqlite.ts'

export interface LeaseOptions {
  limit: number
  leaseMs: number
  /** At most so many heads of a lane are stamped. */
  stampsPerLane: number
  /**
   * How many of each lane's heads are about to be sent, asked before they are stamped: what is stamped counts as
   * sent if this process stops. Absent: all of them.
   */
  stamps?: (lanes: Lane[]) => Promise<number[]>
}

/** Leases lanes and stamps their heads in one transaction, then reads what these are to tell. */
export function createLease(tools: {
  database: Database
  sealer: Sealer
  now: () => Date
  newId: () => string
}): (options: LeaseOptions) => Promise<Lane[]> {
  const { now, newId } = tools
  const { reader, transaction } = tools.database
  const events = createEventCache(reader)
  const openUrl = createUrlOpener(tools.sealer)

  return async ({ limit, leaseMs, stampsPerLane, stamps }) => {
    const leaseId = newId()
    const at = now().getTime()
    const rowOf = new Map<DueDelivery, DeliveryRow>()
    const lanes = await transaction(async (tx) => {
      if ((await tx.$executeRawUnsafe(sqlite.leaseLanes, leaseId, at + leaseMs, at, limit)) === 0) return []
      const laneRows = foundIn<LaneRow>(await tx.$queryRawUnsafe<Found[]>(sqlite.leasedLanes, leaseId))
      const heads = await tx.$queryRawUnsafe<Found[]>(sqlite.heads, stampsPerLane, leaseId)
      const headsOf = groupBy(foundIn<DeliveryRow>(heads), ([, destinationId]) => destinationId)
      const waitingIn = await countWaiting(tx, headsOf, stampsPerLane)
      const leased = laneRows.map((row): Lane => {
        const deliveries = (headsOf.get(row[0]) ?? []).map((head): DueDelivery => {
          const due = toDue(head)
          rowOf.set(due, head)
          return due
        })
        const waiting = waitingIn.get(row[0]) ?? waitingOf(deliveries)
        const leaseEndsAt = new Date(at + leaseMs)
        const [head] = deliveries
        return { ...toLane(row, openUrl), leaseId, leaseEndsAt, deliveries, head, waiting }
      })
      const counts = await stamps?.(leased)
      for (const [index, lane] of leased.entries()) lane.deliveries.splice(counts?.[index] ?? stampsPerLane)
      const stamped = leased.flatMap((lane) => lane.deliveries.map((one) => one.id))
      await tx.$executeRawUnsafe(sqlite.stamp, leaseId, at, JSON.stringify(stamped))
      return leased
    })
    await tellAll(lanes)
    return lanes

    async function tellAll(leased: Lane[]): Promise<void> {
      const stamped = new Map<DueDelivery, DeliveryRow>()
      for (const one of leased.flatMap((lane) => lane.deliveries)) {
        const row = rowOf.get(one)
        if (row) stamped.set(one, row)
      }
      const eventIds = [...stamped.values()].flatMap((row) => row[3] ?? [])
      const digestIds = [...stamped.keys()].flatMap(({ id, kind }) => (kind === 'digest' ? [id] : []))
      const told = { events: await events.read(eventIds), digests: await readDigests(reader, digestIds) }
      for (const [one, row] of stamped) tellIn(one, row, told)
    }
  }
}

type WaitingRow = [destinationId: string, pending: number, since: number, criticalSince: number | null]

/** Of lanes with more heads than are stamped, what waits in them; of the others the heads are all of it. */
async function countWaiting(
  tx: Pick<Transaction, '$queryRawUnsafe'>,
  headsOf: Map<string, DeliveryRow[]>,
  stampsPerLane: number,
): Promise<Map<string, Waiting>> {
  const long = [...headsOf].flatMap(([id, heads]) => (heads.length >= stampsPerLane ? [id] : []))
  if (long.length === 0) return new Map()
  const rows = foundIn<WaitingRow>(await tx.$queryRawUnsafe<Found[]>(sqlite.waiting, JSON.stringify(long)))
  return new Map(
    rows.map(([id, pending, sinceMs, criticalSince]) => [
      id,
      { pending, sinceMs, criticalSinceMs: criticalSince ?? undefined },
    ]),
  )
}

function waitingOf(deliveries: DueDelivery[]): Waiting {
  const critical = deliveries.find((one) => one.critical)
  return {
    pending: deliveries.length,
    sinceMs: deliveries[0]?.createdAt.getTime() ?? 0,
    criticalSinceMs: critical?.createdAt.getTime(),
  }
}
