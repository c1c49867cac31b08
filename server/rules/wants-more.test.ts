import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Condition, Rule } from '../model/rule.ts'
import { compileRule } from './matches.ts'
import { wantsMore } from './wants-more.ts'

const types = ['created', 'updated', 'deleted']
const condition: fc.Arbitrary<Condition> = fc.record({
  field: fc.constantFrom('who', 'what'),
  op: fc.constantFrom('is', 'is not', 'contains', 'exists'),
  value: fc.constantFrom('a', 'b', 'ab'),
})
const rule: fc.Arbitrary<Rule> = fc.record({
  eventTypes: fc.subarray(types, { minLength: 1 }),
  include: fc.array(condition, { maxLength: 2 }),
  exclude: fc.array(condition, { maxLength: 2 }),
  quietHours: fc.constant(null),
  digest: fc.constant(null),
})
const event = fc.record({
  type: fc.constantFrom(...types),
  fields: fc.record(
    { who: fc.constantFrom('a', 'b', 'ab'), what: fc.constantFrom('a', 'b') },
    { requiredKeys: [] },
  ),
})

/** Often one that was made of the other, since two at random seldom have much in common. */
const edited = rule.chain((before) =>
  fc.record({
    before: fc.constant(before),
    after: fc.oneof(
      rule,
      fc.record({
        eventTypes: fc.subarray(before.eventTypes, { minLength: 1 }),
        include: fc.array(condition, { maxLength: 1 }).map((more) => [...more, ...before.include]),
        exclude: fc.array(condition, { maxLength: 1 }).map((more) => [...before.exclude, ...more]),
        quietHours: fc.constant(null),
        digest: fc.constant(null),
      }),
    ),
  }),
)

test('a rule that does not want more never lets through what the other keeps out', () => {
  let less = 0
  fc.assert(
    fc.property(edited, fc.array(event, { minLength: 5, maxLength: 20 }), ({ before, after }, events) => {
      if (wantsMore(after, before)) return
      less += 1
      const [narrow, wide] = [compileRule(after), compileRule(before)]
      for (const one of events) if (narrow(one)) expect(wide(one)).toBe(true)
    }),
    { numRuns: 500 },
  )
  expect(less).toBeGreaterThan(100)
})

test('another event type, and a condition fewer or another, is more; a condition more is not', () => {
  const one: Condition = { field: 'who', op: 'is', value: 'a' }
  const before = { eventTypes: ['created'], include: [one], exclude: [one] }
  expect(wantsMore(before, before)).toBe(false)
  expect(wantsMore({ ...before, include: [one, { ...one, field: 'what' }] }, before)).toBe(false)
  expect(wantsMore({ ...before, eventTypes: ['created', 'deleted'] }, before)).toBe(true)
  expect(wantsMore({ ...before, include: [] }, before)).toBe(true)
  expect(wantsMore({ ...before, exclude: [{ ...one, value: 'b' }] }, before)).toBe(true)
})
