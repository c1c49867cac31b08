import type {
  Composed,
  DueDelivery,
  Lane,
  LaneSettlement,
  OpenLane,
  Settlement,
  Waiting,
} from '../storage/lane.ts'
import type { Lanes } from '../storage/lanes.ts'
import { type AttemptTools, attemptDelivery, untouched } from './attempt.ts'
import type { Budgets } from './budgets.ts'
import type { LaneState } from './health.ts'
import { canMerge, nextStep } from './plan.ts'
import { longestSendMs } from './send.ts'

export interface LaneTools extends AttemptTools {
  lanes: Pick<Lanes, 'renew' | 'compose' | 'putFirst'>
  budgets: Pick<Budgets, 'of' | 'charge'>
  leaseMs: number
  /** Asked before each request: a process that stops finishes the one in flight and starts no other. */
  stopping: () => boolean
}

/** What one attempt was and what follows from it, for the log and the metrics. */
export interface Attempted {
  delivery: DueDelivery
  settlement: Settlement
}

/**
 * Sends the stamped heads of one lane, in order and one request at a time, and says how the lane is to be settled.
 *
 * Before each request the plan is asked, by the budget as it is then: what is next may have to be merged with what
 * waits, held for quiet hours, or wait for Teams' windows. The lane stops at the first delivery that has to wait,
 * since nothing may overtake it; what it did not attempt is unstamped as it was. A request is started only when the
 * lease outlives it, so that nobody else can hold the lane while the request is in flight.
 */
export async function workLane(
  lane: Lane,
  tools: LaneTools,
): Promise<{ settlement: LaneSettlement; attempted: Attempted[] }> {
  const work: Work = {
    state: stateOf(lane),
    heads: [...lane.deliveries],
    left: lane.waiting,
    done: [],
    held: [],
  }
  if (isOpen(lane)) await workOpenLane(lane, work, tools)
  else work.state = withoutUrl(work.state, tools.now())
  const { destinationId, leaseId, savedAt } = lane
  const settlements = [...work.done.map((one) => one.settlement), ...work.held, ...work.heads.map(untouched)]
  return { settlement: { destinationId, leaseId, savedAt, settlements, ...work.state }, attempted: work.done }
}

function isOpen(lane: Lane): lane is OpenLane {
  return lane.url !== undefined
}

async function workOpenLane(lane: OpenLane, work: Work, tools: LaneTools): Promise<void> {
  if (work.heads.length === 0 && lane.head) waitIfNeeded(lane.head, lane, work, tools)
  while (work.heads.length > 0 && !tools.stopping() && (await holdsLease(lane, tools))) {
    if ((await takeStep(lane, work, tools)) === 'stop') return
  }
}

/** Nothing is stamped in it, so that nothing counts as sent; it is looked at again when the settings may be others. */
function withoutUrl(state: LaneState, now: Date): LaneState {
  const healthReason =
    'The webhook URL cannot be opened: list the key that it is sealed with in SECRET_KEY, or save it again in Teams.'
  const failingSince = state.failingSince ?? now
  return {
    ...state,
    health: 'failing',
    healthReason,
    failingSince,
    notBefore: new Date(now.getTime() + 600_000),
  }
}

/** A lane while it is worked. */
interface Work {
  state: LaneState
  /** What is stamped and not yet done with. */
  heads: DueDelivery[]
  /** What waits in the lane, these included. */
  left: Waiting
  done: Attempted[]
  held: Settlement[]
}

function stateOf({ health, healthReason, failures, failingSince, goneSince }: Lane): LaneState {
  return { health, healthReason, failures, notBefore: null, failingSince, goneSince, succeededAt: null }
}

async function takeStep(lane: OpenLane, work: Work, tools: LaneTools): Promise<'go on' | 'stop'> {
  const [head, next] = work.heads
  if (!head) return 'stop'
  const step = nextStep(head, work.left, tools.budgets.of(lane.destinationId), tools.now())
  if ((step.do === 'send' || step.do === 'merge') && step.pressed) {
    // What was sent or held in this turn is settled first; what is put first is the head of the next one, at once.
    if (work.done.length + work.held.length > 0 || (await putFirst(lane, head, tools))) return 'stop'
  }
  switch (step.do) {
    case 'wait':
      work.state = { ...work.state, notBefore: step.until }
      return 'stop'
    case 'hold':
      work.held.push({ ...untouched(head), quietUntil: step.until })
      drop(work, head)
      return 'go on'
    case 'merge': {
      // What was sent or held in this turn is settled first: until then the database would merge it too.
      if (work.done.length + work.held.length > 0) return 'stop'
      const { reason, criticalOnly = false } = step
      const composed = await tools.lanes.compose(lane, { entityId: head.entityId, reason, criticalOnly })
      if (composed === 'lost') return 'stop'
      // One alone is told by itself.
      if (!composed) return sendHead(head, lane, work, tools)
      takeIn(composed, work)
      return sendHead(composed.digest, lane, work, tools)
    }
    case 'send':
      return next && head.errors >= poisonous
        ? tryNext(head, next, lane, work, tools)
        : sendHead(head, lane, work, tools)
    default:
      return step satisfies never
  }
}

