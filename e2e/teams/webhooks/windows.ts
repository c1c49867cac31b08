/**
 * Teams' rate limits for one connector in one channel, or one workflow's connection, exactly: sliding windows,
 * all at once.
 *
 * A window of `n` in `ms` is broken by a request if `n` others were counted in the `ms` before it. Every
 * request counts at its arrival, refused ones too; only those that a window itself turned away do not.
 * This is the judge of the fault runs, so it errs on no side: a request exactly `ms` after another is
 * outside the other's window.
 */
export type Windows = {
  /** Counts a request and answers nothing, or answers the limit that it breaks. */
  count(now: number): Limit | undefined
}

export type Limit = { count: number; ms: number; name: string }

export const CONNECTOR_LIMITS: readonly Limit[] = [
  { count: 4, ms: 1_000, name: '4 in 1 s' },
  { count: 60, ms: 30_000, name: '60 in 30 s' },
  { count: 100, ms: 3_600_000, name: '100 in 1 h' },
  { count: 150, ms: 7_200_000, name: '150 in 2 h' },
  { count: 1_800, ms: 86_400_000, name: '1,800 in 24 h' },
]

/** What the Flow bot may post through one connection. */
export const WORKFLOW_LIMITS: readonly Limit[] = [{ count: 25, ms: 300_000, name: '25 in 300 s' }]

export function createWindows(limits: readonly Limit[] = CONNECTOR_LIMITS): Windows {
  const longest = Math.max(...limits.map((limit) => limit.count))
  const times: number[] = []

  return {
    count(now) {
      // A clock set back must not make the past look empty.
      const at = Math.max(now, times.at(-1) ?? now)
      const broken = limits.find((limit) => {
        const oldest = times.at(-limit.count)
        return oldest !== undefined && times.length >= limit.count && at - oldest < limit.ms
      })
      if (broken) return broken
      times.push(at)
      if (times.length > 2 * longest) times.splice(0, times.length - longest)
      return undefined
    },
  }
}
