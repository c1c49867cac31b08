import type { Digest } from '../model/rule.ts'
import { dayMs, hourMs, minuteMs, timeOfDayMs, type WallClock, wallClock } from './wall-clock.ts'

/**
 * When the digest that collects what happens now is due: the end of the window that now lies in, always after now.
 *
 * Windows follow each other without gap or overlap, their beginning included and their end not. Five minutes and hours
 * are those of the clock on the zone's wall, which in Kathmandu strikes at a quarter past UTC's; whenever the clock is
 * changed, a window ends too, so that the hour that comes twice is two windows. A day's window ends once each date, when
 * its time is reached: a time that spring skips right after the gap, one that autumn repeats the first time.
 */
export function digestDue(digest: Digest, now: Date): Date {
  const clock = wallClock(digest.zone)
  const instant = now.getTime()
  switch (digest.every) {
    case '5m':
      return new Date(nextMark(clock, 5 * minuteMs, instant))
    case 'hour':
      return new Date(nextMark(clock, hourMs, instant))
    case 'day':
      return new Date(nextDaily(clock, timeOfDayMs(digest.at ?? usualTime), instant))
    default:
      return digest.every satisfies never
  }
}

/** Nobody is asked to save a daily digest without its time, but the API's shape allows it. */
const usualTime = '09:00'

function nextMark(clock: WallClock, step: number, instant: number): number {
  const sinceMark = ((clock.read(instant) % step) + step) % step
  const mark = instant - sinceMark + step
  return clock.changeIn(instant, mark) ?? mark
}

function nextDaily(clock: WallClock, time: number, instant: number): number {
  let day = Math.floor(clock.read(instant) / dayMs)
  let due: number
  // Dates that are skipped or begun twice make it a second or third try, and no zone makes it more.
  do due = clock.reach(day++ * dayMs + time)
  while (due <= instant)
  return due
}
