import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { clockByMinute, clockChanges, momentInZone } from '../testing/clock-by-minute.ts'
import { dayMs, minuteMs, timeOfDayMs, wallClock } from './wall-clock.ts'

const reading = (written: string) => Date.parse(`${written}Z`)
const reached = (zone: string, written: string) =>
  new Date(wallClock(zone).reach(reading(written))).toISOString()

test('reads what Intl reads, minute by minute', () => {
  fc.assert(
    fc.property(momentInZone, ({ zone, now }) => {
      const [first] = clockByMinute(zone, now)
      expect(Math.floor(wallClock(zone).read(now.getTime()) / minuteMs)).toBe(first?.shown)
    }),
  )
})

test.each([
  ['that is skipped, when the clock jumps over it', 'Europe/Paris', '2026-03-29T02:30', '2026-03-29T01:00'],
  ['that comes twice, the first time', 'Europe/Paris', '2026-10-25T02:30', '2026-10-25T00:30'],
  ['after the one that comes twice, once', 'Europe/Paris', '2026-10-25T03:00', '2026-10-25T02:00'],
  ['that half an hour skips', 'Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:30'],
  ['that half an hour repeats', 'Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45'],
  ['of a day that is skipped', 'Pacific/Apia', '2011-12-30T12:00', '2011-12-30T10:00'],
  ['of a midnight that is skipped', 'Asia/Beirut', '2025-03-30T00:00', '2025-03-29T22:00'],
  ['of a midnight from which the clock is set back', 'Asia/Beirut', '2025-10-26T00:00', '2025-10-25T22:00'],
  ['of a midnight that comes twice', 'America/St_Johns', '2010-11-07T00:00', '2010-11-07T02:30'],
])('reaches a reading %s', (_, zone, written, instant) => {
  expect(reached(zone, written)).toBe(`${instant}:00.000Z`)
})

test('reaches a reading when it or a later one is shown, and never before', () => {
  fc.assert(
    fc.property(momentInZone, fc.nat({ max: 2 * dayMs }), ({ zone, now }, earlier) => {
      const clock = wallClock(zone)
      const wanted = now.getTime()
      const instant = clock.reach(wanted)
      expect(clock.read(instant)).toBeGreaterThanOrEqual(wanted)
      expect(clock.read(instant - 1)).toBeLessThan(wanted)
      expect(clock.read(instant - 1 - earlier)).toBeLessThan(wanted)
    }),
  )
})

test('reaches later readings never earlier', () => {
  fc.assert(
    fc.property(momentInZone, fc.nat({ max: dayMs }), ({ zone, now }, later) => {
      const clock = wallClock(zone)
      expect(clock.reach(now.getTime() + later)).toBeGreaterThanOrEqual(clock.reach(now.getTime()))
    }),
  )
})

test.each(clockChanges)('finds to the millisecond when the clock of %s is changed (%s)', (zone, at) => {
  const change = Date.parse(at)
  const clock = wallClock(zone)
  expect(clock.changeIn(change - dayMs, change + dayMs)).toBe(change)
  expect(clock.changeIn(change - 1, change)).toBe(change)
  expect(clock.changeIn(change, change + dayMs)).toBeUndefined()
})

test('is there for every zone that Intl knows, and for what it calls by another name', () => {
  for (const zone of [...Intl.supportedValuesOf('timeZone'), 'UTC', 'europe/paris', 'Etc/GMT+12']) {
    expect(wallClock(zone).read(0)).not.toBeNaN()
  }
})

test('reads offsets that had seconds', () => {
  expect(wallClock('Africa/Monrovia').read(0)).toBe(-(44 * 60 + 30) * 1000)
})

test('refuses a zone that there is not', () => {
  expect(() => wallClock('Mars/Olympus')).toThrow(RangeError)
})

test('reads times of the day', () => {
  expect(['00:00', '09:05', '23:59'].map(timeOfDayMs)).toEqual([0, 32_700_000, 86_340_000])
})
