import type { Ledger } from './ledger.ts'
import type { AttemptRecord, DeliveryRecord } from './records.ts'

const second = 1000
const minute = 60 * second

/** How long a lane may wait after so many failures in a row, without the jitter of a fifth. */
const waits = [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute]
const jitter = 1.2
/** No channel is silent for longer while something is pending and Teams answers. */
const longestSilence = 4 * minute

/** Why a delivery may still be pending at the end: its lane waits, and no longer than it may. */
export function whyOwed(
  delivery: DeliveryRecord,
  { records, endedAt, stops }: Ledger,
): { because: string } | { fault: string } {
  const lane = records.lanes.find(({ id }) => id === delivery.destinationId)
  const attempts = records.attempts
    .filter(({ destinationId }) => destinationId === delivery.destinationId)
    .toSorted((a, b) => a.endedAt - b.endedAt)
  const last = attempts.at(-1)
  if (!lane || lane.notBefore === null || lane.notBefore < endedAt - 2 * second) {
    return { fault: 'though its lane waits for nothing.' }
  }
  const spent = mostSpent(attempts, endedAt)
  if (spent && last && lane.notBefore <= last.endedAt + spent.waitsMs + second)
    return { because: spent.because }
  const restarted = stops.findLast(({ kind }) => kind === 'kill')?.to ?? 0
  if (
    last &&
    isFailure(last) &&
    lane.notBefore <= Math.max(last.endedAt, restarted) + retryMs(lane.failures)
  ) {
    return { because: 'its lane waits after a failure' }
  }
  return {
    fault: `and its lane waits for ${Math.round((lane.notBefore - endedAt) / second)} s without a reason.`,
  }
}

const isFailure = ({ outcome }: AttemptRecord) => ['throttled', 'unreachable', 'gone'].includes(outcome)

/** Retry-After was ten seconds at the most. */
function retryMs(failures: number): number {
  const wait = waits[Math.min(Math.max(failures, 1), waits.length) - 1] ?? minute
  return Math.max(wait * jitter, 10 * second) + second
}

/** Single cards may use four fifths of the long windows, all of the short ones. */
function mostSpent(attempts: readonly AttemptRecord[], now: number) {
  const within = (ms: number) => attempts.filter((one) => one.endedAt > now - ms).length
  if (within(60 * minute) >= 79) return { because: 'the hour is spent', waitsMs: longestSilence }
  if (within(30 * second) >= 56) return { because: 'thirty seconds are spent', waitsMs: 30 * second }
  return undefined
}
