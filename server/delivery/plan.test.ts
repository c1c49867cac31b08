import { describe, expect, it } from 'vitest'
import { createBudget } from './budget.ts'
import { type Head, nextStep, stampsFor } from './plan.ts'

const now = new Date('2026-03-02T23:00:00Z')
const night = { days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '07:00', zone: 'UTC', criticalPasses: false }
const morning = new Date('2026-03-03T07:00:00Z')

const head = (changes: Partial<Head> = {}): Head => ({
  kind: 'event',
  attempts: 0,
  heldBy: null,
  critical: false,
  quietHours: null,
  ...changes,
})
const waiting = (pending = 1, sinceMs = now.getTime()) => ({ pending, sinceMs, criticalSinceMs: undefined })
const sentAgo = (...ms: number[]) =>
  createBudget(
    'connector',
    ms.map((one) => now.getTime() - one).toSorted((a, b) => a - b),
    now.getTime(),
  )
const fresh = sentAgo()
/** Everything cards may use of an hour is used, and the reserve's turn came just now. */
const exhausted = sentAgo(...Array.from({ length: 80 }, (_, index) => 10 * 60_000 + index * 1000), 100)
/** The same, with the reserve's turn due. */
const reserved = sentAgo(...Array.from({ length: 80 }, (_, index) => 10 * 60_000 + index * 1000))

describe('the head of a lane', () => {
  it('is sent while there is room', () => {
    expect(nextStep(head(), waiting(), fresh, now)).toEqual({ do: 'send' })
  })

  it('is held by quiet hours that have begun, whether it was tried before or not', () => {
    for (const attempts of [0, 3]) {
      expect(nextStep(head({ quietHours: night, attempts }), waiting(), fresh, now)).toEqual({
        do: 'hold',
        until: morning,
      })
    }
  })

  it('passes quiet hours when it is critical and these let it, or when it answers a person', () => {
    const passing = { ...night, criticalPasses: true }
    expect(nextStep(head({ quietHours: passing, critical: true }), waiting(), fresh, now).do).toBe('send')
    expect(nextStep(head({ quietHours: night, critical: true }), waiting(), fresh, now).do).toBe('hold')
    expect(nextStep(head({ quietHours: night, kind: 'notice' }), waiting(), fresh, now).do).toBe('send')
  })

  it('is merged with what was held alike', () => {
    expect(nextStep(head({ heldBy: 'digest' }), waiting(), fresh, now)).toEqual({
      do: 'merge',
      reason: 'digest',
    })
  })

  it('is merged with all that waits when that is more than can leave', () => {
    expect(nextStep(head(), waiting(50), reserved, now)).toEqual({
      do: 'merge',
      reason: 'pressure',
      pressed: true,
    })
  })

  it('is never merged once it was tried', () => {
    const tried = head({ attempts: 1, heldBy: 'quiet hours' })
    expect(nextStep(tried, waiting(50), reserved, now)).toEqual({ do: 'send', pressed: true })
    expect(nextStep(head({ kind: 'notice' }), waiting(50), reserved, now)).toEqual({
      do: 'send',
      pressed: true,
    })
    expect(nextStep(head({ kind: 'digest' }), waiting(50), reserved, now)).toEqual({
      do: 'send',
      pressed: true,
    })
  })

  it('waits for its turn, merged or not', () => {
    for (const one of [head(), head({ heldBy: 'digest' }), head({ attempts: 1 })]) {
      const step = nextStep(one, waiting(50), exhausted, now)
      expect(step.do).toBe('wait')
      const waitMs = step.do === 'wait' ? step.until.getTime() - now.getTime() : 0
      expect(waitMs).toBeGreaterThan(0)
      expect(waitMs).toBeLessThan(4 * 60_000)
    }
  })
})

describe('stamps', () => {
  const heads = [head(), head(), head(), head()]

  it('are for what may be sent now, and nothing else', () => {
    expect(stampsFor(heads, waiting(4), fresh, now)).toBe(4)
    expect(stampsFor(heads, waiting(4), sentAgo(10, 20), now)).toBe(2)
    expect(stampsFor(heads, waiting(4), exhausted, now)).toBe(0)
    expect(stampsFor([], waiting(0), fresh, now)).toBe(0)
  })

  it('are one for a digest to be, and one from the reserve', () => {
    expect(stampsFor([head({ heldBy: 'digest' }), ...heads], waiting(5), fresh, now)).toBe(1)
    expect(stampsFor([head({ attempts: 1 }), ...heads], waiting(50), reserved, now)).toBe(1)
  })
})
