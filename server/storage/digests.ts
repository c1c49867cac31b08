import type { DigestContent, DigestReason } from '../model/delivery.ts'
import type { Event } from '../model/event.ts'
import type { Database, Transaction } from './database.ts'
import { type Found, foundIn } from './found.ts'
import type { Composed, DueDelivery, DueDigest, Lane } from './lane.ts'
import { sqlite } from './sqlite.ts'

type DigestTold = Omit<DueDigest, keyof DigestContent>

/**
 * Digests: several events of one configuration told in one card.
 *
 * A digest is a delivery of its own, composed at the moment its lane may send it and stamped with the lane's lease
 * in the same transaction. Its members stay pending, point to it, are no heads any more, and share its end in the
 * transaction that settles it.
 */
export function createDigestRows({ database, now }: { database: Database; now: () => Date }) {
  const { transaction } = database

  return {
    compose: (
      lane: Lane,
      digest: { entityId: string; reason: DigestReason; criticalOnly?: boolean },
    ): Promise<Composed | 'lost' | undefined> =>
      transaction(async (tx) => {
        const { destinationId, leaseId } = lane
        const { entityId, reason, criticalOnly = false } = digest
        const held = await tx.$queryRawUnsafe<Found[]>(
          sqlite.stillLeased,
          JSON.stringify([destinationId]),
          leaseId,
        )
        if (foundIn(held).length === 0) return 'lost'
        const heldOnly = reason === 'pressure' ? 0 : 1
        const which = [destinationId, leaseId, entityId, heldOnly, criticalOnly ? 1 : 0, mostMembers] as const
        const types = foundIn<Counted>(await tx.$queryRawUnsafe<Found[]>(sqlite.mergeable, ...which))
        const content = toContent(types, reason)
        const first = lane.deliveries.find((one) => one.entityId === entityId)
        if (!content || !first) return undefined
        const at = now()
        const critical = types.some(([, , isCritical]) => isCritical === 1)
        const [row] = await tx.$queryRawUnsafe<{ id: bigint | number }[]>(
          sqlite.insertDigest,
          entityId,
          destinationId,
          critical ? 1 : 0,
          JSON.stringify(content),
          leaseId,
          at.getTime(),
          at.getTime(),
        )
        const id = Number(row?.id)
        await tx.$executeRawUnsafe(sqlite.merge, id, ...which)
        const stamped = JSON.stringify(lane.deliveries.map((one) => one.id))
        const told = foundIn<number>(await tx.$queryRawUnsafe<Found[]>(sqlite.toldBy, id, stamped))
        const tells = (await readDigests(tx, [id])).get(id)
        if (!tells) throw new Error('A digest was composed for a configuration that is not there.')
        const due = toDueDigest(first, { id, critical, at, digest: { ...content, ...tells } })
        return { digest: due, told: new Set(told) }
      }),
  }
}

/** What one transaction merges; what is beyond it goes into the next digest. */
const mostMembers = 10_000

type Counted = [type: string, count: number, critical: number, from: number, to: number]

function toContent(types: Counted[], reason: DigestReason): DigestContent | undefined {
  const total = types.reduce((sum, [, count]) => sum + count, 0)
  if (total < 2) return undefined
  return {
    reason,
    total,
    counts: Object.fromEntries(types.map(([type, count]) => [type, count])),
    from: new Date(Math.min(...types.map(([, , , from]) => from))).toISOString(),
    to: new Date(Math.max(...types.map(([, , , , to]) => to))).toISOString(),
  }
}

/** What the cards of these digests need. */
export async function readDigests(
  client: Pick<Transaction, '$queryRawUnsafe'>,
  ids: number[],
): Promise<Map<number, DigestTold>> {
  if (ids.length === 0) return new Map()
  const rows = await client.$queryRawUnsafe<Found[]>(sqlite.digests, JSON.stringify(ids))
  const found = foundIn<[number, string, string, Record<string, unknown>, Event[]]>(rows)
  return new Map(
    found.map(([id, configurationName, kind, settings, events]) => [
      id,
      { configurationName, kind, settings, events },
    ]),
  )
}

/** For the same reader as the deliveries that it merges. */
function toDueDigest(
  { entityId, locale, zone, sourceName }: DueDelivery,
  made: { id: number; critical: boolean; at: Date; digest: DueDigest },
): DueDelivery {
  return {
    id: made.id,
    kind: 'digest',
    entityId,
    critical: made.critical,
    attempts: 0,
    errors: 0,
    firstAttemptAt: null,
    createdAt: made.at,
    locale,
    zone,
    sourceName,
    heldBy: null,
    quietHours: null,
    event: undefined,
    notice: undefined,
    digest: made.digest,
  }
}
