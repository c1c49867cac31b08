import type { Place } from '../model/configuration.ts'
import type { DigestReason } from '../model/delivery.ts'
import type { Sealer } from '../secrets/seal.ts'
import type { Database } from './database.ts'
import { createDestinationRows } from './destinations.ts'
import { createDigestRows } from './digests.ts'
import { type Found, foundIn } from './found.ts'
import type { Composed, Lane, LaneSettlement } from './lane.ts'
import { laneRow } from './lane-rows.ts'
import { createLease, type LeaseOptions } from './lease.ts'
import { createSettle } from './settle.ts'
import { sqlite } from './sqlite.ts'

export interface Lanes {
  /**
   * Leases up to `limit` lanes that have something due and stamps their heads in the same transaction. A lane
   * whose destination is gone comes without deliveries: `abandon` it.
   */
  lease(options: LeaseOptions): Promise<Lane[]>
  /** When the requests of each destination since then ended, oldest first: what its budget is made from. */
  sentSince(destinationIds: string[], since: Date): Promise<Map<string, number[]>>
  /**
   * Merges what waits in a leased lane for one configuration into a digest, stamped and ready to be sent; undefined
   * when fewer than two would be told, `lost` when the lease is no longer held. What was attempted before stays by
   * itself.
   * @param digest.reason all that waits, or with `quiet hours` and `digest` only what these have held.
   */
  compose(
    lane: Lane,
    digest: { entityId: string; reason: DigestReason; criticalOnly?: boolean },
  ): Promise<Composed | 'lost' | undefined>
  /**
   * Puts the oldest critical event of a leased lane that was never attempted ahead; answers whether it did.
   * @param unless.unlessOf the configuration whose digest is told next anyway.
   * @param unless.before only an event that was taken in before then.
   */
  putFirst(lane: Lane, unless: { unlessOf: string | undefined; before: Date | undefined }): Promise<boolean>
  /**
   * Settles outcome, attempt and lane together; answers the destinations whose lease was no longer held, of which
   * nothing was written, and whether any lane is due again.
   */
  settle(lanes: LaneSettlement[]): Promise<{ missed: string[]; dueAgain: boolean }>
  /** Prolongs a lease and answers its new end; undefined when it is no longer held. */
  renew(lane: Lane, leaseMs: number): Promise<Date | undefined>
  /** Cancels whatever waits for a destination that is gone, and gives its lane back. */
  abandon(lane: Lane, reason: string): Promise<number>
  /**
   * Takes down that a destination's trouble is told, if it is in any that was not; answers which, for whoever tells
   * it. It is told to the operations configuration too, unless that one's own destination is meant.
   */
  tellTrouble(destinationId: string, operations: string | undefined): Promise<Trouble | undefined>
  /**
   * Frees lanes whose lease ran out: an attempt `unknown` is recorded for each delivery that was stamped and not
   * settled, since its request may have been in flight, and it becomes due again.
   * @param options.all every lane that is leased: there is no other process.
   * @param options.except destinations whose lanes are being worked by this process, however late it is.
   */
  recover(options?: {
    all?: boolean
    except?: ReadonlySet<string>
  }): Promise<{ deliveries: number; destinationIds: string[] }>
  /**
   * Lets go of what quiet hours and digests hold no longer, of up to two hundred configurations at a time; answers
   * whether there was any.
   */
  letGo(): Promise<boolean>
  /** When a lane next needs a worker, or something is to be let go; undefined while neither is the case. */
  nextDueAt(): Promise<Date | undefined>
}

/** What an administrator wants to know of a destination that fails or is gone. */
export interface Trouble {
  health: 'failing' | 'gone'
  reason: string
  /** The names of the configurations that it concerns, and where they are. */
  configurations: { name: string; place: string }[]
}

