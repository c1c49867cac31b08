import type { Health } from '../model/destination.ts'
import type { Decision } from './decide.ts'
import type { Outcome } from './outcome.ts'

/** What a lane carries from one attempt to the next. */
export interface LaneState {
  health: Health
  healthReason: string | null
  failures: number
  notBefore: Date | null
  failingSince: Date | null
  goneSince: Date | null
  succeededAt: Date | null
}

/** Ten minutes without success are more than a hiccup of the network or a restart at Microsoft's. */
const failingAfterMs = 10 * 60 * 1000

/**
 * `healthy → throttled | failing → gone`, told by outcomes alone. Whatever is taken makes a destination healthy
 * again; a card that Teams refuses says nothing about the destination, which did answer, unless it refuses whatever
 * is sent to that URL.
 */
export function nextLaneState(before: LaneState, outcome: Outcome, decision: Decision, now: Date): LaneState {
  if (decision.next === 'done') {
    const nothing = { healthReason: null, failures: 0, notBefore: null, failingSince: null, goneSince: null }
    return { health: 'healthy', ...nothing, succeededAt: now }
  }
  if (decision.next === 'gone')
    return { ...before, health: 'gone', healthReason: decision.because, notBefore: null }
  if (outcome.kind === 'unknown' || (outcome.kind === 'refused' && !outcome.ofUrl))
    return { ...before, notBefore: null, goneSince: null }
  if (outcome.kind === 'delivered' || outcome.kind === 'accepted') return before

  const failingSince = before.failingSince ?? now
  const isSwitchedOff = decision.next === 'again' && decision.isSwitchedOff === true
  const failing = isSwitchedOff || now.getTime() - failingSince.getTime() >= failingAfterMs
  return {
    ...before,
    health: failing ? 'failing' : outcome.kind === 'throttled' ? 'throttled' : before.health,
    healthReason: outcome.reason,
    // What is refused makes nothing wait.
    failures: outcome.kind === 'refused' ? before.failures : before.failures + 1,
    failingSince,
    // What has expired meanwhile says no less that it may be deleted.
    goneSince: isSwitchedOff || outcome.kind === 'gone' ? (before.goneSince ?? now) : null,
    // What expired is not tried again; the next delivery is, at once.
    notBefore: decision.next === 'again' ? decision.notBefore : null,
  }
}
