import type { Transport } from '../model/destination.ts'

/**
 * How many messages a destination may take now, by Teams' sliding windows, all at once and exactly. Pure.
 *
 * A budget is the times of what was sent and nothing more. Whatever was sent counts, refused and perhaps sent too,
 * from its answer or time-out: the latest moment at which Teams can have seen it. What a crash left in flight
 * counts from its take-over. So a budget is rebuilt from the attempts alone, by (destination, endedAt), and need
 * not know which of them were cards and which digests.
 *
 * A lane with something to send may start a request when the long windows are used to less than 80 %, or else from
 * the reserve: `spacing` after its last answer, whatever that was. Nothing is ever sent outside the full windows.
 *
 * **No window overflows at Teams**, wherever between start and end it saw each request. A lane has one request at
 * a time, and starts one only when the n-th last was answered a whole window ago. Teams saw that one at its answer
 * or before, and sees this one at its start or after, so at least a window lies between the two. A slow answer can
 * only make us wait longer.
 *
 * **The reserve never runs dry**, so that nobody waits for longer than `spacing`, just under four minutes for a
 * connector. When a lane last sent without the reserve, each long window held at most its 80 %, that send included.
 * Since then, sends have been at least `spacing` apart, and that is a window divided by its reserve plus one: the
 * old send leaves the window before the whole reserve is used. This needs that whatever is counted was allowed
 * here: a lane stamps no more than `stampable` says, since after a crash all that was stamped counts.
 *
 * What it trades: a flood is told in bursts of cards with digests between them. When more waits than can leave, a slot
 * is that of the oldest critical event, with all else that is pending for its configuration: it goes before notices,
 * before what was tried before, and before other configurations on the same destination, unless one of these has waited
 * for half an hour longer. What it goes before may be its own configuration's, if that was tried. When several
 * configurations have critical events at once, these take turns, and a digest that is being retried keeps its place. What it does not cover: a clock
 * that leaps forwards makes the past look empty; a process that was frozen between asking here and sending sends too
 * late; other tools that post to the same URL use the same windows.
 */
export interface Budget {
  readonly transport: Transport
  /** In ms since 1970, ascending; at most 1,800, mostly none. */
  readonly sentAt: readonly number[]
}

/**
 * The budget of a destination that was sent to at these times, ascending. A time after `nowMs` was read from a clock
 * that has since been set back: that send was now, at the latest. What no window can still hold is forgotten.
 */
export function createBudget(transport: Transport, sentAt: readonly number[], nowMs: number): Budget {
  const { longestMs, most } = limits[transport]
  const first = sentAt.findIndex((ms) => ms + longestMs > nowMs)
  if (first < 0) return { transport, sentAt: [] }
  const kept = sentAt.slice(Math.max(first, sentAt.length - most))
  return { transport, sentAt: kept.map((ms) => Math.min(ms, nowMs)) }
}

/** Counts one send, whatever its outcome: `endedAtMs` is its answer, its time-out, or its take-over. */
export function charge({ transport, sentAt }: Budget, endedAtMs: number): Budget {
  return createBudget(transport, [...sentAt, endedAtMs], endedAtMs)
}

/** From when one more request may start, if nothing else is sent before: `nowMs` or later. */
export function mayStartAt({ transport, sentAt }: Budget, nowMs: number): number {
  const { cards, reserve } = limits[transport]
  const at = earliest(sentAt, cards, nowMs)
  return at === nowMs ? at : Math.min(at, earliest(sentAt, reserve, nowMs))
}

/** How much of each of Teams' windows is used now, as Microsoft counts them, for people to read. */
export function windowsUsed(
  transport: Transport,
  sentAt: readonly number[],
  nowMs: number,
): { seconds: number; most: number; used: number }[] {
  return windows[transport].map(({ most, ms }) => ({
    seconds: ms / second,
    most,
    used: sentAt.filter((at) => at > nowMs - ms).length,
  }))
}

/** How many requests, up to `enough`, may be stamped as about to be sent; none until `mayStartAt`. */
export function stampable(budget: Budget, nowMs: number, enough: number): number {
  if (mayStartAt(budget, nowMs) > nowMs) return 0
  return Math.max(roomWithin(budget, nowMs, 0, enough), 1)
}

