import type { Transport } from '../model/destination.ts'
import type { Outcome } from './outcome.ts'

/** What is known of a delivery and its lane once an attempt has been answered. */
export interface Attempted {
  transport: Transport
  /** When the delivery was first attempted; now, if this was the first. */
  firstAttemptAt: Date
  /** When a configuration was last saved with this destination. */
  savedAt: Date
  /** How often in a row the lane has had to wait before. */
  failures: number
  /** Since when every answer has been that it is gone; undefined while the last was another. */
  goneSince: Date | undefined
}

export type Decision =
  | { next: 'done'; state: 'delivered' | 'accepted' }
  /** `isSwitchedOff`: it answers as if it were deleted, and may be switched off only. */
  | { next: 'again'; notBefore: Date; isSwitchedOff?: boolean }
  | { next: 'give up'; state: 'refused' | 'expired'; because: string }
  | { next: 'gone'; because: string }

/**
 * What to do after an attempt. Pure, so that the whole retry policy can be read and tested here.
 *
 * Teams is told the news while it is news: after a day we give up, since a card about yesterday's build is
 * noise. A destination that is gone is never asked again, but for the two cases in which it only looks gone:
 * Teams answers 404 and 410 until its host has completed a save, and a flow that is switched off answers like
 * one that was deleted.
 *
 * @param chance from 0 to 1, for the jitter that keeps lanes from returning all at once.
 */
export function decide(
  outcome: Outcome,
  attempted: Attempted,
  policy: { giveUpAfterMs: number; now: Date; chance: number },
): Decision {
  switch (outcome.kind) {
    case 'delivered':
    case 'accepted':
      return { next: 'done', state: outcome.kind }
    case 'refused':
      return { next: 'give up', state: 'refused', because: outcome.reason }
    case 'gone':
      if (isSaveCompleting(attempted, policy.now))
        return { next: 'again', notBefore: after(policy.now, waitForSave(attempted, policy.now)) }
      return mayBeSwitchedOff(outcome, attempted, policy.now)
        ? again(outcome.reason, undefined, attempted, policy, { isSwitchedOff: true })
        : { next: 'gone', because: outcome.reason }
    case 'unknown':
      return { next: 'again', notBefore: policy.now }
    case 'throttled':
    case 'unreachable':
      return again(outcome.reason, outcome.retryAfterMs, attempted, policy)
    default:
      return outcome satisfies never
  }
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** A lane waits longer each time in a row, then hourly. */
const waits = [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, hour]

function again(
  reason: string,
  retryAfterMs: number | undefined,
  { failures, firstAttemptAt }: Attempted,
  { giveUpAfterMs, now, chance }: { giveUpAfterMs: number; now: Date; chance: number },
  more: { isSwitchedOff?: boolean } = {},
): Decision {
  if (now.getTime() - firstAttemptAt.getTime() >= giveUpAfterMs) {
    const because = `Tried for ${Math.round(giveUpAfterMs / hour)} hours without success. Last: ${reason}`
    return { next: 'give up', state: 'expired', because }
  }
  const wait = waits[Math.min(failures, waits.length - 1)] ?? hour
  const jittered = wait * (0.8 + 0.4 * chance)
  return { next: 'again', notBefore: after(now, Math.max(jittered, retryAfterMs ?? 0)), ...more }
}

/** Teams answers 404 and 410 until its host has finished the save (seen for well under two minutes). */
function isSaveCompleting({ transport, savedAt }: Attempted, now: Date): boolean {
  return transport === 'connector' && now.getTime() - savedAt.getTime() < 2 * minute
}

/** As long again as the save has taken already: the welcome comes soon, and a slow host is not hammered. */
function waitForSave({ savedAt }: Attempted, now: Date): number {
  return Math.min(Math.max(now.getTime() - savedAt.getTime(), second / 2), 10 * second)
}

function mayBeSwitchedOff(outcome: Outcome & { kind: 'gone' }, attempted: Attempted, now: Date): boolean {
  if (attempted.transport !== 'workflow' || outcome.status !== 404) return false
  return now.getTime() - (attempted.goneSince ?? now).getTime() < 24 * hour
}

function after(now: Date, ms: number): Date {
  return new Date(now.getTime() + Math.round(ms))
}
