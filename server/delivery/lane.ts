import type { DueDelivery, Lane, LaneSettlement, Settlement } from '../storage/lane.ts'
import type { Lanes } from '../storage/lanes.ts'
import { decide } from './decide.ts'
import type { Drawing } from './draw.ts'
import { type LaneState, nextLaneState } from './health.ts'
import { type Outcome, readAnswer } from './outcome.ts'
import { type Answer, longestSendMs } from './send.ts'

export interface LaneTools {
  lanes: Pick<Lanes, 'renew'>
  send(url: string, body: string): Promise<Answer>
  draw(delivery: DueDelivery, lane: Lane): Drawing
  now: () => Date
  /** From 0 to 1. */
  chance: () => number
  giveUpAfterMs: number
  leaseMs: number
  /** Told of a card that cannot be drawn. */
  failed(error: unknown, delivery: DueDelivery): void
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
 * It stops at the first delivery that has to wait, since nothing may overtake it; what it did not attempt is
 * unstamped as it was. A request is started only when the lease outlives it, so that nobody else can hold the
 * lane while the request is in flight.
 */
export async function workLane(
  lane: Lane,
  tools: LaneTools,
): Promise<{ settlement: LaneSettlement; attempted: Attempted[] }> {
  let state: LaneState = {
    health: lane.health,
    healthReason: lane.healthReason,
    failures: lane.failures,
    notBefore: null,
    failingSince: lane.failingSince,
    succeededAt: null,
  }
  const attempted: Attempted[] = []
  const waiting = [...lane.deliveries]
  while (waiting.length > 0 && !tools.stopping() && (await holdsLease(lane, tools))) {
    const delivery = waiting.shift()
    if (!delivery) break
    const attempt = await attemptDelivery(delivery, lane, state, tools)
    state = attempt.state
    attempted.push({ delivery, settlement: attempt.settlement })
    if (attempt.settlement.state === 'pending') break
  }
  const settlements = [...attempted.map((one) => one.settlement), ...waiting.map(untouched)]
  const { destinationId, leaseId, savedAt } = lane
  return { settlement: { destinationId, leaseId, savedAt, settlements, ...state }, attempted }
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

async function attemptDelivery(
  delivery: DueDelivery,
  lane: Lane,
  before: LaneState,
  tools: LaneTools,
): Promise<{ settlement: Settlement; state: LaneState }> {
  const drawing = drawOrNot(delivery, lane, tools)
  if (!drawing) return { settlement: undrawable(delivery), state: before }
  const startedAt = tools.now()
  const answer = await tools.send(lane.url, drawing.body)
  const endedAt = tools.now()

  const outcome = readAnswer(lane.transport, answer, endedAt)
  const decision = decide(
    outcome,
    {
      transport: lane.transport,
      firstAttemptAt: delivery.firstAttemptAt ?? startedAt,
      savedAt: lane.savedAt,
      failures: before.failures,
      failingSince: before.failingSince ?? undefined,
    },
    { giveUpAfterMs: tools.giveUpAfterMs, now: endedAt, chance: tools.chance() },
  )
  const state = nextLaneState(before, outcome, decision, endedAt)
  const attempt = {
    startedAt,
    endedAt,
    outcome: outcome.kind,
    status: answer.kind === 'answered' ? answer.status : null,
    answer: answer.kind === 'answered' ? answer.body.slice(0, longestAnswerKept) : null,
    reason: 'reason' in outcome ? outcome.reason : null,
    sizeBytes: drawing.sizeBytes,
    shortened: drawing.shortened,
  }
  const errors = isErrorAnswered(outcome) ? delivery.errors + 1 : delivery.errors
  const settled = settledAs(decision)
  return { settlement: { deliveryId: delivery.id, attempt, errors, ...settled }, state }
}

/** A card that cannot be drawn must not hold up its lane for ever; it is our fault, and told as such. */
function drawOrNot(delivery: DueDelivery, lane: Lane, { draw, failed }: LaneTools): Drawing | undefined {
  try {
    return draw(delivery, lane)
  } catch (error) {
    failed(error, delivery)
    return undefined
  }
}

function undrawable({ id, errors }: DueDelivery): Settlement {
  const reason = 'Cardwire could not draw this card: see `card.failed` in its log.'
  return { deliveryId: id, attempt: undefined, state: 'refused', reason, errors }
}

/** Teams' own words are kept up to this many characters. */
const longestAnswerKept = 2000

/** An error that was answered may be the card's own fault; a cut line is not. */
function isErrorAnswered(outcome: Outcome): boolean {
  return outcome.kind === 'unreachable' && outcome.answered
}

/** A destination that is gone leaves its delivery pending for a moment: the lane is abandoned as a whole. */
function settledAs(decision: ReturnType<typeof decide>): Pick<Settlement, 'state' | 'reason'> {
  switch (decision.next) {
    case 'done':
      return { state: decision.state, reason: null }
    case 'give up':
      return { state: decision.state, reason: decision.because }
    case 'again':
    case 'gone':
      return { state: 'pending', reason: null }
    default:
      return decision satisfies never
  }
}

function untouched(delivery: DueDelivery): Settlement {
  return {
    deliveryId: delivery.id,
    attempt: undefined,
    state: 'pending',
    reason: null,
    errors: delivery.errors,
  }
}
