import { groupBy, type Ledger, type Requested } from './ledger.ts'
import type { DeliveryRecord } from './records.ts'

/**
 * What became of some deliveries, beside each other and in the order of time, for whoever looks for the reason of a
 * fault: a run is hardly ever the same twice. Times are seconds since the first request.
 */
export function storyOf(deliveries: readonly DeliveryRecord[], ledger: Ledger): string {
  const wanted = new Set(deliveries.map(({ id }) => id))
  const lanes = new Set(deliveries.map(({ destinationId }) => destinationId))
  const since = ledger.requested[0]?.at ?? 0
  const attempts = groupBy(ledger.records.attempts, (one) => one.deliveryId)
  const lines = [
    ...deliveries.flatMap((one) => [
      {
        at: since,
        tells: `${ledger.nameOf(one)} ended ${one.state}, round ${one.round}: ${one.reason ?? ''}`,
      },
      ...(attempts.get(one.id) ?? []).map(({ startedAt, endedAt, outcome }) => ({
        at: startedAt,
        tells: `${one.id} recorded ${outcome}, ended after ${endedAt - startedAt} ms`,
      })),
    ]),
    ...ledger.requested
      .filter(({ delivery }) => lanes.has(delivery.destinationId))
      .map((one) => ({ at: one.at, tells: `${wanted.has(one.delivery.id) ? '' : '– '}${told(one)}` })),
    ...ledger.stops.map(({ kind, number, how, from, to }) => ({
      at: from,
      tells: `${kind} ${number} (${how}), ${to - from} ms`,
    })),
  ]
  return lines
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, tells }) => `    ${((at - since) / 1000).toFixed(3)} ${tells}`)
    .join('\n')
}

function told({ at, delivery, marks, shown, received: { answer }, answeredAt, link }: Requested): string {
  const said = typeof answer === 'object' ? `${answer.status} ${answer.body.slice(0, 60)}` : answer
  const when = answeredAt === undefined ? 'never passed' : `passed after ${answeredAt - at} ms`
  const end = link?.endedBy ? `, link ended by ${link.endedBy} after ${(link.endedAt ?? at) - at} ms` : ''
  return `${delivery.id} (${delivery.kind} ${marks.join(' ')}) ${shown ? 'shown' : 'not shown'}, answered ${said}, ${when}${end}`
}
