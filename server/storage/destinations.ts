import type { Notice } from '../model/delivery.ts'
import type { Transport } from '../model/destination.ts'
import type { Sealer } from '../secrets/seal.ts'
import type { Transaction } from './database.ts'
import { urlRow } from './lane-rows.ts'
import { sqlite } from './sqlite.ts'

/**
 * What happens to destinations inside the transactions that change configurations.
 *
 * A destination is one webhook URL, found again by its fingerprint whoever saves it, so that two configurations
 * on one URL share one lane and one budget, and removing and adding a URL brings no fresh budget.
 */
export function createDestinationRows(tools: { sealer: Sealer; now: () => Date; newId: () => string }) {
  const { sealer, now, newId } = tools

  const wake = async (tx: Transaction, id: string): Promise<void> => {
    const at = now().getTime()
    await tx.$executeRawUnsafe(sqlite.wake, at, JSON.stringify([id]), at)
  }

  return {
    wake,

    /** Makes the destination or finds it again. A save makes it healthy: someone says that the URL is good. */
    async save(
      tx: Transaction,
      { url: given, transport }: { url: string; transport: Transport },
    ): Promise<string> {
      const url = given.trim()
      const fingerprint = sealer.fingerprint(url)
      const known = await tx.destination.findUnique({
        where: { fingerprint },
        select: { id: true, health: true },
      })
      const id = known?.id ?? newId()
      const at = now()
      const saved = {
        transport,
        urlSealed: sealer.seal(url, urlRow(id)),
        savedAt: at,
        orphanedAt: null,
      }
      await tx.destination.upsert({
        where: { id },
        create: { id, fingerprint, host: new URL(url).host, createdAt: at, ...saved, ...healthy(at) },
        update: { ...saved, ...(await revived(tx, id, known?.health, at)) },
      })
      if (known) await wake(tx, id)
      return id
    },

    /** An edit that names no URL keeps the destination, and counts as a save of it. */
    async keep(tx: Transaction, id: string | undefined): Promise<string> {
      if (id === undefined) throw new Error('A new configuration needs a destination.')
      const { health } = await tx.destination.findUniqueOrThrow({ where: { id }, select: { health: true } })
      await tx.destination.update({
        where: { id },
        data: { savedAt: now(), ...(await revived(tx, id, health, now())) },
      })
      await wake(tx, id)
      return id
    },

    /**
     * Someone wants to see now whether it works: one that is gone is asked again, and stays told that it was gone, and
     * what waits after a failure need not wait longer. Only a wait that Teams itself has asked for goes on.
     */
    async tryAgain(tx: Transaction, id: string): Promise<void> {
      await tx.destination.updateMany({ where: { id, health: 'gone' }, data: { health: 'failing' } })
      if (await isThrottled(tx, id)) return
      await tx.destination.update({ where: { id }, data: { notBefore: null } })
    },

    isThrottled,

    /** Takes what the configuration is still owed along to its new destination. What is in flight stays. */
    async move(
      tx: Transaction,
      { entityId, from, to }: { entityId: string; from: string; to: string },
    ): Promise<void> {
      const moved = await tx.delivery.updateMany({
        where: { entityId, destinationId: from, state: { in: ['held', 'pending'] }, leaseId: null },
        data: { destinationId: to },
      })
      if (moved.count > 0) await wake(tx, to)
    },

    /** What a configuration that is removed was still owed, and what its digests were to tell. What is in flight stays. */
    cancel: (tx: Transaction, entityId: string): Promise<number> =>
      tx.$executeRawUnsafe(sqlite.cancelOwed, now().getTime(), entityId),

    /** When its last configuration leaves, the URL is forgotten, at the latest once its last notice is out. */
    async leave(tx: Transaction, id: string): Promise<void> {
      if ((await tx.configuration.count({ where: { destinationId: id } })) > 0) return
      const [row] = await tx.$queryRawUnsafe<{ found: bigint | number }[]>(sqlite.isWaiting, id)
      const waiting = Number(row?.found) === 1
      await tx.destination.update({
        where: { id },
        data: { orphanedAt: now(), ...(!waiting && { urlSealed: null }) },
      })
      if (waiting) return
      // While the lane is leased this is the lease's end, without which the lease could never run out.
      await tx.destination.updateMany({ where: { id, leaseId: null }, data: { dueAt: null } })
    },

    /** Puts a notice at the end of the lane; answers its number. */
    async owe(tx: Transaction, entityId: string, destinationId: string, notice: Notice): Promise<string> {
      const { id } = await tx.delivery.create({
        data: {
          kind: 'notice',
          entityId,
          destinationId,
          state: 'pending',
          content: notice,
          createdAt: now(),
        },
        select: { id: true },
      })
      await wake(tx, destinationId)
      return String(id)
    },
  }
}

/** Whether the last thing that Teams answered there was that it is too much. */
async function isThrottled(tx: Transaction, destinationId: string): Promise<boolean> {
  const last = await tx.attempt.findFirst({
    where: { destinationId },
    orderBy: [{ endedAt: 'desc' }, { id: 'desc' }],
    select: { outcome: true },
  })
  return last?.outcome === 'throttled'
}

/** A save makes a destination healthy, but for one that an administrator disabled. */
async function revived(tx: Transaction, id: string, health: string | undefined, at: Date) {
  return health === 'disabled' ? {} : healthy(at, { waits: await isThrottled(tx, id) })
}

/** @param how.waits whether Teams has asked for a wait, which nobody's wish ends. */
export function healthy(at: Date, { waits = false } = {}) {
  return {
    ...(!waits && { notBefore: null, failures: 0 }),
    health: 'healthy',
    healthSince: at,
    healthReason: null,
    failingSince: null,
    goneSince: null,
    toldAt: null,
  }
}
