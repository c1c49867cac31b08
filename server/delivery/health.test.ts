import { describe, expect, it } from 'vitest'
import type { Decision } from './decide.ts'
import { type LaneState, nextLaneState } from './health.ts'
import type { Outcome } from './outcome.ts'

const start = new Date('2026-03-02T09:00:00Z')
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000)

const healthy: LaneState = {
  health: 'healthy',
  healthReason: null,
  failures: 0,
  notBefore: null,
  failingSince: null,
  goneSince: null,
  succeededAt: null,
}
const throttled: Outcome = { kind: 'throttled', reason: 'Too many.', retryAfterMs: undefined }
const unreachable: Outcome = {
  kind: 'unreachable',
  reason: 'No answer.',
  retryAfterMs: undefined,
  answered: false,
}
const again: Decision = { next: 'again', notBefore: after(99) }

describe('a destination', () => {
  it('that takes a card is healthy again, whatever it was', () => {
    const before: LaneState = {
      health: 'failing',
      healthReason: 'No answer.',
      failures: 7,
      notBefore: start,
      failingSince: start,
      goneSince: null,
      succeededAt: null,
    }
    for (const kind of ['delivered', 'accepted'] as const) {
      const state = nextLaneState(before, { kind }, { next: 'done', state: kind }, after(30))
      expect(state).toEqual({ ...healthy, succeededAt: after(30) })
    }
  })

  it('that throttles is throttled at once, and waits', () => {
    expect(nextLaneState(healthy, throttled, again, start)).toMatchObject({
      health: 'throttled',
      healthReason: 'Too many.',
      failures: 1,
      failingSince: start,
      goneSince: null,
      notBefore: after(99),
    })
  })

  it.each([
    ['does not answer', unreachable],
    ['throttles', throttled],
  ])('that %s for ten minutes is failing, and not a moment earlier', (_, outcome) => {
    const first = nextLaneState(healthy, outcome, again, start)
    const before = nextLaneState(first, outcome, again, new Date(after(10).getTime() - 1))
    expect(before.health).toBe(first.health)
    const failing = nextLaneState(before, outcome, again, after(10))
    expect(failing).toMatchObject({ health: 'failing', failures: 3, failingSince: start })
  })

  it('that does not answer once is still healthy', () => {
    expect(nextLaneState(healthy, unreachable, again, start).health).toBe('healthy')
  })

  it('that refuses a card is as it was, and free for the next card', () => {
    const before: LaneState = { ...healthy, health: 'failing', healthReason: 'No answer.', notBefore: start }
    const state = nextLaneState(
      before,
      { kind: 'refused', reason: 'Too large.' },
      { next: 'give up', state: 'refused', because: 'Too large.' },
      after(1),
    )
    expect(state).toEqual({ ...before, notBefore: null })
  })

  it('that refuses whatever is sent to its URL is failing after ten minutes, and holds nothing up', () => {
    const refused: Outcome = { kind: 'refused', reason: 'The flow wants a sign-in (401).', ofUrl: true }
    const given: Decision = { next: 'give up', state: 'refused', because: refused.reason }
    const first = nextLaneState(healthy, refused, given, start)
    expect(first).toMatchObject({ health: 'healthy', failingSince: start, failures: 0, notBefore: null })
    const later = nextLaneState(first, refused, given, after(10))
    expect(later).toMatchObject({
      health: 'failing',
      healthReason: refused.reason,
      failures: 0,
      notBefore: null,
    })
  })

  it('that is gone is gone, with its reason', () => {
    const state = nextLaneState(
      healthy,
      { kind: 'gone', reason: 'Teams answered 410.', status: 410 },
      { next: 'gone', because: 'Teams answered 410.' },
      start,
    )
    expect(state).toMatchObject({ health: 'gone', healthReason: 'Teams answered 410.', notBefore: null })
  })

  it('that may be switched off fails at once, and is gone by its own time and not by older trouble', () => {
    const gone: Outcome = { kind: 'gone', reason: 'Teams answered 404.', status: 404 }
    const off: Decision = { next: 'again', notBefore: after(200), isSwitchedOff: true }
    const troubled = nextLaneState(healthy, unreachable, again, start)
    const first = nextLaneState(troubled, gone, off, after(100))
    expect(first).toMatchObject({ health: 'failing', failingSince: start, goneSince: after(100) })
    expect(nextLaneState(first, gone, off, after(150)).goneSince).toEqual(after(100))
    expect(nextLaneState(first, unreachable, again, after(150)).goneSince).toBeNull()
    const expired: Decision = { next: 'give up', state: 'expired', because: 'Tried for 12 hours.' }
    expect(nextLaneState(first, gone, expired, after(150)).goneSince).toEqual(after(100))
  })

  it('whose head expired is asked for the next delivery at once', () => {
    const expired: Decision = { next: 'give up', state: 'expired', because: 'Tried for 24 hours.' }
    const state = nextLaneState({ ...healthy, failures: 20 }, unreachable, expired, start)
    expect(state).toMatchObject({ notBefore: null, failures: 21 })
  })
})
