/**
 * A fault run as it is accounted for: every request that Teams saw beside what it was for, what became of its answer
 * and which attempt Cardwire has written down for it.
 *
 * What a card tells is read off the card: each event's title carries a mark, and no event is wanted twice at one
 * destination. One mark is a card of its own, several are a digest's, whose number its members know.
 */
import type { Received } from '../teams/model.ts'
import type { Stop } from './keeper.ts'
import { meaningOf } from './lies.ts'
import type { SentEvent } from './load.ts'
import type { Link } from './proxy.ts'
import type { AttemptRecord, DeliveryRecord, Records } from './records.ts'
import type { Configured, Scene } from './scene.ts'

/** Everything that is known when a run is over. */
export interface Run {
  scene: Scene
  events: readonly SentEvent[]
  /** All that Teams saw once every channel was welcomed, oldest first. */
  requests: readonly Received[]
  links: readonly Link[]
  stops: readonly Stop[]
  removals: ReadonlyMap<string, { from: number; to: number }>
  records: Records
  endedAt: number
}

export interface Ledger extends Run {
  requested: readonly Requested[]
  requestsOf(delivery: DeliveryRecord): readonly Requested[]
  deliveryOf(event: SentEvent, configured: Configured): DeliveryRecord[]
  /** In words, for a person. */
  nameOf(delivery: DeliveryRecord): string
  destinationOf(delivery: DeliveryRecord): string
  /** What could not be read off a request. */
  riddles: readonly string[]
}

/** One request, explained. */
export interface Requested {
  at: number
  destination: string
  delivery: DeliveryRecord
  marks: readonly string[]
  received: Received
  /** Whether it appeared in the channel, whatever was answered. */
  shown: boolean
  /** When the whole answer had surely reached Cardwire. */
  answeredAt: number | undefined
  /** Whether it did or, passed on as the link was cut, may have. */
  perhapsAnswered: boolean
  link: Link | undefined
  attempt: AttemptRecord | undefined
}

export function createLedger(run: Run): Ledger {
  const destinationOfUrl = new Map(run.scene.destinations.map((one) => [one.webhookUrl, one.name]))
  const configuredOf = new Map(run.scene.configurations.map((one) => [one.entityId, one]))
  const markOf = new Map(
    run.events.flatMap(({ id, mark }) => (id === undefined ? [] : [[id, mark] as const])),
  )
  const byId = new Map(run.records.deliveries.map((one) => [one.id, one]))
  const byEvent = groupBy(run.records.deliveries, (one) => `${one.eventId} ${one.entityId}`)
  const byMark = new Map(
    run.records.deliveries.flatMap((one) => {
      const mark = one.eventId === null ? undefined : markOf.get(one.eventId)
      return mark === undefined ? [] : [[`${mark} ${destinationOf(one)}`, one] as const]
    }),
  )
  const riddles: string[] = []
  const answered = followAnswers(run)
  const requested = run.requests.flatMap((received): Requested[] => {
    const destination = destinationOfUrl.get(received.webhookUrl) ?? received.webhookUrl
    const marks = [...new Set(received.text.match(/\bcw\d{5}\b/g))]
    const delivery = explain(marks, destination)
    if (typeof delivery === 'string') {
      riddles.push(`Request ${received.id} at "${destination}" ${delivery}.`)
      return []
    }
    const { at, shown } = received
    const known = { at, destination, delivery, marks, received, shown, ...answered(received) }
    return [{ ...known, attempt: undefined }]
  })
  const byDelivery = groupBy(requested, ({ delivery }) => delivery.id)
  pairAttempts(byDelivery, run.records.attempts)

  return {
    ...run,
    requested,
    riddles,
    destinationOf,
    requestsOf: ({ id }) => byDelivery.get(id) ?? [],
    deliveryOf: (event, { entityId }) => byEvent.get(`${event.id} ${entityId}`) ?? [],
    nameOf: (one) =>
      `${(one.eventId !== null && markOf.get(one.eventId)) || one.kind} (${one.id}) for "${destinationOf(one)}"`,
  }

  function destinationOf({ entityId }: DeliveryRecord): string {
    return configuredOf.get(entityId)?.destination ?? entityId
  }

  function explain(marks: readonly string[], destination: string): DeliveryRecord | string {
    if (marks.length === 0) return 'tells of no event'
    const told = marks.map((mark) => byMark.get(`${mark} ${destination}`))
    if (told.some((one) => !one)) return `tells of ${marks.join(', ')}, not all of which are owed there`
    const [first] = told
    if (told.length === 1 && first) return first
    const digests = new Set(told.map((one) => one?.digestId))
    const [digestId] = digests
    const digest = digests.size === 1 && digestId != null ? byId.get(digestId) : undefined
    return digest ?? `tells of ${marks.join(', ')}, which are not of one digest`
  }
}

/** To which link each request belongs, and when its answer had been passed on there. */
function followAnswers({ requests, links }: Run) {
  const byPort = groupBy(links, ({ port }) => port)
  const linkOf = ({ remotePort, at }: Received) =>
    byPort.get(remotePort ?? 0)?.findLast(({ openedAt }) => openedAt <= at)
  const nextOn = new Map<Received, number>()
  const last = new Map<Link, Received>()
  for (const request of requests) {
    const link = linkOf(request)
    if (!link) continue
    const before = last.get(link)
    if (before) nextOn.set(before, request.at)
    last.set(link, request)
  }
  return (request: Received) => {
    const link = linkOf(request)
    const until = nextOn.get(request) ?? Number.POSITIVE_INFINITY
    const at = link?.answeredAt.find((time) => time >= request.at && time <= until)
    // What was passed on as the link ended may not have been read any more.
    const isCut = at !== undefined && link?.endedBy === 'the network' && (link.endedAt ?? 0) - at < 50
    return { link, answeredAt: isCut ? undefined : at, perhapsAnswered: at !== undefined }
  }
}

/** An event loop that is busy sees a request later than it came, by so much at the most. */
const blurMs = 250

/** Each request takes the first attempt of its delivery that lasted while Teams saw it. */
function pairAttempts(byDelivery: Map<number, Requested[]>, attempts: readonly AttemptRecord[]): void {
  for (const [deliveryId, own] of groupBy(attempts, (one) => one.deliveryId)) {
    const left = [...own]
    for (const request of byDelivery.get(deliveryId) ?? []) {
      const index = left.findIndex(
        ({ startedAt, endedAt }) => startedAt - blurMs <= request.at && request.at <= endedAt + blurMs,
      )
      if (index >= 0) [request.attempt] = left.splice(index, 1)
    }
  }
}

export function groupBy<T, Key>(items: readonly T[], keyOf: (item: T) => Key): Map<Key, T[]> {
  const groups = new Map<Key, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

/** Whether a request's answer, read as it should be, says that the card was not taken. */
export function isRefusal({ received: { answer } }: Requested): boolean {
  return typeof answer === 'object' && meaningOf(answer) === 'refused'
}

/** Whether it was answered with an error that may pass, and may be the card's own fault. */
export function isError({ received: { answer } }: Requested): boolean {
  return typeof answer === 'object' && meaningOf(answer) === 'unreachable'
}
