import type { Ledger } from './ledger.ts'
import type { AttemptRecord, DeliveryRecord } from './records.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

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
    const isMoving = last && !isFailure(last) && last.endedAt > endedAt - 2 * second
    return isMoving ? { because: 'its turn had not come' } : { fault: 'though its lane waits for nothing.' }
  }
  const full = fullUntil(lane.notBefore, attempts)
  if (full && last && lane.notBefore <= last.endedAt + longestSilence) return { because: `${full} are full` }
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

/** What single cards may use of Teams' windows: all of the short ones, four fifths of the long. */
const windows = [
  { most: 4, ms: second, name: 'four in a second' },
  { most: 60, ms: minute / 2, name: 'sixty in thirty seconds' },
  { most: 80, ms: hour, name: 'eighty in an hour' },
]

/** The window that one more request just before `at` would have broken. Cardwire may make each a little longer. */
function fullUntil(at: number, attempts: readonly AttemptRecord[]): string | undefined {
  const full = windows.findLast(({ most, ms }) => {
    const from = at - ms - 100 - ms / 5000
    return attempts.filter(({ endedAt }) => endedAt > from).length >= most
  })
  return full?.name
}
