import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Digest } from '../model/rule.ts'
import { clockByMinute, momentInZone, timeOfDay } from '../testing/clock-by-minute.ts'
import { digestDue } from './digest.ts'

/** As ISO, to the minute, in UTC. */
function due(digest: Partial<Digest>, now: string): string {
  const whole: Digest = { every: 'hour', zone: 'Europe/Paris', ...digest }
  return digestDue(whole, new Date(`${now}Z`))
    .toISOString()
    .slice(0, 16)
}

describe('a digest every five minutes or every hour', () => {
  it.each([
    ['5m', 'Europe/Paris', '2026-11-20T09:59:59.999', '2026-11-20T10:00'],
    ['5m', 'Europe/Paris', '2026-11-20T10:00', '2026-11-20T10:05'],
    ['5m', 'Asia/Kathmandu', '2026-11-20T10:01', '2026-11-20T10:05'],
    ['hour', 'Europe/Paris', '2026-11-20T10:00', '2026-11-20T11:00'],
    ['hour', 'Asia/Kolkata', '2026-11-20T10:00', '2026-11-20T10:30'],
    ['hour', 'Asia/Kathmandu', '2026-11-20T10:15', '2026-11-20T11:15'],
    ['hour', 'UTC', '1969-12-31T23:30', '1970-01-01T00:00'],
  ] as const)('(%s, %s) that collects at %s is due at %s', (every, zone, now, at) => {
    expect(due({ every, zone }, now)).toBe(at)
  })

  it('is two in the hour that comes twice, and none in the one that does not', () => {
    expect(due({}, '2026-10-25T00:30')).toBe('2026-10-25T01:00')
    expect(due({}, '2026-10-25T01:30')).toBe('2026-10-25T02:00')
    expect(due({ every: '5m' }, '2026-10-25T00:58')).toBe('2026-10-25T01:00')
    expect(due({}, '2026-03-29T00:30')).toBe('2026-03-29T01:00')
    expect(due({}, '2026-03-29T01:00')).toBe('2026-03-29T02:00')
  })

  it('ends its window when the clock is changed, wherever the hand stands then', () => {
    const lordHowe = { zone: 'Australia/Lord_Howe' }
    expect(due(lordHowe, '2026-04-04T14:30')).toBe('2026-04-04T15:00')
    expect(due(lordHowe, '2026-04-04T15:00')).toBe('2026-04-04T15:30')
    const stJohns = { zone: 'America/St_Johns' }
    expect(due(stJohns, '2010-11-07T02:30')).toBe('2010-11-07T02:31')
    expect(due(stJohns, '2010-11-07T02:31')).toBe('2010-11-07T03:30')
  })
})

describe('a daily digest', () => {
  const daily = { every: 'day', at: '09:00' } as const

  it.each([
    ['2026-11-20T07:59:59.999', '2026-11-20T08:00'],
    ['2026-11-20T08:00', '2026-11-21T08:00'],
    ['2026-03-28T12:00', '2026-03-29T07:00'],
    ['2026-10-24T12:00', '2026-10-25T08:00'],
  ])('that collects at %s is due at %s', (now, at) => {
    expect(due(daily, now)).toBe(at)
  })

  it('is due at nine where its time is not told', () => {
    expect(due({ every: 'day' }, '2026-11-20T12:00')).toBe('2026-11-21T08:00')
  })

  it('is due right after the gap when spring skips its time', () => {
    expect(due({ ...daily, at: '02:30' }, '2026-03-29T00:59')).toBe('2026-03-29T01:00')
    expect(due({ ...daily, at: '02:30' }, '2026-03-29T01:00')).toBe('2026-03-30T00:30')
  })

  it('is due once when autumn repeats its time', () => {
    expect(due({ ...daily, at: '02:30' }, '2026-10-25T00:29')).toBe('2026-10-25T00:30')
    expect(due({ ...daily, at: '02:30' }, '2026-10-25T00:30')).toBe('2026-10-26T01:30')
    expect(due({ ...daily, at: '00:00', zone: 'America/St_Johns' }, '2010-11-07T03:00')).toBe(
      '2010-11-08T03:30',
    )
  })

  it('is due once when a whole day is skipped', () => {
    const apia = { ...daily, zone: 'Pacific/Apia' }
    expect(due(apia, '2011-12-29T20:00')).toBe('2011-12-30T10:00')
    expect(due(apia, '2011-12-30T10:00')).toBe('2011-12-30T19:00')
  })
})

const digest = fc.oneof(
  fc.record({ every: fc.constantFrom('5m' as const, 'hour' as const) }),
  fc.record({ every: fc.constant('day' as const), at: timeOfDay }),
)

/** Watched by the minute: the clock strikes, or is changed; for a day, it first shows its time or later. */
function dueByMinute(some: Omit<Digest, 'zone'>, zone: string, now: Date): Date {
  const [hours = 0, minutes = 0] = (some.at ?? '09:00').split(':').map(Number)
  const days = (furthest: number) => Math.floor((furthest - hours * 60 - minutes) / 1440)
  const step = some.every === '5m' ? 5 : 60
  let before: { shown: number; furthest: number } | undefined
  for (const { at, shown, furthest } of clockByMinute(zone, now)) {
    const isDue =
      before &&
      (some.every === 'day'
        ? days(furthest) > days(before.furthest)
        : shown % step === 0 || shown !== before.shown + 1)
    if (isDue) return at
    before = { shown, furthest }
  }
  throw new Error('the clock stands still')
}

test('is due exactly when the clock, watched by the minute, next strikes', () => {
  fc.assert(
    fc.property(digest, momentInZone, (some, { zone, now }) => {
      expect(digestDue({ ...some, zone }, now)).toEqual(dueByMinute(some, zone, now))
    }),
    { numRuns: 300 },
  )
})

test('has windows in which every instant lies once: after now, the same for all in one, later in the next', () => {
  fc.assert(
    fc.property(digest, momentInZone, fc.nat({ max: 3 * 86_400_000 }), (some, { zone, now }, later) => {
      const whole = { ...some, zone }
      const end = digestDue(whole, now)
      expect(end.getTime()).toBeGreaterThan(now.getTime())
      expect(digestDue(whole, new Date(end.getTime() - 1))).toEqual(end)
      expect(digestDue(whole, end).getTime()).toBeGreaterThan(end.getTime())
      const then = new Date(now.getTime() + later)
      if (then < end) expect(digestDue(whole, then)).toEqual(end)
      else expect(digestDue(whole, then).getTime()).toBeGreaterThan(end.getTime())
    }),
    { numRuns: 1000 },
  )
})
