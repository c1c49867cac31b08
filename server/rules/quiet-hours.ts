import type { QuietHours } from '../model/rule.ts'
import { dayMs, timeOfDayMs, wallClock } from './wall-clock.ts'

/**
 * Until when quiet hours hold what happens now; undefined when now is not quiet.
 *
 * A quiet time belongs to the day on which it begins: Friday's 22:00–07:00 ends on Saturday. It lasts from the instant
 * its beginning is reached (included) to the instant its end is (not included), as the zone's clock has them, through
 * changes of the clock too. `from` equal to `to` is a whole day, so that days 6 and 7 from 00:00 to 00:00 are the
 * weekend. Times that touch or overlap are one: what is returned is never quiet itself.
 */
export function quietUntil(quietHours: QuietHours, now: Date): Date | undefined {
  const { isQuiet, until } = quietStretch(quietHours, now)
  return isQuiet ? until : undefined
}

/** All of it alike, quiet or not. */
export interface QuietStretch {
  isQuiet: boolean
  until: Date
}

/** Whether it is quiet, and until when that stays so. */
export function quietStretch({ days, from, to, zone }: QuietHours, now: Date): QuietStretch {
  const clock = wallClock(zone)
  const begins = timeOfDayMs(from)
  const ends = timeOfDayMs(to) > begins ? timeOfDayMs(to) : timeOfDayMs(to) + dayMs
  const today = Math.floor(clock.read(now.getTime()) / dayMs)
  let isQuiet = false
  let until = now.getTime()
  for (let day = today - 1; day <= today + farthest; day++) {
    if (!days.includes(isoWeekday(day))) continue
    const beginning = clock.reach(day * dayMs + begins)
    if (beginning > until) return { isQuiet, until: new Date(isQuiet ? until : beginning) }
    const end = clock.reach(day * dayMs + ends)
    if (end <= until) continue
    isQuiet = true
    until = end
  }
  return { isQuiet, until: new Date(until) }
}

/**
 * How many days are looked ahead: a week has every day, and the one more is for a clock that was set back over
 * midnight. Only whole days on all seven of them never end; such a rule is refused when it is saved, and if there
 * is one all the same, what it holds is let go after a week rather than never.
 */
const farthest = 8

/** 1 is Monday, 7 is Sunday; day 0 was a Thursday. */
function isoWeekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}
