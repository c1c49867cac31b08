import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Event } from '../model/event.ts'
import type { Rule } from '../model/rule.ts'
import { compileRules, type FanOutConfiguration, fanOut } from './fan-out.ts'
import { matches } from './matches.ts'

const rule: Rule = { eventTypes: ['red'], include: [], exclude: [], quietHours: null, digest: null }

const now = new Date('2026-11-20T09:30:00Z')

const event: Event = {
  id: '01936f5e-0000-7000-8000-000000000000',
  sourceId: '01936f5e-0000-7000-8000-000000000001',
  externalId: 'e-1',
  type: 'red',
  subject: 'lamp',
  title: 'The lamp is red',
  severity: 'info',
  occurredAt: '2026-11-20T09:30:00Z',
  links: [],
  facts: [],
  fields: { lamp: 7 },
}

function configuration(entityId: string, more: Partial<FanOutConfiguration> = {}): FanOutConfiguration {
  return {
    entityId,
    destinationId: `to ${entityId}`,
    rule,
    choices: {},
    paused: false,
    approved: true,
    ...more,
  }
}

const configurations = fc
  .array(
    fc.record({
      types: fc.uniqueArray(fc.constantFrom('red', 'green'), { minLength: 1 }),
      lamp: fc.constantFrom(7, 8),
      place: fc.constantFrom('Paris', 'Lyon'),
      paused: fc.boolean(),
      approved: fc.boolean(),
    }),
  )
  .map((some) =>
    some.map(({ types, lamp, place, paused, approved }, index) =>
      configuration(String(index), {
        rule: { ...rule, eventTypes: types, include: [{ field: 'lamp', op: 'is', value: lamp }] },
        choices: { place },
        paused,
        approved,
      }),
    ),
  )

const wantsParis = (_event: Event, choices: Record<string, unknown>) => choices['place'] === 'Paris'

test('makes one delivery for each configuration that wants the event, in their order, and no other', () => {
  fc.assert(
    fc.property(configurations, fc.boolean(), fc.option(fc.nat({ max: 5 })), (all, byPlace, only) => {
      const options = {
        now,
        wants: byPlace ? wantsParis : undefined,
        only: only === null ? undefined : String(only),
      }
      const expected = all
        .filter((each) => matches(each.rule, event))
        .filter((each) => !byPlace || each.choices['place'] === 'Paris')
        .filter((each) => only === null || each.entityId === String(only))
      const deliveries = fanOut(event, compileRules(all), options)
      expect(deliveries.map(({ entityId }) => entityId)).toEqual(expected.map(({ entityId }) => entityId))
      expect(deliveries.map(({ destinationId }) => destinationId)).toEqual(
        expected.map(({ destinationId }) => destinationId),
      )
    }),
  )
})

test('holds what a paused configuration wants until it is let go', () => {
  const [delivery] = fanOut(event, compileRules([configuration('a', { paused: true })]), { now })
  expect(delivery).toEqual({ entityId: 'a', destinationId: 'to a', held: { by: 'pause', until: null } })
})

test('holds what waits for approval, also when it is paused', () => {
  const waiting = [
    configuration('a', { approved: false }),
    configuration('b', { approved: false, paused: true }),
  ]
  for (const { held } of fanOut(event, compileRules(waiting), { now })) {
    expect(held).toEqual({ by: 'approval', until: null })
  }
})

test('holds nothing else', () => {
  expect(fanOut(event, compileRules([configuration('a')]), { now })).toEqual([
    { entityId: 'a', destinationId: 'to a' },
  ])
})

const quietHours = { days: [5], from: '09:00', to: '17:00', zone: 'UTC', criticalPasses: true }
const digest = { every: 'hour' as const, zone: 'UTC' }
const evening = new Date('2026-11-20T17:00:00Z')
const night = new Date('2026-11-20T18:00:00Z')

test('holds what happens in quiet hours until their end, and what a digest collects until it is due', () => {
  const rules = compileRules([
    configuration('quiet', { rule: { ...rule, quietHours } }),
    configuration('both', { rule: { ...rule, quietHours, digest } }),
    configuration('neither'),
  ])
  const heldAt = (at: Date, severity: Event['severity'] = 'info') =>
    fanOut({ ...event, severity }, rules, { now: at }).map(({ held }) => held)
  const byQuietHours = { by: 'quiet hours', until: evening }
  expect(heldAt(now)).toEqual([byQuietHours, byQuietHours, undefined])
  expect(heldAt(evening)).toEqual([undefined, { by: 'digest', until: night }, undefined])
  expect(heldAt(now, 'critical')).toEqual([undefined, undefined, undefined])
})

test('holds for approval or a pause first, whatever the time', () => {
  const timed = { rule: { ...rule, quietHours, digest } }
  const rules = compileRules([
    configuration('a', { ...timed, paused: true }),
    configuration('b', { ...timed, paused: true, approved: false }),
  ])
  for (const severity of ['info', 'critical'] as const) {
    expect(fanOut({ ...event, severity }, rules, { now }).map(({ held }) => held)).toEqual([
      { by: 'pause', until: null },
      { by: 'approval', until: null },
    ])
  }
})

test("does not mistake one rule's times for another's", () => {
  const later = { ...quietHours, to: '18:00' }
  const rules = compileRules([
    configuration('a', { rule: { ...rule, quietHours } }),
    configuration('b', { rule: { ...rule, quietHours: later } }),
    configuration('c', { rule: { ...rule, quietHours: { ...quietHours } } }),
  ])
  expect(fanOut(event, rules, { now }).map(({ held }) => held?.until)).toEqual([evening, night, evening])
})

test('does not ask the kind about configurations whose rule says no', () => {
  const asked: unknown[] = []
  const wants = (_event: Event, choices: Record<string, unknown>) => asked.push(choices) > 0
  const muted = configuration('a', { rule: { ...rule, exclude: [{ field: 'lamp', op: 'exists' }] } })
  fanOut(event, compileRules([muted, configuration('b', { choices: { b: 1 } })]), { now, wants })
  expect(asked).toEqual([{ b: 1 }])
})

test('finds no configuration by a type that objects inherit', () => {
  expect(fanOut({ ...event, type: 'constructor' }, compileRules([configuration('a')]), { now })).toEqual([])
})
