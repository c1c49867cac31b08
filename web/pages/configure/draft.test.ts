import { describe, expect, test } from 'vitest'
import type { Configuration } from '../../../server/model/configuration.ts'
import type { SourceChoice } from '../../../server/model/source.ts'
import { contentOf, differs, draftOf, emptyDraft, lostOf, missingOf, withSource } from './draft.ts'
import { conditionOf, draftConditionOf, newCondition } from './draft-condition.ts'

const source = (changes: Partial<SourceChoice> = {}): SourceChoice => ({
  id: '00000001-0000-4000-8000-000000000000',
  kind: 'tasks',
  kindTitle: 'Tasks',
  title: 'Launch board',
  access: 'everyone',
  eventTypes: [
    { type: 'task.created', title: 'Created' },
    { type: 'task.updated', title: 'Updated' },
  ],
  fields: [
    { field: 'assignee', title: 'Assignee', type: 'text' },
    { field: 'priority', title: 'Priority', type: 'number' },
    { field: 'urgent', title: 'Urgent', type: 'boolean' },
  ],
  choices: { type: 'object', properties: {} },
  ...changes,
})

const configuration = (changes: Partial<Configuration> = {}): Configuration => ({
  entityId: '3f1f9d0e-5f3c-4b7e-9a55-1f6c5d1f0a11',
  name: 'Launch tasks',
  sourceId: source().id,
  choices: {},
  rule: {
    eventTypes: ['task.updated', 'task.created'],
    include: [{ field: 'assignee', op: 'in', value: ['Ada', 'Grace'] }],
    exclude: [{ field: 'priority', op: '<', value: 3 }],
    quietHours: { days: [1], from: '22:00', to: '07:00', zone: 'Europe/Paris', criticalPasses: true },
    digest: null,
  },
  host: 'connector',
  locale: 'en',
  zone: 'Europe/Paris',
  paused: false,
  place: { kind: 'channel' },
  transport: 'connector',
  state: 'active',
  health: 'healthy',
  webhookHost: 'contoso.webhook.office.com',
  createdAt: '2026-11-21T09:00:00Z',
  updatedAt: '2026-11-21T09:00:00Z',
  ...changes,
})

describe('what Save waits for', () => {
  test('names everything that is missing, in the order of the form', () => {
    expect(missingOf(emptyDraft(), undefined)).toEqual(['name', 'source'])
    const inTab = { ...emptyDraft(), url: { text: '', isGood: false } }
    expect(missingOf(inTab, undefined)).toEqual(['name', 'url', 'source'])
    expect(missingOf(withSource(emptyDraft(' '), source()), source())).toEqual(['name', 'events'])
  })

  test('is nothing once there are a name, a source and one event', () => {
    const draft = { ...withSource(emptyDraft('Launch'), source()), eventTypes: ['task.created'] }
    expect(missingOf(draft, source())).toEqual([])
  })

  test('is a value for a condition that has none', () => {
    const condition = newCondition({ field: 'assignee', title: 'Assignee', type: 'text' })
    const draft = {
      ...withSource(emptyDraft('Launch'), source()),
      eventTypes: ['task.created'],
      include: [condition],
    }
    expect(missingOf(draft, source())).toEqual(['conditions'])
    expect(missingOf({ ...draft, include: [{ ...condition, op: 'exists' }] }, source())).toEqual([])
    expect(missingOf({ ...draft, include: [{ ...condition, op: 'in', value: ' , ' }] }, source())).toEqual([
      'conditions',
    ])
  })

  test('is what the source itself requires', () => {
    const asking = source({
      choices: { type: 'object', required: ['branch'], properties: { branch: { type: 'string' } } },
    })
    const draft = { ...withSource(emptyDraft('Launch'), asking), eventTypes: ['task.created'] }
    expect(missingOf(draft, asking)).toEqual(['choices'])
    expect(missingOf({ ...draft, choices: { branch: 'main' } }, asking)).toEqual([])
  })
})