async function sendHead(
  head: DueDelivery,
  lane: OpenLane,
  work: Work,
  tools: LaneTools,
): Promise<'go on' | 'stop'> {
  const attempt = await attemptDelivery(head, lane, work.state, tools)
  work.state = attempt.state
  work.done.push({ delivery: head, settlement: attempt.settlement })
  drop(work, head)
  return attempt.settlement.state === 'pending' ? 'stop' : 'go on'
}

/** For so long one configuration's critical events go before what another's has waited to tell, and no longer. */
const patienceMs = 30 * 60 * 1000

/**
 * Lets what is critical go before this head, unless the head tells it anyway. What was attempted before waits for
 * that as long as it takes; all else for half an hour.
 */
function putFirst(lane: OpenLane, head: DueDelivery, { lanes }: LaneTools): Promise<boolean> {
  const before = head.attempts > 0 ? undefined : new Date(head.createdAt.getTime() + patienceMs)
  return lanes.putFirst(lane, { unlessOf: canMerge(head) ? head.entityId : undefined, before })
}

/** So many errors in answer to one card may be the card's fault. */
const poisonous = 3

/**
 * Lets the next delivery try, to tell a card that Teams cannot take from a Teams that takes none: if that one is
 * taken, the head is refused for good and held up nobody for longer; else the destination is failing, and the head,
 * which was not to blame, is first again.
 */
async function tryNext(
  head: DueDelivery,
  next: DueDelivery,
  lane: OpenLane,
  work: Work,
  tools: LaneTools,
): Promise<'go on' | 'stop'> {
  const plan = nextStep(next, work.left, tools.budgets.of(lane.destinationId), tools.now())
  if (plan.do === 'hold') {
    work.held.push({ ...untouched(next), quietUntil: plan.until })
    drop(work, next)
    return 'go on'
  }
  const step = await sendHead(next, lane, work, tools)
  const taken = work.done.at(-1)?.settlement.state
  if (taken === 'delivered' || taken === 'accepted') {
    const reason =
      'Teams cannot take this card: it answered every attempt with an error, and took the next one.'
    work.done.unshift({
      delivery: head,
      settlement: { ...untouched(head), state: 'refused', reason },
    })
    drop(work, head)
    return 'go on'
  }
  const index = work.heads.indexOf(head)
  work.heads[index] = { ...head, errors: 0 }
  if (step === 'stop' && work.state.health !== 'gone') work.state = { ...work.state, health: 'failing' }
  return 'stop'
}

/** A digest takes the place of what it tells. */
function takeIn({ digest, told }: Composed, work: Work): void {
  work.heads = [digest, ...work.heads.filter((one) => !told.has(one.id))]
  const total = digest.digest?.total ?? 0
  work.left = { ...work.left, pending: Math.max(work.heads.length, work.left.pending - total + 1) }
}

function drop(work: Work, one: DueDelivery): void {
  work.heads = work.heads.filter((head) => head !== one)
  work.left = { ...work.left, pending: Math.max(work.heads.length, work.left.pending - 1) }
}

function waitIfNeeded(head: DueDelivery, lane: Lane, work: Work, tools: LaneTools): void {
  const step = nextStep(head, work.left, tools.budgets.of(lane.destinationId), tools.now())
  if (step.do === 'wait') work.state = { ...work.state, notBefore: step.until }
}

/** Five seconds beyond the longest request, for a slow disk and a busy process. */
const leaseReserveMs = longestSendMs + 5000

async function holdsLease(lane: Lane, tools: LaneTools): Promise<boolean> {
  if (lane.leaseEndsAt.getTime() - tools.now().getTime() > leaseReserveMs) return true
  const end = await tools.lanes.renew(lane, tools.leaseMs)
  if (!end) return false
  lane.leaseEndsAt = end
  return true
}
