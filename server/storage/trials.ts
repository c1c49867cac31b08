import type { Attempt, DeliveryState } from '../model/delivery.ts'
import type { Health, Transport } from '../model/destination.ts'
import type { Sealer } from '../secrets/seal.ts'
import type { Database } from './database.ts'
import { toAttempt } from './deliveries.ts'
import { createDestinationRows } from './destinations.ts'

/**
 * Test cards for URLs that nobody may have saved yet.
 *
 * A test goes through the lane of its URL like any card, so that Teams' windows hold and one request at a time is
 * sent there. It belongs to no configuration, and what belongs to none is attempted once. A URL that no configuration
 * uses is forgotten as soon as its test is over, by the same rule as one that its last configuration has left.
 */
export interface TrialStore {
  begin(trial: { url: string; transport: Transport; name: string; locale: string }): Promise<string>
  look(deliveryId: string): Promise<Trial>
  /** Takes it back unless it has begun to be sent, and forgets its URL; answers whether it did. */
  withdraw(deliveryId: string): Promise<boolean>
}

/** How a test card stands. */
export interface Trial {
  state: DeliveryState
  transport: Transport
  health: Health
  /** When its lane may send again, if it waits. */
  notBefore: Date | null
  /** Its own, once it was sent; and the last one of its lane, whatever it was for. */
  attempt: Attempt | undefined
  last: Attempt | undefined
}

export function createTrialStore(tools: {
  database: Database
  sealer: Sealer
  now: () => Date
  newId: () => string
}): TrialStore {
  const { sealer, now, newId } = tools
  const { reader, transaction } = tools.database
  const destinations = createDestinationRows(tools)

  return {
    begin: ({ url, transport, name, locale }) =>
      transaction(async (tx) => {
        const known = await tx.destination.findUnique({
          where: { fingerprint: sealer.fingerprint(url) },
          select: { id: true, orphanedAt: true },
        })
        const inUse = known && known.orphanedAt === null
        const id = inUse ? known.id : await destinations.save(tx, { url, transport })
        if (inUse) await destinations.tryAgain(tx, id)
        else await tx.destination.update({ where: { id }, data: { orphanedAt: now() } })
        return destinations.owe(tx, newId(), id, { about: 'test', configurationName: name, locale })
      }),

    async look(deliveryId) {
      const id = BigInt(deliveryId)
      const { state, destinationId } = await reader.delivery.findUniqueOrThrow({ where: { id } })
      const destination = await reader.destination.findUniqueOrThrow({ where: { id: destinationId } })
      const attempt = await reader.attempt.findFirst({ where: { deliveryId: id }, orderBy: { id: 'desc' } })
      const last = await reader.attempt.findFirst({
        where: { destinationId },
        orderBy: [{ endedAt: 'desc' }, { id: 'desc' }],
      })
      return {
        state: state as DeliveryState,
        transport: destination.transport as Transport,
        health: destination.health as Health,
        notBefore: destination.notBefore,
        attempt: attempt ? toAttempt(attempt) : undefined,
        last: last ? toAttempt(last) : undefined,
      }
    },

    withdraw: (deliveryId) =>
      transaction(async (tx) => {
        const id = BigInt(deliveryId)
        const { destinationId } = await tx.delivery.findUniqueOrThrow({ where: { id } })
        const { count } = await tx.delivery.updateMany({
          where: { id, state: 'pending', leaseId: null },
          data: { state: 'cancelled', reason: 'The test card could not be sent in time.', settledAt: now() },
        })
        if (count > 0) await destinations.leave(tx, destinationId)
        return count > 0
      }),
  }
}
