import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FieldValue } from '../model/event.ts'
import type { Condition, Rule } from '../model/rule.ts'
import { type AskedEvent, compileRule, matches } from './matches.ts'

/**
 * An oracle written from the sentences that define a rule, in the plainest way and with other means than the
 * code it judges: regular expressions for globs, nothing prepared, nothing remembered.
 */
const oracle = {
  rule: (rule: Rule, event: AskedEvent) =>
    rule.eventTypes.includes(event.type) &&
    rule.include.every((condition) => oracle.condition(condition, event)) &&
    !rule.exclude.some((condition) => oracle.condition(condition, event)),

  condition: ({ field, op, value }: Condition, event: AskedEvent): boolean => {
    if (op === 'is not')
      return !oracle.condition({ field, op: 'is', ...(value !== undefined && { value }) }, event)
    const found = Object.getOwnPropertyDescriptor(event.fields, field)?.value as FieldValue | undefined
    const elements = (Array.isArray(found) ? found : [found]).filter(
      (one) => one !== null && one !== undefined,
    )
    if (op === 'exists') return elements.length > 0
    const wanted = Array.isArray(value) ? value : value === undefined ? [] : [value]
    return elements.some((element) => wanted.some((one) => oracle.compare(element, op, one)))
  },

  compare: (element: Scalar, op: Condition['op'], value: Scalar): boolean => {
    const [one, other] = [oracle.lower(element), oracle.lower(value)]
    const numbers = [oracle.number(element), oracle.number(value)] as const
    const moments = [oracle.moment(element), oracle.moment(value)] as const
    if (op === 'contains') return one.split(other).length > 1 || other === ''
    if (op === 'matches') return oracle.glob(other).test(one)
    if (op === 'is' || op === 'in')
      return numbers.includes(undefined) ? one === other : numbers[0] === numbers[1]
    const sign = op === '>' ? 1 : -1
    if (numbers[0] !== undefined && numbers[1] !== undefined) return sign * (numbers[0] - numbers[1]) > 0
    if (moments[0] !== undefined && moments[1] !== undefined) return sign * (moments[0] - moments[1]) > 0
    if ([...numbers, ...moments].some((read) => read !== undefined)) return false
    return op === '>' ? one > other : one < other
  },

  lower: (value: Scalar) => String(value).toLowerCase().split('ς').join('σ'),

  number: (value: Scalar) =>
    typeof value === 'number' || /^[+-]?[0-9]+([.][0-9]+)?$/.test(String(value)) ? Number(value) : undefined,

  moment: (value: Scalar) =>
    /^[0-9]{4}-/.test(String(value)) && !Number.isNaN(Date.parse(String(value)))
      ? Date.parse(String(value))
      : undefined,

  glob: (pattern: string) =>
    new RegExp(
      `^${Array.from(pattern)
        .map((c) => (c === '*' ? '.*' : c === '?' ? '.' : `\\u{${c.codePointAt(0)?.toString(16) ?? ''}}`))
        .join('')}$`,
      'su',
    ),
}

type Scalar = string | number | boolean

const words = fc.constantFrom(
  'bug',
  'BUG',
  'a bug',
  'Feature',
  '',
  '*',
  'b?g',
  '*bug*',
  'f*e',
  'true',
  'ΟΔΟΣ',
  'οδοσ',
  '🦊',
  'x',
)
const times = fc.constantFrom('2026-11-20', '2026-11-20T00:00:00Z', '2026-11-20T02:00:00+01:00', '2026-12-01')
const numbers = fc.constantFrom<Scalar>(0, 5, -5, 5.5, 1e21, '5', '5.0', '-5', '12')
const scalar = fc.oneof<fc.Arbitrary<Scalar>[]>(
  words,
  times,
  numbers,
  fc.boolean(),
  fc.string({ maxLength: 3 }),
)
const field = fc.constantFrom('title', 'labels', 'count', 'nowhere', '__proto__', 'constructor')
const value = fc.oneof(scalar, scalar, fc.constant(null), fc.array(fc.option(scalar), { maxLength: 3 }))
const event: fc.Arbitrary<AskedEvent> = fc.record({
  type: fc.constantFrom('red', 'green', 'blue'),
  fields: fc.dictionary(field, value),
})
const condition: fc.Arbitrary<Condition> = fc.record(
  {
    field,
    op: fc.constantFrom('is', 'is not', 'contains', 'matches', 'exists', '>', '<', 'in'),
    value: fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })),
  },
  { requiredKeys: ['field', 'op'] },
)
const rule: fc.Arbitrary<Rule> = fc.record({
  eventTypes: fc.uniqueArray(fc.constantFrom('red', 'green', 'blue'), { minLength: 1 }),
  include: fc.array(condition, { maxLength: 2 }),
  exclude: fc.array(condition, { maxLength: 2 }),
  quietHours: fc.constant(null),
  digest: fc.constant(null),
})

