import type { Fitted } from '../cards/fit.ts'
import type { DueDelivery, OpenLane, Settlement } from '../storage/lane.ts'
import type { Budgets } from './budgets.ts'
import { decide } from './decide.ts'
import { type LaneState, nextLaneState } from './health.ts'
import { type Outcome, readAnswer } from './outcome.ts'
import type { Answer } from './send.ts'
import { withoutUrl } from './without-url.ts'

export interface AttemptTools {
  budgets: Pick<Budgets, 'charge'>
  send(url: string, body: string): Promise<Answer>
  draw(delivery: DueDelivery, lane: OpenLane): Fitted
  now: () => Date
  /** From 0 to 1. */
  chance: () => number
  giveUpAfterMs: number
  /** Told of a card that cannot be drawn. */
  failed(error: unknown, delivery: DueDelivery): void
}

/** Draws a delivery, sends it, and says how it is to be settled and what it means for its lane. */
export async function attemptDelivery(
  delivery: DueDelivery,
  lane: OpenLane,
  before: LaneState,
  tools: AttemptTools,
): Promise<{ settlement: Settlement; state: LaneState }> {
  const drawing = drawOrNot(delivery, lane, tools)
  if (!drawing) return { settlement: undrawable(delivery), state: before }
  const startedAt = tools.now()
  const answer = withoutSecrets(await tools.send(lane.url, drawing.body), lane.url)
  const endedAt = tools.now()
  tools.budgets.charge(lane.destinationId, endedAt)

  const outcome = readAnswer(lane.transport, answer, endedAt)
  const decision = decide(
    outcome,
    {
      transport: lane.transport,
      firstAttemptAt: delivery.firstAttemptAt ?? startedAt,
      savedAt: lane.savedAt,
      failures: before.failures,
      goneSince: before.goneSince ?? undefined,
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
    body: drawing.body,
    sizeBytes: drawing.sizeBytes,
    shortened: drawing.shortened,
  }
  const errors = isErrorAnswered(outcome) ? delivery.errors + 1 : delivery.errors
  const settled = settledAs(decision)
  const isDigest = delivery.kind === 'digest'
  return { settlement: { deliveryId: delivery.id, attempt, errors, ...settled, isDigest }, state }
}

function withoutSecrets(answer: Answer, url: string): Answer {
  return answer.kind === 'answered' ? { ...answer, body: withoutUrl(answer.body, url) } : answer
}

/** A card that cannot be drawn must not hold up its lane for ever; it is our fault, and told as such. */
function drawOrNot(
  delivery: DueDelivery,
  lane: OpenLane,
  { draw, failed }: AttemptTools,
): Fitted | undefined {
  try {
    return draw(delivery, lane)
  } catch (error) {
    failed(error, delivery)
    return undefined
  }
}

function undrawable(delivery: DueDelivery): Settlement {
  const reason = 'Cardwire could not draw this card: see `card.failed` in its log.'
  return { ...untouched(delivery), state: 'refused', reason }
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

/** Not attempted: the stamp is taken off, and it waits as it did. */
export function untouched(delivery: DueDelivery): Settlement {
  return {
    deliveryId: delivery.id,
    attempt: undefined,
    state: 'pending',
    reason: null,
    errors: delivery.errors,
    isDigest: delivery.kind === 'digest',
  }
}
