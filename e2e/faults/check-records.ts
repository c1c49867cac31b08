import { groupBy, type Ledger, type Requested } from './ledger.ts'
import { meaningOf } from './lies.ts'

/** What Cardwire wrote down agrees with what Teams saw, and nothing is left half done. */
export function checkRecords(ledger: Ledger): string[] {
  const { records, nameOf } = ledger
  const made = groupBy(records.attempts, (one) => one.deliveryId)
  const leftovers = [
    ...records.lanes.filter((one) => one.leaseId !== null).map((one) => `Lane ${one.id} is still leased.`),
    ...records.deliveries
      .filter((one) => one.leaseId !== null)
      .map((one) => `${nameOf(one)} is still stamped.`),
    ...records.deliveries
      .filter((one) => one.attempts !== (made.get(one.id)?.length ?? 0))
      .map(
        (one) =>
          `${nameOf(one)} says ${one.attempts} attempts; ${made.get(one.id)?.length ?? 0} are on record.`,
      ),
    ...records.deliveries
      .filter((one) => (one.settledAt === null) !== ['held', 'pending'].includes(one.state))
      .map((one) => `${nameOf(one)} is ${one.state} and ${one.settledAt === null ? 'not ' : ''}settled.`),
  ]
  return [...ledger.riddles, ...leftovers, ...checkAttempts(ledger), ...checkDigests(ledger)]
}

/** Every request is on record as what was sent, and its answer was read for what it is. */
function checkAttempts(ledger: Ledger): string[] {
  return ledger.requested.flatMap((request) => {
    const what = `Request ${request.received.id} for ${ledger.nameOf(request.delivery)}`
    if (!request.attempt) return [`${what} is not on record as an attempt.`]
    const meant = meaningOfAnswer(request)
    const { outcome, body } = request.attempt
    if (body !== request.received.text && outcome !== 'unknown') return [`${what} is kept as another card.`]
    if (meant === undefined || outcome === meant || outcome === 'unknown') return []
    // Whoever was frozen finds its time-outs before the answer.
    if (
      outcome === 'unreachable' &&
      ledger.stops.some((stop) => stop.kind === 'freeze' && overlaps(request, stop))
    )
      return []
    return [`${what} was answered "${meant}" and is on record as "${outcome}".`]
  })
}

function meaningOfAnswer({ answeredAt, received: { answer } }: Requested): string | undefined {
  return answeredAt === undefined || typeof answer !== 'object' ? undefined : meaningOf(answer)
}

const overlaps = ({ at, answeredAt = at }: Requested, { from, to }: { from: number; to: number }) =>
  at <= to && answeredAt >= from - 1000

/** A digest says what it tells, tells one configuration's events, and they share its end. */
function checkDigests({ records, nameOf, requestsOf }: Ledger): string[] {
  const members = groupBy(records.deliveries, (one) => one.digestId)
  return records.deliveries
    .filter(({ kind }) => kind === 'digest')
    .flatMap((digest) => {
      const own = members.get(digest.id) ?? []
      const what = nameOf(digest)
      const end = digest.state === 'delivered' ? 'merged' : digest.state
      const faults: string[] = []
      if (own.length !== digest.total)
        faults.push(`${what} says ${digest.total} events and has ${own.length}.`)
      if (own.some((one) => one.entityId !== digest.entityId))
        faults.push(`${what} tells another channel's events.`)
      if (own.some((one) => one.state !== end))
        faults.push(`${what} is ${digest.state}, and not all it tells are.`)
      if (digest.state === 'delivered' && !requestsOf(digest).some((one) => one.shown)) {
        faults.push(`LOST: ${what} is said to be delivered, and Teams never showed it.`)
      }
      if (requestsOf(digest).some((one) => !saysHowMany(one, digest.total))) {
        faults.push(`${what} does not say that it tells ${digest.total} events.`)
      }
      return faults
    })
}

/** What a budget cannot carry by itself is told in a digest that says so, in the line that people are notified with. */
function saysHowMany({ received }: Requested, total: number | null): boolean {
  const { summary } = JSON.parse(received.text) as { summary?: string }
  return (summary ?? '').replaceAll(/[\s,.]/g, '').includes(String(total))
}