/** How many cards, up to `enough`, can start from `nowMs` until `ms` later without the reserve. */
export function roomWithin({ transport, sentAt }: Budget, nowMs: number, ms: number, enough: number): number {
  const sent = [...sentAt]
  let at = nowMs
  for (let room = 0; room < enough; room += 1) {
    at = earliest(sent, limits[transport].cards, at)
    if (at > nowMs + ms) return room
    sent.push(at)
  }
  return enough
}

/** What waits in a lane for nothing but its turn: due, Teams answering, and mergeable unless it is alone. */
export interface Waiting {
  pending: number
  /** Since when the first of it waits. */
  sinceMs: number
  /** Since when the first critical one of it waits. */
  criticalSinceMs: number | undefined
}

/**
 * What a lane sends next, the head on its own or a digest of all that is pending, and from when. To be asked again
 * when that time has come or more has become pending.
 *
 * What cannot leave within a minute is merged. The last card for which there is room is that digest already: so
 * there is room until a critical event that found room is told, and one that found none has the next slot of the
 * reserve. Only slow answers could still hold it up, hence it waits behind cards for a minute at most.
 */
export function nextMessage(
  budget: Budget,
  { pending, sinceMs, criticalSinceMs = Infinity }: Waiting,
  nowMs: number,
): { as: 'card' | 'digest'; atMs: number } {
  const room = roomWithin(budget, nowMs, minute, pending)
  const isTooMuch = pending > room && (room <= 1 || nowMs - sinceMs >= minute)
  const isLate = nowMs - criticalSinceMs >= minute
  return {
    as: pending > 1 && (isTooMuch || isLate) ? 'digest' : 'card',
    atMs: mayStartAt(budget, nowMs),
  }
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** At most so many in any stretch of so many milliseconds. */
interface Limit {
  most: number
  ms: number
}

/**
 * Teams' windows, and how much of each may be used without the reserve: 80 % of the long ones. Microsoft documents
 * them on learn.microsoft.com, for connectors under "Rate limiting for connectors" (per connector and channel), for
 * workflows under "Throttling limits" of the Microsoft Teams connector of Power Automate (per connection).
 */
const windows: Record<Transport, readonly (Limit & { cards: number })[]> = {
  connector: [
    { most: 4, cards: 4, ms: second },
    { most: 60, cards: 60, ms: 30 * second },
    { most: 100, cards: 80, ms: hour },
    { most: 150, cards: 120, ms: 2 * hour },
    { most: 1800, cards: 1440, ms: 24 * hour },
  ],
  workflow: [{ most: 25, cards: 20, ms: 300 * second }],
}

/**
 * How much longer we make every window. For a connector: rounding to milliseconds on both sides, a window whose end
 * belongs to it, and a request that was cut off and arrives a moment after we gave it up. A workflow answers before
 * its flow posts, and Teams counts the post: of two runs, one may be slower by as much (not measured).
 */
const marginMs: Record<Transport, number> = { connector: 50, workflow: 10 * second }

/** Teams' clock may run slower or faster than ours; clocks that are kept right drift by less than this. */
const clockDrift = 1 / 10_000

const limits = { connector: limitsOf('connector'), workflow: limitsOf('workflow') }

function limitsOf(transport: Transport) {
  const widened = windows[transport].map((window) => ({
    ...window,
    ms: Math.ceil(window.ms * (1 + clockDrift)) + marginMs[transport],
  }))
  const long = widened.filter(({ most, cards }) => cards < most)
  const spacingMs = Math.ceil(Math.max(...long.map(({ most, cards, ms }) => ms / (most - cards + 1))))
  return {
    cards: widened.map(({ cards, ms }): Limit => ({ most: cards, ms })),
    reserve: [...widened.map(({ most, ms }): Limit => ({ most, ms })), { most: 1, ms: spacingMs }],
    longestMs: Math.max(...widened.map(({ ms }) => ms)),
    most: Math.max(...widened.map(({ most }) => most)),
  }
}

/** The first moment from `nowMs` on at which one more breaks no limit. */
function earliest(sentAt: readonly number[], of: readonly Limit[], nowMs: number): number {
  let at = nowMs
  for (const { most, ms } of of) {
    const nthLast = sentAt[sentAt.length - most]
    if (nthLast !== undefined && nthLast + ms > at) at = nthLast + ms
  }
  return at
}
