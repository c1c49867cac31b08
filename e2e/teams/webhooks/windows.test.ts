import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CONNECTOR_LIMITS, createWindows, type Limit } from './windows.ts'

/** The definition, counted by hand over everything that was let through. */
function broken(limits: readonly Limit[], taken: readonly number[], now: number): Limit | undefined {
  return limits.find((limit) => taken.filter((time) => now - time < limit.ms).length >= limit.count)
}

const SMALL: readonly Limit[] = [
  { count: 2, ms: 10, name: '2 in 10 ms' },
  { count: 5, ms: 60, name: '5 in 60 ms' },
  { count: 7, ms: 200, name: '7 in 200 ms' },
]

function sameAsByHand(limits: readonly Limit[], gaps: readonly number[]) {
  const windows = createWindows(limits)
  const taken: number[] = []
  let now = 1_000
  for (const gap of gaps) {
    now += gap
    const expected = broken(limits, taken, now)
    expect(windows.count(now)).toEqual(expected)
    if (!expected) taken.push(now)
  }
}

describe('windows', () => {
  test('always say exactly what counting by hand says', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 200 }), (gaps) =>
        sameAsByHand(SMALL, gaps),
      ),
    )
  })

  test('say so for Teams’ own five limits as well', () => {
    const gap = fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 120_000 }))
    fc.assert(
      fc.property(fc.array(gap, { minLength: 100, maxLength: 600 }), (gaps) =>
        sameAsByHand(CONNECTOR_LIMITS, gaps),
      ),
      { numRuns: 20 },
    )
  })

  test.each(CONNECTOR_LIMITS)('takes $name and not one more, until the first is that old', (limit) => {
    const windows = createWindows([limit])
    for (let n = 0; n < limit.count; n += 1) expect(windows.count(0)).toBeUndefined()
    expect(windows.count(limit.ms - 1)).toBe(limit)
    expect(windows.count(limit.ms)).toBeUndefined()
  })

  test('never counts what it turned away', () => {
    const windows = createWindows([{ count: 1, ms: 100, name: 'one' }])
    expect(windows.count(0)).toBeUndefined()
    for (let now = 1; now < 100; now += 1) expect(windows.count(now)).toBeDefined()
    expect(windows.count(100)).toBeUndefined()
  })

  test('does not forget when the clock is set back', () => {
    const windows = createWindows([{ count: 1, ms: 100, name: 'one' }])
    expect(windows.count(1_000)).toBeUndefined()
    expect(windows.count(500)).toBeDefined()
  })
})
