import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { QuietHours } from '../model/rule.ts'
import { clockByMinute, momentInZone, timeOfDay } from '../testing/clock-by-minute.ts'
import { quietStretch, quietUntil } from './quiet-hours.ts'

const everyDay = [1, 2, 3, 4, 5, 6, 7]
const nights: QuietHours = {
  days: everyDay,
  from: '22:00',
  to: '07:00',
  zone: 'Europe/Paris',
  criticalPasses: false,
}

/** As ISO, to the minute, in UTC. */
function until(quietHours: Partial<QuietHours>, now: string): string | undefined {
  return quietUntil({ ...nights, ...quietHours }, new Date(`${now}Z`))
    ?.toISOString()
    .slice(0, 16)
}

describe('a night', () => {
  it.each([
    ['2026-11-20T20:59:59.999', undefined],
    ['2026-11-20T21:00', '2026-11-21T06:00'],
    ['2026-11-20T23:30', '2026-11-21T06:00'],
    ['2026-11-21T05:59:59.999', '2026-11-21T06:00'],
    ['2026-11-21T06:00', undefined],
  ])('at %s is quiet until %s', (now, end) => {
    expect(until({}, now)).toBe(end)
  })

  it('belongs to the day on which it begins', () => {
    const fridays = { days: [5] }
    expect(until(fridays, '2026-11-20T22:00')).toBe('2026-11-21T06:00')
    expect(until(fridays, '2026-11-21T02:00')).toBe('2026-11-21T06:00')
    expect(until(fridays, '2026-11-20T02:00')).toBeUndefined()
    expect(until(fridays, '2026-11-21T22:00')).toBeUndefined()
  })

  it('from Sunday to Monday is one too', () => {
    expect(until({ days: [7] }, '2026-11-23T03:00')).toBe('2026-11-23T06:00')
    expect(until({ days: [1] }, '2026-11-23T03:00')).toBeUndefined()
  })

  it('ends by the clock on the wall, however long the clock makes it', () => {
    expect(until({}, '2026-03-28T22:00')).toBe('2026-03-29T05:00')
    expect(until({}, '2026-10-24T21:00')).toBe('2026-10-25T06:00')
  })
})

describe('whole days', () => {
  const weekend = { days: [6, 7], from: '00:00', to: '00:00' }

  it('that follow each other are held through', () => {
    expect(until(weekend, '2026-11-20T22:59:59')).toBeUndefined()
    expect(until(weekend, '2026-11-20T23:00')).toBe('2026-11-22T23:00')
    expect(until(weekend, '2026-11-22T22:59')).toBe('2026-11-22T23:00')
    expect(until(weekend, '2026-11-22T23:00')).toBeUndefined()
  })

  it('may begin at any time', () => {
    expect(until({ days: [6], from: '12:00', to: '12:00' }, '2026-11-22T10:59')).toBe('2026-11-22T11:00')
  })

  it('that the calendar skipped are not there', () => {
    const friday = { days: [5], from: '00:00', to: '00:00', zone: 'Pacific/Apia' }
    expect(until(friday, '2011-12-30T09:59')).toBeUndefined()
    expect(until(friday, '2011-12-30T10:00')).toBeUndefined()
  })

  it('that never end let go after nine days all the same', () => {
    const always = { ...nights, from: '09:00', to: '09:00' }
    const end = quietUntil(always, new Date('2026-11-20T12:00Z'))
    expect(end?.toISOString()).toBe('2026-11-29T08:00:00.000Z')
  })
})

describe('times at which the clock is changed', () => {
  it('that are skipped are where it jumps', () => {
    expect(until({ from: '02:30', to: '07:00' }, '2026-03-29T01:00')).toBe('2026-03-29T05:00')
    expect(until({ from: '02:30', to: '07:00' }, '2026-03-29T00:59')).toBeUndefined()
    expect(until({ to: '02:30' }, '2026-03-29T00:59')).toBe('2026-03-29T01:00')
    expect(until({ to: '02:30' }, '2026-03-29T01:00')).toBeUndefined()
  })

  it('that are both skipped leave nothing quiet between them', () => {
    const between = { from: '02:10', to: '02:50' }
    expect(until(between, '2026-03-29T00:59')).toBeUndefined()
    expect(until(between, '2026-03-29T01:00')).toBeUndefined()
  })

  it('that come twice are meant the first time', () => {
    expect(until({ to: '02:30' }, '2026-10-25T00:29')).toBe('2026-10-25T00:30')
    expect(until({ to: '02:30' }, '2026-10-25T01:15')).toBeUndefined()
    expect(until({ from: '02:30' }, '2026-10-25T00:30')).toBe('2026-10-25T06:00')
    expect(until({ from: '02:30' }, '2026-10-25T01:15')).toBe('2026-10-25T06:00')
  })
})

const quietHours = fc
  .record({
    days: fc.oneof(
      fc.uniqueArray(fc.constantFrom(...everyDay), { minLength: 1 }),
      fc.constantFrom([6, 7], everyDay),
    ),
    from: timeOfDay,
    to: timeOfDay,
    criticalPasses: fc.boolean(),
    sameTimes: fc.nat({ max: 3 }),
  })
  .map(({ sameTimes, ...one }) => (sameTimes === 0 ? { ...one, to: one.from } : one))
  .filter(({ days, from, to }) => days.length < 7 || from !== to)

/** Minute by minute: the furthest the clock has shown lies in a quiet time of its own day or of the day before. */
function isQuiet({ days, from, to }: Omit<QuietHours, 'zone'>, furthest: number): boolean {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  const dayOf = (reading: number) => new Date(reading * 60_000).getUTCDay() || 7
  const time = ((furthest % 1440) + 1440) % 1440
  if (to > from) return days.includes(dayOf(furthest)) && time >= minutes(from) && time < minutes(to)
  if (time >= minutes(from)) return days.includes(dayOf(furthest))
  return time < minutes(to) && days.includes(dayOf(furthest - 1440))
}

test('holds exactly while the clock, watched by the minute, is between the times of a listed day', () => {
  fc.assert(
    fc.property(quietHours, momentInZone, (some, { zone, now }) => {
      const held = quietUntil({ ...some, zone }, now)
      for (const { at, furthest } of clockByMinute(zone, now)) {
        if (isQuiet(some, furthest)) continue
        expect(held).toEqual(at > now ? at : undefined)
        break
      }
    }),
    { numRuns: 300 },
  )
})

test('holds until an instant that is never quiet itself, and knows the next quiet time before it comes', () => {
  fc.assert(
    fc.property(
      quietHours,
      momentInZone,
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (some, { zone, now }, part) => {
        const { isQuiet: quiet, until: end } = quietStretch({ ...some, zone }, now)
        expect(end.getTime()).toBeGreaterThan(now.getTime())
        const between = new Date(now.getTime() + Math.floor(part * (end.getTime() - now.getTime())))
        expect(quietUntil({ ...some, zone }, between)).toEqual(quiet ? end : undefined)
        if (quiet) expect(quietUntil({ ...some, zone }, end)).toBeUndefined()
      },
    ),
    { numRuns: 300 },
  )
})
