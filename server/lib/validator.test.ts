import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { inWords } from './faults.ts'
import { createValidator } from './validator.ts'

const Order = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 5 }),
    id: Type.Optional(Type.String({ pattern: '^[0-9]+$', description: 'Digits only.' })),
    kind: Type.Union([Type.Literal('a'), Type.Literal('b')]),
    quiet: Type.Union([Type.Object({ from: Type.String() }), Type.Null()], { default: null }),
    tags: Type.Array(Type.Integer(), { default: [], uniqueItems: true, maxItems: 2 }),
  },
  { additionalProperties: false },
)
const validate = createValidator(Order)

function faultsOf(value: unknown): string {
  const checked = validate(value)
  return checked.ok ? '' : inWords(checked.faults)
}

describe('a validator', () => {
  it('fills in defaults and leaves the given value as it was', () => {
    const given = { name: 'n', kind: 'a' }
    expect(validate(given)).toEqual({ ok: true, value: { name: 'n', kind: 'a', quiet: null, tags: [] } })
    expect(given).toEqual({ name: 'n', kind: 'a' })
  })

  it.each([
    [{ kind: 'a' }, '/name is missing'],
    [{ name: '', kind: 'a' }, '/name must not be empty'],
    [{ name: 'too long', kind: 'a' }, '/name must have at most 5 characters'],
    [{ name: 'n', kind: 'c' }, '/kind must be "a" or "b"'],
    [{ name: 'n', kind: 'a', id: 'x' }, '/id does not fit (Digits only)'],
    [{ name: 'n', kind: 'a', quiet: {} }, '/quiet/from is missing'],
    [{ name: 'n', kind: 'a', quiet: 1 }, '/quiet must be an object or null'],
    [{ name: 'n', kind: 'a', tags: [1, 1] }, '/tags must not list anything twice'],
    [{ name: 'n', kind: 'a', tags: ['x'] }, '/tags/0 must be a whole number'],
    [{ name: 'n', kind: 'a', 'od/d': 1 }, '/od~1d is not known here'],
    [null, 'the whole must be an object'],
    [{ kind: 'c', extra: 1 }, '/name is missing; /extra is not known here; /kind must be "a" or "b"'],
  ])('says in words what is wrong with %j', (value, words) => {
    expect(faultsOf(value)).toBe(words)
  })

  it('never repeats a value it found', () => {
    expect(
      faultsOf({ name: 'hunter2', kind: 'hunter2', id: 'hunter2', quiet: 'hunter2', tags: 'hunter2' }),
    ).not.toContain('hunter2')
  })

  it('keeps its answer short whatever the caller names', () => {
    expect(faultsOf({ name: 'n', kind: 'a', ['x'.repeat(10_000)]: 1 }).length).toBeLessThan(200)
  })
})
