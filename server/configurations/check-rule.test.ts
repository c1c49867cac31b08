import { describe, expect, it } from 'vitest'
import { createValidator } from '../lib/validator.ts'
import { Rule } from '../model/rule.ts'
import { kindOf } from '../sources/index.ts'
import type { Kind } from '../sources/source.ts'
import type { StoredSource } from '../storage/storage.ts'
import { make } from '../testing/make.ts'
import { checkRule } from './check-rule.ts'

const kind = kindOf('tasks') as Kind
const source = { name: 'Tasks', settings: {} } as StoredSource
const check = (changes: Partial<Rule>) => checkRule(make.rule(changes), kind, source)

const isRule = createValidator(Rule)
const everyDay = [1, 2, 3, 4, 5, 6, 7]
const quiet = { days: [1], from: '22:00', to: '07:00', zone: 'Europe/Paris', criticalPasses: true }

describe('quiet hours', () => {
  it('may be nights, whole days, and all but a minute of every day', () => {
    check({ quietHours: { ...quiet, days: everyDay } })
    check({ quietHours: { ...quiet, days: [6, 7], from: '00:00', to: '00:00' } })
    check({ quietHours: { ...quiet, days: everyDay, from: '00:00', to: '23:59' } })
  })

  it('that never end are refused', () => {
    const always = { ...quiet, days: everyDay, from: '07:00', to: '07:00' }
    expect(() => check({ quietHours: always })).toThrow(
      expect.objectContaining({ code: 'rule-invalid', message: expect.stringMatching(/never end/) }),
    )
  })

  it.each(['Mars/Olympus', '+01:00', '-05:30', ' ', 'Europe/Paris\n'])('in %j are refused', (zone) => {
    expect(() => check({ quietHours: { ...quiet, zone } })).toThrow(
      expect.objectContaining({ code: 'rule-invalid', message: expect.stringContaining(zone) }),
    )
  })

  it.each([
    ['no day', { days: [] }],
    ['a day twice', { days: [1, 1] }],
    ['an eighth day', { days: [8] }],
    ['half a day', { days: [1.5] }],
    ['24:00', { to: '24:00' }],
    ['a minute 60', { from: '22:60' }],
    ['a time of three figures', { from: '7:00' }],
    ['a line after the time', { from: '22:00\n' }],
    ['seconds', { from: '22:00:30' }],
  ])('with %s are no rule', (_, changes) => {
    expect(isRule(make.rule({ quietHours: { ...quiet, ...changes } }))).toMatchObject({ ok: false })
  })
})

describe('a digest', () => {
  it('may go by the clock of every zone', () => {
    for (const zone of Intl.supportedValuesOf('timeZone')) check({ digest: { every: 'hour', zone } })
  })

  it.each([
    ['in an unknown zone', { every: 'hour', zone: 'Nowhere' }, /Nowhere/],
    ['in an offset', { every: '5m', zone: '+01:00' }, /\+01:00/],
    ['a day without its time', { every: 'day', zone: 'UTC' }, /`at` is missing/],
  ] as const)('%s is refused', (_, digest, detail) => {
    expect(() => check({ digest })).toThrow(
      expect.objectContaining({ code: 'rule-invalid', message: expect.stringMatching(detail) }),
    )
  })

  it('at a time that is none is no rule', () => {
    const digest = { every: 'day' as const, at: '25:00', zone: 'UTC' }
    expect(isRule(make.rule({ digest }))).toMatchObject({ ok: false })
  })
})
