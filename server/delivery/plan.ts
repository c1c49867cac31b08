import type { DigestReason } from '../model/delivery.ts'
import { quietUntil } from '../rules/quiet-hours.ts'
import type { DueDelivery, Waiting } from '../storage/lane.ts'
import { type Budget, mayStartAt, nextMessage, stampable } from './budget.ts'

/** What the head of a lane needs next. */
export type Step =
  | { do: 'send' }
  /** Tell it in one card with what waits for the same configuration: all of it, or what was held alike. */
  | { do: 'merge'; reason: DigestReason }
  | { do: 'wait'; until: Date }
  /** Quiet hours have begun while it was waiting. */
  | { do: 'hold'; until: Date }

/** The part of a delivery that the plan looks at. */
export type Head = Pick<DueDelivery, 'kind' | 'attempts' | 'heldBy' | 'critical' | 'quietHours'>

/**
 * What to do with the head of a lane now. Pure: the clock and the budget come in.
 *
 * Quiet hours hold everything but notices, which answer a person. What they, or a digest's window, have held comes
 * as one digest. All else goes by itself while the budget lets it, and is merged when more waits than can leave.
 * What was attempted before is never merged: it may have been seen.
 */
export function nextStep(head: Head, waiting: Waiting, budget: Budget, now: Date): Step {
  const quiet = quietEnd(head, now)
  if (quiet) return { do: 'hold', until: quiet }
  const nowMs = now.getTime()
  const canMerge = head.kind === 'event' && head.attempts === 0
  if (canMerge && head.heldBy) {
    return at(mayStartAt(budget, nowMs), nowMs, { do: 'merge', reason: head.heldBy })
  }
  const next = nextMessage(budget, waiting, nowMs)
  const merges = canMerge && next.as === 'digest'
  return at(next.atMs, nowMs, merges ? { do: 'merge', reason: 'pressure' } : { do: 'send' })
}

/**
 * How many of a lane's heads are to be stamped: none that may not be sent now, since what is stamped counts as sent
 * if the process stops.
 */
export function stampsFor(heads: Head[], waiting: Waiting, budget: Budget, now: Date): number {
  const [first] = heads
  if (!first) return 0
  const step = nextStep(first, waiting, budget, now)
  if (step.do === 'wait') return 0
  return step.do === 'send' ? stampable(budget, now.getTime(), heads.length) : 1
}

function quietEnd({ kind, quietHours, critical }: Head, now: Date): Date | undefined {
  if (!quietHours || kind === 'notice') return undefined
  return critical && quietHours.criticalPasses ? undefined : quietUntil(quietHours, now)
}

function at(atMs: number, nowMs: number, step: Step): Step {
  return atMs <= nowMs ? step : { do: 'wait', until: new Date(atMs) }
}
