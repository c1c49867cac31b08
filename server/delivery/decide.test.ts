import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Attempted, decide } from './decide.ts'
import type { Outcome } from './outcome.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const start = new Date('2026-03-02T09:00:00Z')
const after = (ms: number) => new Date(start.getTime() + ms)

const throttled: Outcome = { kind: 'throttled', reason: 'Too many.', retryAfterMs: undefined }
const unreachable: Outcome = {
  kind: 'unreachable',
  reason: 'Teams answered 503.',
  retryAfterMs: undefined,
  answered: true,
}
const gone = (status: number): Outcome => ({ kind: 'gone', reason: `Teams answered ${status}.`, status })

/** First attempted now, saved long ago. */
function attempted(changes: Partial<Attempted> = {}): Attempted {
  const long = after(-30 * 24 * hour)
  return {
    transport: 'connector',
    firstAttemptAt: start,
    savedAt: long,
    failures: 0,
    goneSince: undefined,
    ...changes,
  }
}
const policy = (changes: Partial<Parameters<typeof decide>[2]> = {}) => ({
  giveUpAfterMs: 24 * hour,
  now: start,
  chance: 0.5,
  ...changes,
})

/** How long a lane waits, in seconds. */
function waitOf(outcome: Outcome, of: Partial<Attempted>, by: Partial<Parameters<typeof decide>[2]> = {}) {
  const decision = decide(outcome, attempted(of), policy(by))
  if (decision.next !== 'again') throw new Error(`it is ${decision.next}`)
  return (decision.notBefore.getTime() - (by.now ?? start).getTime()) / second
}

describe('what was taken or refused', () => {
  it('is done', () => {
    expect(decide({ kind: 'delivered' }, attempted(), policy())).toEqual({ next: 'done', state: 'delivered' })
    expect(decide({ kind: 'accepted' }, attempted(), policy())).toEqual({ next: 'done', state: 'accepted' })
  })

  it('is given up at once with its reason when refused, however young', () => {
    expect(decide({ kind: 'refused', reason: 'Too large.' }, attempted(), policy())).toEqual({
      next: 'give up',
      state: 'refused',
      because: 'Too large.',
    })
  })
})

describe('a lane that has to wait', () => {
  it.each([
    [0, 5],
    [1, 30],
    [2, 120],
    [3, 600],
    [4, 1800],
    [5, 3600],
    [6, 3600],
    [400, 3600],
  ])('waits after %i failures in a row for %i seconds', (failures, seconds) => {
    expect(waitOf(throttled, { failures })).toBe(seconds)
    expect(waitOf(unreachable, { failures })).toBe(seconds)
    expect(waitOf(throttled, { failures }, { chance: 0 })).toBeCloseTo(0.8 * seconds)
    expect(waitOf(throttled, { failures }, { chance: 1 })).toBeCloseTo(1.2 * seconds)
  })

  it('waits at least as long as Teams asks for, and longer if it would anyway', () => {
    expect(waitOf({ ...throttled, retryAfterMs: 90 * second }, { failures: 0 })).toBe(90)
    expect(waitOf({ ...throttled, retryAfterMs: 90 * second }, { failures: 3 })).toBe(600)
    expect(waitOf({ ...unreachable, retryAfterMs: 90 * second }, { failures: 1 })).toBe(90)
  })

  it('gives up a delivery 24 hours after its first attempt, and not before', () => {
    const last = { now: after(24 * hour - 1) }
    expect(decide(throttled, attempted(), policy(last)).next).toBe('again')
    const decision = decide(unreachable, attempted(), policy({ now: after(24 * hour) }))
    expect(decision).toMatchObject({ next: 'give up', state: 'expired' })
    expect(decision).toHaveProperty('because', expect.stringMatching(/24 hours.*503/))
  })

  it('gives up after as many hours as the setting says', () => {
    const two = policy({ giveUpAfterMs: 2 * hour, now: after(2 * hour) })
    expect(decide(throttled, attempted(), two)).toMatchObject({ next: 'give up', state: 'expired' })
  })
})

describe('a connector that answers 404 or 410', () => {
  it.each([404, 410])('is gone on %i when it was saved more than two minutes ago', (status) => {
    const of = attempted({ savedAt: after(-2 * minute) })
    expect(decide(gone(status), of, policy())).toEqual({ next: 'gone', because: `Teams answered ${status}.` })
  })

  it.each([404, 410])(
    'is asked again on %i while the save completes, soon at first, then less often',
    (status) => {
      expect(waitOf(gone(status), { savedAt: start, failures: 10 })).toBe(0.5)
      expect(waitOf(gone(status), { savedAt: after(-3 * second) })).toBe(3)
      expect(waitOf(gone(status), { savedAt: after(-2 * minute + 1) })).toBe(10)
    },
  )
})