describe('editing', () => {
  test('an untouched form says what was saved, rule and quiet hours included', () => {
    const saved = configuration()
    const content = contentOf(draftOf(saved, source()), source())
    expect(content.rule).toEqual({ ...saved.rule, eventTypes: ['task.created', 'task.updated'] })
    expect(content).toMatchObject({ name: saved.name, sourceId: saved.sourceId, paused: false })
  })

  test('changing something and changing it back is no change', () => {
    const draft = draftOf(configuration(), source())
    expect(differs({ ...draft, name: 'Other' }, draft)).toBe(true)
    expect(differs({ ...draft, name: 'Launch tasks ' }, draft)).toBe(false)
    expect(differs({ ...draft, eventTypes: draft.eventTypes.toReversed() }, draft)).toBe(false)
    expect(differs(draftOf(configuration(), source()), draft)).toBe(false)
  })

  test('events that the source no longer has are left out, and named', () => {
    const smaller = source({ eventTypes: [{ type: 'task.created', title: 'Created' }] })
    expect(draftOf(configuration(), smaller).eventTypes).toEqual(['task.created'])
    expect(lostOf(configuration(), smaller)).toMatchObject({ eventTypes: ['task.updated'], fields: [] })
  })

  test('conditions on fields that the source no longer has are left out, and named', () => {
    const { fields } = source()
    const without = (...names: string[]) =>
      source({ fields: fields.filter(({ field }) => !names.includes(field)) })
    const saved = configuration()

    const calmer = without('priority')
    expect(contentOf(draftOf(saved, calmer), calmer).rule).toMatchObject({
      include: saved.rule.include,
      exclude: [],
    })
    expect(lostOf(saved, calmer)).toEqual({ eventTypes: [], fields: ['priority'], isLimitless: false })

    const wider = without('assignee', 'priority')
    expect(contentOf(draftOf(saved, wider), wider).rule).toMatchObject({ include: [], exclude: [] })
    expect(lostOf(saved, wider)).toEqual({
      eventTypes: [],
      fields: ['assignee', 'priority'],
      isLimitless: true,
    })
    expect(lostOf(saved, source())).toEqual({ eventTypes: [], fields: [], isLimitless: false })
  })

  test('without its source nothing is kept that would be sent to another', () => {
    const draft = draftOf(configuration(), undefined)
    expect(draft).toMatchObject({ sourceId: null, eventTypes: [], include: [], exclude: [] })
    expect(missingOf(draft, undefined)).toEqual(['source'])
  })
})

test('another source keeps what it also understands, and starts with its own defaults', () => {
  const other = source({
    id: '00000002-0000-4000-8000-000000000000',
    eventTypes: [{ type: 'task.created', title: 'New' }],
    fields: [{ field: 'priority', title: 'Priority', type: 'number' }],
    choices: { type: 'object', properties: { branch: { type: 'string', default: 'main' } } },
  })
  const draft = withSource(draftOf(configuration(), source()), other)
  expect(draft).toMatchObject({
    sourceId: other.id,
    eventTypes: ['task.created'],
    choices: { branch: 'main' },
  })
  expect(draft.include).toEqual([])
  expect(draft.exclude).toHaveLength(1)
})

describe('a condition that was typed', () => {
  const { fields } = source()
  const typed = (field: string, op: 'is' | 'in' | 'exists' | '>', value: string) =>
    conditionOf({ row: 1, field, op, value, isList: false }, fields)

  test('asks with the type of its field', () => {
    expect(typed('priority', '>', ' 2,5 ')).toEqual({ field: 'priority', op: '>', value: 2.5 })
    expect(typed('urgent', 'is', 'true')).toEqual({ field: 'urgent', op: 'is', value: true })
    expect(typed('assignee', 'is', '42')).toEqual({ field: 'assignee', op: 'is', value: '42' })
  })

  test('splits a list at the commas of any of our languages', () => {
    expect(typed('assignee', 'in', 'Ada, Grace，Lin、')).toEqual({
      field: 'assignee',
      op: 'in',
      value: ['Ada', 'Grace', 'Lin'],
    })
  })

  test('has no value where it asks for none', () => {
    expect(typed('assignee', 'exists', 'left over')).toEqual({ field: 'assignee', op: 'exists' })
  })

  test('that was saved with several values keeps them, whatever its operator', () => {
    const saved = { field: 'assignee', op: 'is not' as const, value: ['Ada', 'Grace'] }
    expect(conditionOf(draftConditionOf(saved), fields)).toEqual(saved)
  })
})
