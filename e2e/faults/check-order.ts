import { groupBy, isError, type Ledger, type Requested } from './ledger.ts'

/** When an event came, at the earliest and at the latest. */
interface Came {
  mark: string
  from: number
  to: number
}

/**
 * A card of an event that was received after another's 202 never arrives first at the same destination. A digest
 * counts at its first member, unless it tells what was held, which is late by intent. What was answered with an error
 * three times lets others try, and may still be taken when a kill has kept that from the record. What is critical
 * goes before what waits for Teams' windows, and a digest of such takes its configuration's older events along.
 */
export function checkOrder(ledger: Ledger): string[] {
  const faults: string[] = []
  const came = new Map(
    ledger.events.map(({ mark, sentAt, ackedAt = Number.POSITIVE_INFINITY, id }) => [
      id,
      { mark, from: sentAt, to: ackedAt },
    ]),
  )
  for (const [destination, requested] of groupBy(ledger.requested, (one) => one.destination)) {
    const seen = new Set<number>()
    const arrivals = requested.flatMap((one) => {
      if (!one.shown || seen.has(one.delivery.id)) return []
      seen.add(one.delivery.id)
      const event = firstOf(one)
      return event && !isCritical(one) ? [{ event, letsPass: letsPass(one) }] : []
    })
    // From the last back: what arrived later must not have been acknowledged before this one was sent.
    let earliest: Came | undefined
    for (const { event: one, letsPass: isExempt } of arrivals.toReversed()) {
      if (earliest && earliest.to < one.from) {
        faults.push(
          `ORDER at "${destination}": ${one.mark} arrived before ${earliest.mark}, which was answered 202 ${one.from - earliest.to} ms before the other was sent.`,
        )
      }
      if (!isExempt && (!earliest || one.to < earliest.to)) earliest = one
    }
  }
  return faults

  function isCritical({ delivery }: Requested): boolean {
    const { configurations } = ledger.scene
    return configurations.some(({ entityId, source }) => entityId === delivery.entityId && source === 'alarm')
  }

  function letsPass({ delivery, at }: Requested): boolean {
    return ledger.requestsOf(delivery).filter((one) => one.at < at && isError(one)).length >= 3
  }

  function firstOf({ delivery }: Requested): Came | undefined {
    if (delivery.kind === 'event') return came.get(delivery.eventId ?? '')
    if (delivery.why !== 'pressure') return undefined
    const first = ledger.records.deliveries.find(({ digestId }) => digestId === delivery.id)
    return first && came.get(first.eventId ?? '')
  }
}