const always = { eventTypes: ['red'], include: [], exclude: [], quietHours: null, digest: null }
const holds = (asked: Condition, fields: AskedEvent['fields']) =>
  matches({ ...always, include: [asked] }, { type: 'red', fields })

test('a rule matches exactly what it says', () => {
  fc.assert(
    fc.property(rule, fc.array(event, { minLength: 1, maxLength: 4 }), (asked, events) => {
      const isWanted = compileRule(asked)
      for (const each of [...events, ...events]) expect(isWanted(each)).toBe(oracle.rule(asked, each))
    }),
    { numRuns: 3_000 },
  )
})

test('a condition holds exactly when it says', () => {
  fc.assert(
    fc.property(condition, event, (asked, { fields }) => {
      expect(holds(asked, fields)).toBe(oracle.condition(asked, { type: 'red', fields }))
    }),
    { numRuns: 5_000 },
  )
})

test('`is not` is the negation of `is`, also for what is missing', () => {
  fc.assert(
    fc.property(condition, event, (asked, { fields }) => {
      expect(holds({ ...asked, op: 'is not' }, fields)).toBe(!holds({ ...asked, op: 'is' }, fields))
    }),
  )
  expect(holds({ field: 'nowhere', op: 'is not', value: 'x' }, {})).toBe(true)
})

const nothing = fc.constantFrom<AskedEvent['fields']>({}, { it: null }, { it: [] }, { it: [null] })

test('a missing field, a null and an empty list fail every operator but `is not`', () => {
  fc.assert(
    fc.property(condition, nothing, (asked, fields) => {
      expect(holds({ ...asked, field: 'it' }, fields)).toBe(asked.op === 'is not')
    }),
  )
})

test('exclude wins over include', () => {
  fc.assert(
    fc.property(rule, condition, event, (asked, both, each) => {
      expect(
        matches({ ...asked, include: [...asked.include, both], exclude: [...asked.exclude, both] }, each),
      ).toBe(false)
    }),
  )
})

test('more conditions never match more', () => {
  fc.assert(
    fc.property(rule, condition, event, (asked, more, each) => {
      const isWanted = matches(asked, each)
      expect(matches({ ...asked, include: [...asked.include, more] }, each) && !isWanted).toBe(false)
      expect(matches({ ...asked, exclude: [...asked.exclude, more] }, each) && !isWanted).toBe(false)
    }),
  )
})

test('case makes no difference', () => {
  const ascii = fc.string({ unit: fc.constantFrom('a', 'B', 'c', '*', '?', '1'), maxLength: 4 })
  fc.assert(
    fc.property(condition, ascii, ascii, (asked, text, wanted) => {
      const plain = holds({ ...asked, field: 'it', value: wanted }, { it: text })
      expect(holds({ ...asked, field: 'it', value: wanted.toUpperCase() }, { it: text })).toBe(plain)
      expect(holds({ ...asked, field: 'it', value: wanted }, { it: [text.toLowerCase()] })).toBe(plain)
    }),
  )
})

test.each<[string, Condition['op'], FieldValue, Condition['value'], boolean]>([
  ['a number and text that reads as one are the same', 'is', 5, '5.0', true],
  ['a list is what any element is', 'is', ['a', 'b'], 'B', true],
  ['`in` looks through its list', 'in', 'b', ['a', 'B'], true],
  ['numbers compare as numbers', '>', '10', 9, true],
  ['a date begins at midnight UTC', '<', '2026-11-20', '2026-11-20T01:30:00+01:00', true],
  ['zones count', '>', '2026-11-20T00:30:00Z', '2026-11-20T01:00:00+01:00', true],
  ['text compares as text', '<', 'v1.1', 'V1.2', true],
  ['a word is not more than a number', '>', 'high', 5, false],
  ['a boolean has a text', 'is', true, 'TRUE', true],
  ['the two lower sigmas are one letter', 'is', 'ΟΔΟΣ', 'οδος', true],
  ['`?` is one character, whatever its length', 'matches', '🦊', '?', true],
])('%s', (_law, op, found, given, expected) => {
  expect(holds({ field: 'it', op, ...(given !== undefined && { value: given }) }, { it: found })).toBe(
    expected,
  )
})
