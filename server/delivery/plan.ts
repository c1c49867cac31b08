import type { DigestReason } from '../model/delivery.ts'
import { quietUntil } from '../rules/quiet-hours.ts'
import type { DueDelivery, Waiting } from '../storage/lane.ts'
import { type Budget, nextMessage, stampable } from './budget.ts'

/** What the head of a lane needs next. */
export type Step =
  | { do: 'send'; pressed?: true }
  /**
   * Tell it in one card with what waits for the same configuration: all of it, or what was held alike, and within
   * quiet hours only what passes them.
   */
  | { do: 'merge'; reason: DigestReason; pressed?: true; criticalOnly?: true }
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
 * What was attempted before is never merged: it may have been seen. `pressed`: more waits than can leave, and what
 * is critical goes first.
 */
export function nextStep(head: Head, waiting: Waiting, budget: Budget, now: Date): Step {
  const quiet = quietEnd(head, now)
  if (quiet) return { do: 'hold', until: quiet }
  const nowMs = now.getTime()
  const next = nextMessage(budget, waiting, nowMs)
  const pressed = next.as === 'digest' ? { pressed: true as const } : {}
  const reason = head.heldBy ?? (pressed.pressed && 'pressure')
  const merges = canMerge(head) && reason
  return at(
    next.atMs,
    nowMs,
    merges ? { do: 'merge', reason, ...pressed, ...passingOnly(head, now) } : { do: 'send', ...pressed },
  )
}

/** Whether it may be told by a digest, and a digest by it. */
export function canMerge({ kind, attempts }: Pick<Head, 'kind' | 'attempts'>): boolean {
  return kind === 'event' && attempts === 0
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

/** Of a head that is sent within quiet hours, which it passes. */
function passingOnly({ quietHours }: Head, now: Date): { criticalOnly?: true } {
  return quietHours && quietUntil(quietHours, now) ? { criticalOnly: true } : {}
}

function quietEnd({ kind, quietHours, critical }: Head, now: Date): Date | undefined {
  if (!quietHours || kind === 'notice') return undefined
  return critical && quietHours.criticalPasses ? undefined : quietUntil(quietHours, now)
}

function at(atMs: number, nowMs: number, step: Step): Step {
  return atMs <= nowMs ? step : { do: 'wait', until: new Date(atMs) }
}
