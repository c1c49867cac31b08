/**
 * The clock on the wall of a time zone.
 *
 * People write rules for that clock, and twice a year in many places it is no honest clock: in spring it skips an
 * hour (Lord Howe half of one, Apia once a whole day), in autumn it shows one twice. Everything here follows one
 * sentence, so that no reading is missing, none counts twice and later readings never come earlier: *a reading is
 * reached at the first instant at which the clock shows it or anything later.* A skipped reading is reached when the
 * clock jumps over it; of two that are alike the first counts.
 *
 * Instants are milliseconds since 1970. A reading is what the clock shows, written as the milliseconds since 1970 that
 * it would be in UTC: whole days of it are dates, the rest is the time of day. Two changes of one clock within two days
 * are taken for one; no zone has done that since zones are kept.
 */
export function wallClock(zone: string): WallClock {
  const known = clocks.get(zone)
  if (known) return known
  const clock = createWallClock(zone)
  clocks.set(zone, clock)
  return clock
}

export interface WallClock {
  /** The reading at an instant. */
  read(instant: number): number
  /** The first instant at which the clock shows the reading or anything later. */
  reach(reading: number): number
  /** The first instant in (`after`, `until`] from which the clock is set differently; a range of two days at most. */
  changeIn(after: number, until: number): number | undefined
}

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** `"22:00"` as milliseconds since midnight. */
export function timeOfDayMs(time: string): number {
  return Number(time.slice(0, 2)) * hourMs + Number(time.slice(3)) * minuteMs
}

/** Kept, since making an Intl formatter costs a hundred times what asking it does. */
const clocks = new Map<string, WallClock>()

function createWallClock(zone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  const offsetAt = (instant: number) => offsetMs(format.format(instant))

  function changeIn(after: number, until: number): number | undefined {
    const offset = offsetAt(after)
    if (offsetAt(until) === offset) return undefined
    let [before, changed] = [after, until]
    while (changed - before > 1) {
      const middle = Math.floor((before + changed) / 2)
      if (offsetAt(middle) === offset) before = middle
      else changed = middle
    }
    return changed
  }

  return {
    changeIn,
    read: (instant) => instant + offsetAt(instant),
    reach(reading) {
      // No clock is a day away from UTC, so the instant lies between these two.
      const [earliest, latest] = [reading - dayMs, reading + dayMs]
      const byOldOffset = reading - offsetAt(earliest)
      const change = changeIn(earliest, latest)
      if (change === undefined || byOldOffset < change) return byOldOffset
      return Math.max(change, reading - offsetAt(latest))
    },
  }
}

/** From what Intl writes: `11/14/2023, GMT+05:30`, with seconds long ago, perhaps bare `GMT` for none. */
function offsetMs(written: string): number {
  const found = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(written)
  if (!found) throw new Error(`no offset from UTC in "${written}"`)
  const [, sign, hours = 0, minutes = 0, seconds = 0] = found
  const ms = Number(hours) * hourMs + Number(minutes) * minuteMs + Number(seconds) * 1000
  return sign === '-' ? -ms : ms
}