export function createLanes(tools: {
  database: Database
  sealer: Sealer
  now: () => Date
  newId: () => string
}): Lanes {
  const { now } = tools
  const { reader, writer, transaction } = tools.database
  const digests = createDigestRows(tools)
  const destinations = createDestinationRows(tools)

  return {
    lease: createLease(tools),

    async sentSince(destinationIds, since) {
      if (destinationIds.length === 0) return new Map()
      const rows = await reader.$queryRawUnsafe<Found[]>(
        sqlite.sentSince,
        since.getTime(),
        JSON.stringify(destinationIds),
      )
      const ended = new Map<string, number[]>()
      for (const [id, at] of foundIn<[string, number]>(rows)) {
        const times = ended.get(id)
        if (times) times.push(at)
        else ended.set(id, [at])
      }
      return ended
    },

    compose: digests.compose,

    async putFirst({ destinationId, leaseId }, { unlessOf = '', before }) {
      const beforeMs = before?.getTime() ?? Number.MAX_SAFE_INTEGER
      const [changed] = await writer.$transaction([
        writer.$executeRawUnsafe(sqlite.putFirst, destinationId, leaseId, unlessOf, beforeMs),
      ])
      return changed > 0
    },

    settle: createSettle(tools),

    async renew(lane, leaseMs) {
      const at = now().getTime()
      const end = at + leaseMs
      const [changed] = await writer.$transaction([
        writer.$executeRawUnsafe(sqlite.renewLease, end, lane.destinationId, lane.leaseId, at),
      ])
      return changed === 1 ? new Date(end) : undefined
    },

    abandon: (lane, reason) =>
      transaction(async (tx) => {
        const at = now().getTime()
        const { destinationId, leaseId } = lane
        const waiting = await tx.$queryRawUnsafe<Found[]>(sqlite.waitingDigests, destinationId)
        const cancelled = await tx.$executeRawUnsafe(sqlite.cancelPending, at, reason, destinationId, leaseId)
        const told = await tx.$executeRawUnsafe(sqlite.settleMembers, at, JSON.stringify(foundIn(waiting)))
        await tx.$queryRawUnsafe(sqlite.settleLanes, at, JSON.stringify([laneRow(goneLane(lane, reason))]))
        return cancelled + told
      }),

    tellTrouble: (destinationId, operations) =>
      transaction(async (tx) => {
        const [row] = await tx.$queryRawUnsafe<{ health: Trouble['health']; healthReason: string | null }[]>(
          sqlite.tellTrouble,
          now().getTime(),
          destinationId,
        )
        if (!row) return undefined
        const concerned = await tx.configuration.findMany({
          where: { destinationId },
          orderBy: { name: 'asc' },
        })
        const configurations = concerned.map(({ name, place }) => ({
          name,
          place: placeName(place as Place),
        }))
        const trouble = { health: row.health, reason: row.healthReason ?? '', configurations }
        const told = operations && (await tx.configuration.findUnique({ where: { entityId: operations } }))
        if (told && told.destinationId !== destinationId) {
          await destinations.owe(tx, told.entityId, told.destinationId, { about: 'trouble', ...trouble })
        }
        return trouble
      }),

    async recover({ all = false, except } = {}) {
      const before = all ? Number.MAX_SAFE_INTEGER : now().getTime()
      const expired = foundIn<string>(await reader.$queryRawUnsafe<Found[]>(sqlite.expiredLanes, before))
      const destinationIds = except ? expired.filter((id) => !except.has(id)) : expired
      if (destinationIds.length === 0) return { deliveries: 0, destinationIds }
      const lanes = JSON.stringify(destinationIds)
      return transaction(async (tx) => {
        const at = now().getTime()
        const stamped = foundIn<number>(
          await tx.$queryRawUnsafe<Found[]>(sqlite.expiredStamps, lanes, before),
        )
        const ids = JSON.stringify(stamped)
        await tx.$executeRawUnsafe(sqlite.recordUnknown, at, ids)
        await tx.$executeRawUnsafe(sqlite.unstamp, at, ids)
        await tx.$executeRawUnsafe(sqlite.followConfigurations, at, ids)
        await tx.$executeRawUnsafe(sqlite.settleMembers, at, ids)
        await tx.$executeRawUnsafe(sqlite.freeLanes, at, lanes, before)
        await tx.$executeRawUnsafe(sqlite.wakeLanesOf, at, ids, at)
        return { deliveries: stamped.length, destinationIds }
      })
    },

    async letGo() {
      const found = await reader.$queryRawUnsafe<Found[]>(sqlite.heldNoLonger, now().getTime(), mostLetGo)
      const entityIds = foundIn<string>(found)
      if (entityIds.length === 0) return false
      const ids = JSON.stringify(entityIds)
      const at = now().getTime()
      await writer.$transaction([
        writer.$executeRawUnsafe(sqlite.letGo, at, ids),
        writer.$executeRawUnsafe(sqlite.wakeLanesFor, at, ids, at),
      ])
      return true
    },

    async nextDueAt() {
      const [row] = await reader.$queryRawUnsafe<{ found: bigint | number | null }[]>(sqlite.nextDue)
      return row?.found == null ? undefined : new Date(Number(row.found))
    },
  }
}

/** What a night has held for some hundred channels is one transaction of some ten milliseconds. */
const mostLetGo = 200

function placeName({ teamName, channelName }: Place): string {
  return [teamName, channelName].filter((name) => name !== undefined).join(' › ')
}

function goneLane(lane: Lane, reason: string): LaneSettlement {
  const { destinationId, leaseId, savedAt, failures, failingSince, goneSince } = lane
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
    goneSince,
    succeededAt: null,
  }
}
