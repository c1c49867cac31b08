import type { Health } from '../model/destination.ts'
import { addAuditLine } from './audit.ts'
import type { Database } from './database.ts'
import { type createDestinationRows, healthy } from './destinations.ts'

/** An administrator's switch at a destination: off, it holds what it is owed, and nothing is cancelled. */
export interface DestinationSwitch {
  /** @returns its health from now on, or undefined where there is no such destination. */
  turn(id: string, to: { disabled: boolean; who: string }): Promise<Health | undefined>
}

export function createDestinationSwitch(tools: {
  database: Database
  destinations: Pick<ReturnType<typeof createDestinationRows>, 'isThrottled' | 'wake'>
  now: () => Date
}): DestinationSwitch {
  const { database, destinations, now } = tools
  return {
    turn: (id, { disabled, who }) =>
      database.transaction(async (tx) => {
        const row = await tx.destination.findUnique({ where: { id }, select: { health: true } })
        if (!row) return undefined
        if (disabled === (row.health === 'disabled')) return row.health as Health
        const at = now()
        const health = disabled
          ? { health: 'disabled', healthSince: at, healthReason: null }
          : healthy(at, { waits: await destinations.isThrottled(tx, id) })
        await tx.destination.update({ where: { id }, data: health })
        // While the lane is leased this is the lease's end, without which the lease could never run out.
        if (disabled) await tx.destination.updateMany({ where: { id, leaseId: null }, data: { dueAt: null } })
        else await destinations.wake(tx, id)
        const action = disabled ? 'destination.disabled' : 'destination.enabled'
        await addAuditLine(tx, { who, action, subject: id, detail: {} }, at)
        return disabled ? 'disabled' : 'healthy'
      }),
  }
}
