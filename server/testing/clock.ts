/** A clock that a test turns; it stands still otherwise. */
export function createClock(start = '2026-03-02T09:00:00Z') {
  let at = Date.parse(start)
  return {
    now: () => new Date(at),
    turn(by: { ms?: number; seconds?: number; minutes?: number; hours?: number }) {
      at += (by.ms ?? 0) + 1000 * ((by.seconds ?? 0) + 60 * ((by.minutes ?? 0) + 60 * (by.hours ?? 0)))
    },
  }
}
export type Clock = ReturnType<typeof createClock>
