import type { Rule } from '../model/rule.ts'
import { digestDue } from './digest.ts'
import { quietStretch, quietUntil } from './quiet-hours.ts'

/**
 * Why and until when a rule holds what happens now; undefined when it may be sent at once.
 *
 * Quiet hours come first: what happens in them waits for their end. Else a digest collects it until its window ends,
 * or, where that falls into quiet hours, until these end.
 *
 * `criticalPasses` is the channel's one word about critical events, so it lets them through the digest as well, at any
 * hour: who wants to be woken by an event does not want to wait for it by day. Where nothing says so (it is off, or
 * there are no quiet hours) a critical event waits as every other.
 */
export function heldUntil(timing: Timing, { critical }: { critical: boolean }, now: Date): Hold | undefined {
  return rememberHeldUntil(timing)(critical, now)
}

/** The same for what a configuration holds already, critical or not. */
export function holdsAt(
  timing: Timing,
  now: Date,
): { held: Hold | undefined; criticalHeld: Hold | undefined } {
  return {
    held: heldUntil(timing, { critical: false }, now),
    criticalHeld: heldUntil(timing, { critical: true }, now),
  }
}

/** The part of a rule that says when. */
export type Timing = Pick<Rule, 'quietHours' | 'digest'>

export interface Hold {
  by: 'quiet hours' | 'digest'
  until: Date
}

/**
 * `heldUntil` of one rule, to be asked often: the last answer is kept for as long as it stays the same, so that a
 * thousand events in one window ask the time zone once.
 */
export function rememberHeldUntil(timing: Timing): (critical: boolean, now: Date) => Hold | undefined {
  let last: Stretch | undefined
  return (critical, now) => {
    if (critical && timing.quietHours?.criticalPasses) return undefined
    const instant = now.getTime()
    if (!last || instant < last.from || instant >= last.until) last = stretchAt(timing, now)
    return last.hold
  }
}

/** One answer, and from when until when (not included) it is the answer. */
interface Stretch {
  hold: Hold | undefined
  from: number
  until: number
}

function stretchAt({ quietHours, digest }: Timing, now: Date): Stretch {
  const from = now.getTime()
  const quiet = quietHours && quietStretch(quietHours, now)
  const changes = quiet ? quiet.until.getTime() : Number.POSITIVE_INFINITY
  if (quiet?.isQuiet) return { hold: { by: 'quiet hours', until: quiet.until }, from, until: changes }
  if (!digest) return { hold: undefined, from, until: changes }
  const due = digestDue(digest, now)
  const until = (quietHours && quietUntil(quietHours, due)) ?? due
  return { hold: { by: 'digest', until }, from, until: Math.min(changes, due.getTime()) }
}