describe('a workflow that looks gone', () => {
  const of = (goneSince?: Date) => attempted({ transport: 'workflow', goneSince })

  it('may be switched off: a 404 is tried for 24 hours', () => {
    expect(decide(gone(404), of(), policy()).next).toBe('again')
    const nearly = of(after(-24 * hour + 1))
    expect(decide(gone(404), nearly, policy()).next).toBe('again')
    expect(decide(gone(404), of(after(-24 * hour)), policy()).next).toBe('gone')
  })

  it('is gone at once on 410, a save or not', () => {
    expect(decide(gone(410), of(), policy()).next).toBe('gone')
    expect(decide(gone(410), { ...of(), savedAt: start }, policy()).next).toBe('gone')
  })
})

describe('always', () => {
  const outcomes = fc.oneof(
    fc.constant<Outcome>({ kind: 'delivered' }),
    fc.constant<Outcome>({ kind: 'accepted' }),
    fc.constant<Outcome>({ kind: 'refused', reason: 'r' }),
    fc
      .option(fc.integer({ min: 1000, max: hour }), { nil: undefined })
      .map((retryAfterMs): Outcome => ({ kind: 'throttled', reason: 'r', retryAfterMs })),
    fc
      .tuple(fc.option(fc.integer({ min: 1000, max: hour }), { nil: undefined }), fc.boolean())
      .map(([retryAfterMs, wasAnswered]): Outcome => {
        return { kind: 'unreachable', reason: 'r', retryAfterMs, answered: wasAnswered }
      }),
    fc.constantFrom(404, 410).map(gone),
  )
  const ago = fc.integer({ min: 0, max: 60 * 24 * hour }).map((ms) => after(-ms))
  const cases = fc.record({
    transport: fc.constantFrom('connector' as const, 'workflow' as const),
    firstAttemptAt: ago,
    savedAt: ago,
    failures: fc.nat({ max: 1000 }),
    goneSince: fc.option(ago, { nil: undefined }),
  })
  const chances = fc.double({ min: 0, max: 1, noNaN: true })

  it('waits at least four seconds but for a save, never less than Teams asks for, and never longer than 72 minutes', () => {
    fc.assert(
      fc.property(outcomes, cases, chances, (outcome, of, chance) => {
        const decision = decide(outcome, of, policy({ chance }))
        if (decision.next !== 'again') return
        const waitMs = decision.notBefore.getTime() - start.getTime()
        const asked = 'retryAfterMs' in outcome ? (outcome.retryAfterMs ?? 0) : 0
        expect(waitMs).toBeGreaterThanOrEqual(
          Math.max(outcome.kind === 'gone' ? second / 2 : 4 * second, asked),
        )
        expect(waitMs).toBeLessThanOrEqual(1.2 * hour)
      }),
    )
  })

  it('a connector that is gone is asked again only within two minutes of a save', () => {
    fc.assert(
      fc.property(fc.constantFrom(404, 410), cases, chances, (status, of, chance) => {
        const { next } = decide(gone(status), { ...of, transport: 'connector' }, policy({ chance }))
        expect(next).toBe(start.getTime() - of.savedAt.getTime() < 2 * minute ? 'again' : 'gone')
      }),
    )
  })

  it('nothing is tried for longer than a day and the two minutes of a save', () => {
    fc.assert(
      fc.property(outcomes, cases, chances, (outcome, of, chance) => {
        const young = start.getTime() - of.firstAttemptAt.getTime() < 24 * hour
        const saving = start.getTime() - of.savedAt.getTime() < 2 * minute
        const { next } = decide(outcome, of, policy({ chance }))
        if (next === 'again') expect(young || saving).toBe(true)
      }),
    )
  })

  it('what Teams took is done, and what it refused is not tried again', () => {
    fc.assert(
      fc.property(cases, chances, (of, chance) => {
        expect(decide({ kind: 'delivered' }, of, policy({ chance })).next).toBe('done')
        expect(decide({ kind: 'refused', reason: 'r' }, of, policy({ chance })).next).toBe('give up')
      }),
    )
  })
})
