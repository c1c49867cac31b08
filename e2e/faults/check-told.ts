import { isError, isRefusal, type Ledger, type Requested } from './ledger.ts'
import type { SentEvent } from './load.ts'
import type { DeliveryRecord } from './records.ts'
import { type Configured, liedTo } from './scene.ts'
import { whyOwed } from './why-owed.ts'

export interface Told {
  faults: string[]
  /** Final state or, where it may still wait, why → how many. */
  ends: Map<string, number>
}

/**
 * Every event that was answered 202, for every configuration that wanted it: told by itself, told in a digest, or
 * ended in a way that Teams' own answers justify. What still waits must have a reason to.
 */
export function checkTold(ledger: Ledger): Told {
  const faults: string[] = []
  const ends = new Map<string, number>()
  for (const event of ledger.events) {
    if (event.id === undefined || event.ackedAt === undefined) {
      faults.push(`${event.mark} was never answered 202.`)
      continue
    }
    for (const configured of ledger.scene.configurations) {
      const expected = isWanted(event, configured, ledger)
      const found = ledger.deliveryOf(event, configured)
      const [delivery] = found
      if (found.length > 1)
        faults.push(`${event.mark} is owed ${found.length} times to "${configured.name}".`)
      if (!delivery && expected === 'yes') {
        faults.push(
          `LOST: ${event.mark} was answered 202, and nothing of it is owed to "${configured.name}".`,
        )
      }
      if (delivery && expected === 'no') {
        faults.push(`${event.mark} is owed to "${configured.name}", which does not want it.`)
      }
      if (!delivery) continue
      const end = endOf(delivery, configured, ledger)
      const key = 'fault' in end ? `${delivery.state}, wrongly` : end.is
      ends.set(key, (ends.get(key) ?? 0) + 1)
      if ('fault' in end) faults.push(`${ledger.nameOf(delivery)}: ${end.fault}`)
    }
  }
  return { faults, ends }
}

/** `perhaps` when it was removed at about that time. */
function isWanted(event: SentEvent, { entityId, source, eventTypes }: Configured, { removals }: Ledger) {
  if (source !== event.source || !eventTypes.includes(event.type)) return 'no'
  const removal = removals.get(entityId)
  if (!removal || (event.ackedAt ?? event.sentAt) < removal.from) return 'yes'
  return event.sentAt > removal.to ? 'no' : 'perhaps'
}

type End = { is: string } | { fault: string }

function endOf(delivery: DeliveryRecord, configured: Configured, ledger: Ledger): End {
  const requests = ledger.requestsOf(delivery)
  if (configured.holds === 'quiet hours' && requests.length > 0) return { fault: 'was sent in quiet hours.' }
  switch (delivery.state) {
    case 'delivered': {
      if (requests.some((one) => one.shown && one.perhapsAnswered)) return { is: 'delivered' }
      return { fault: `LOST: is said to be delivered, and ${told(requests)}.` }
    }
    case 'merged':
      return mergedEnd(delivery, ledger)
    case 'refused':
      return refusedEnd(delivery, configured, ledger)
    case 'cancelled':
      return cancelledEnd(delivery, configured, ledger)
    case 'held':
      return configured.holds && requests.length === 0 && isStillHeld(delivery, ledger)
        ? { is: `held by ${configured.holds}` }
        : { fault: 'LOST: is held, and nothing holds it.' }
    case 'pending': {
      const why = whyOwed(delivery, ledger)
      return 'because' in why
        ? { is: `pending: ${why.because}` }
        : { fault: `is still pending, ${why.fault}` }
    }
    default:
      return { fault: `LOST: ended as ${delivery.state} (${delivery.reason}).` }
  }
}

function told(requests: readonly Requested[]): string {
  if (requests.length === 0) return 'Teams was never asked'
  const each = requests.map(
    ({ received: { id, answer }, shown, link }) =>
      `request ${id} was ${shown ? '' : 'not '}shown, meant to be answered ${JSON.stringify(answer)}, and its link ended by ${link?.endedBy}`,
  )
  return each.join('; ')
}

/** What is due is let go within a second or two. */
const isStillHeld = ({ heldUntil }: DeliveryRecord, { endedAt }: Ledger) =>
  heldUntil !== null && heldUntil > endedAt - 3000

/** That the digest was told, and tells what it says, is checked with the digests. */
function mergedEnd(delivery: DeliveryRecord, ledger: Ledger): End {
  const shown = ledger.requestsOf(delivery).length
  if (shown > 0) return { fault: `was sent by itself ${shown} times and merged into a digest all the same.` }
  const digest = ledger.records.deliveries.find(({ id }) => id === delivery.digestId)
  if (digest?.kind !== 'digest' || digest.state !== 'delivered') {
    return { fault: 'LOST: is said to be merged, and its digest was not delivered.' }
  }
  return { is: 'merged' }
}

function refusedEnd(delivery: DeliveryRecord, configured: Configured, ledger: Ledger): End {
  const sent = ledger.records.deliveries.find(({ id }) => id === delivery.digestId) ?? delivery
  const answered = ledger.requestsOf(sent).filter((one) => one.answeredAt !== undefined)
  const isLiedTo = liedTo.some((name) => name === configured.destination)
  if (isLiedTo && answered.some(isRefusal)) return { is: 'refused by Teams' }
  if (isLiedTo && answered.filter(isError).length >= 3) {
    return { is: 'refused after three errors' }
  }
  return { fault: `LOST: ended as refused, and Teams never refused it (${delivery.reason}).` }
}

function cancelledEnd(delivery: DeliveryRecord, { entityId, name }: Configured, ledger: Ledger): End {
  if (ledger.removals.has(entityId)) return { is: 'cancelled: its configuration was removed' }
  const isGone =
    name === 'gone' &&
    ledger.requested.some((one) => one.destination === name && saysGone(one.received.answer))
  if (isGone) return { is: 'cancelled: its connector was removed' }
  return { fault: `LOST: ended as cancelled (${delivery.reason}).` }
}

const saysGone = (answer: unknown) =>
  typeof answer === 'object' && (answer as { status: number }).status === 410
