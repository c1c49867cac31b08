import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { QuietHours } from '../model/rule.ts'
import { momentInZone, timeOfDay } from '../testing/clock-by-minute.ts'
import { digestDue } from './digest.ts'
import { heldUntil, rememberHeldUntil, type Timing } from './held-until.ts'
import { quietUntil } from './quiet-hours.ts'

const zone = 'Europe/Paris'
const everyDay = [1, 2, 3, 4, 5, 6, 7]
const nights: QuietHours = { days: everyDay, from: '22:00', to: '07:00', zone, criticalPasses: true }
const passingNobody = { ...nights, criticalPasses: false }
const daily = { every: 'day', at: '06:00', zone } as const
const hourly = { every: 'hour', zone } as const

/** Told in Paris' winter time, an hour ahead of UTC. */
function held(timing: Partial<Timing>, now: string, critical = false): string | undefined {
  const hold = heldUntil(
    { quietHours: null, digest: null, ...timing },
    { critical },
    new Date(`${now}+01:00`),
  )
  return hold && `${hold.by} ${new Date(hold.until.getTime() + 3_600_000).toISOString().slice(0, 16)}`
}

describe('what happens', () => {
  it('is sent at once where nothing holds it', () => {
    expect(held({}, '2026-11-20T23:00')).toBeUndefined()
    expect(held({ quietHours: nights }, '2026-11-20T12:00')).toBeUndefined()
  })

  it('in quiet hours waits for their end, also where a digest would be due earlier or later', () => {
    const until = 'quiet hours 2026-11-21T07:00'
    expect(held({ quietHours: nights }, '2026-11-20T23:00')).toBe(until)
    expect(held({ quietHours: nights, digest: hourly }, '2026-11-20T23:00')).toBe(until)
    expect(held({ quietHours: nights, digest: { ...daily, at: '09:00' } }, '2026-11-20T23:00')).toBe(until)
  })

  it('is collected until its digest is due', () => {
    expect(held({ digest: hourly }, '2026-11-20T23:10')).toBe('digest 2026-11-21T00:00')
    expect(held({ quietHours: nights, digest: hourly }, '2026-11-20T20:10')).toBe('digest 2026-11-20T21:00')
  })

  it('waits for the end of the quiet hours into which its digest falls', () => {
    const until = 'digest 2026-11-21T07:00'
    expect(held({ quietHours: nights, digest: hourly }, '2026-11-20T21:10')).toBe(until)
    expect(held({ quietHours: nights, digest: daily }, '2026-11-20T12:00')).toBe(until)
  })

  it('has its digest at the minute at which quiet hours end', () => {
    const digest = { ...daily, at: '07:00' }
    expect(held({ quietHours: nights, digest }, '2026-11-20T12:00')).toBe('digest 2026-11-21T07:00')
  })
})

describe('what is critical', () => {
  it('passes quiet hours and the digest at any hour, where the channel says that it passes', () => {
    for (const digest of [null, hourly, daily]) {
      expect(held({ quietHours: nights, digest }, '2026-11-20T23:00', true)).toBeUndefined()
      expect(held({ quietHours: nights, digest }, '2026-11-20T12:00', true)).toBeUndefined()
    }
  })

  it('waits as everything else where the channel does not say so', () => {
    const quiet = { quietHours: passingNobody, digest: hourly }
    expect(held(quiet, '2026-11-20T23:00', true)).toBe('quiet hours 2026-11-21T07:00')
    expect(held(quiet, '2026-11-20T20:10', true)).toBe('digest 2026-11-20T21:00')
    expect(held({ digest: hourly }, '2026-11-20T20:10', true)).toBe('digest 2026-11-20T21:00')
  })
})

const timing = fc.record({
  quietHours: fc.option(
    fc.record({
      days: fc.uniqueArray(fc.constantFrom(...everyDay), { minLength: 1, maxLength: 6 }),
      from: timeOfDay,
      to: timeOfDay,
      criticalPasses: fc.boolean(),
    }),
  ),
  digest: fc.option(fc.record({ every: fc.constantFrom('5m', 'hour', 'day'), at: timeOfDay })),
})

function inZone(
  { quietHours, digest }: typeof timing extends fc.Arbitrary<infer T> ? T : never,
  name: string,
) {
  return {
    quietHours: quietHours && { ...quietHours, zone: name },
    digest: digest && { ...digest, zone: name },
  } as Timing
}

test('never lets go in quiet hours, nor before the digest is due, and holds only for a reason', () => {
  fc.assert(
    fc.property(timing, momentInZone, fc.boolean(), (some, { zone: name, now }, critical) => {
      const rule = inZone(some, name)
      const { quietHours, digest } = rule
      const hold = heldUntil(rule, { critical }, now)
      const isQuiet = Boolean(quietHours && quietUntil(quietHours, now))
      const passes = critical && quietHours?.criticalPasses === true
      expect(hold?.by).toBe(passes ? undefined : isQuiet ? 'quiet hours' : digest ? 'digest' : undefined)
      if (!hold) return
      expect(hold.until.getTime()).toBeGreaterThan(now.getTime())
      if (quietHours) expect(quietUntil(quietHours, hold.until)).toBeUndefined()
      if (digest && hold.by === 'digest') {
        const due = digestDue(digest, now)
        expect(hold.until.getTime()).toBeGreaterThanOrEqual(due.getTime())
        if (!quietHours || !quietUntil(quietHours, due)) expect(hold.until).toEqual(due)
      }
    }),
    { numRuns: 500 },
  )
})

test('remembered answers are never others than fresh ones, whichever way the clock goes', () => {
  const steps = fc.array(
    fc.record({
      ms: fc.oneof(
        fc.integer({ min: -3_600_000, max: 7_200_000 }),
        fc.integer({ min: -86_400_000, max: 172_800_000 }),
        fc.constantFrom<number | 'edge' | 'before'>('edge', 'before'),
      ),
      critical: fc.boolean(),
    }),
    { maxLength: 20 },
  )
  fc.assert(
    fc.property(timing, momentInZone, steps, (some, { zone: name, now }, path) => {
      const rule = inZone(some, name)
      const remembered = rememberHeldUntil(rule)
      let at = now
      for (const { ms, critical } of path) {
        const hold = heldUntil(rule, { critical }, at)
        expect(remembered(critical, at)).toEqual(hold)
        const edge = hold?.until.getTime() ?? at.getTime()
        at = new Date(ms === 'edge' ? edge : ms === 'before' ? edge - 1 : at.getTime() + ms)
      }
    }),
    { numRuns: 200 },
  )
})
