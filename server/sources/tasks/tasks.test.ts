import { expect, test } from 'vitest'
import { UnreadableError } from '../source.ts'
import { tasks } from './tasks.ts'

const good = { id: 'e-1', type: 'task.created', task: { id: 'T-1', title: 'Mend the fence' } }

function read(body: unknown) {
  return tasks.read({ body: Buffer.from(JSON.stringify(body)), headers: {} }, {})
}

test('reads all that a task says into title, facts, link and fields', () => {
  const [event] = read({
    ...good,
    type: 'task.completed',
    occurredAt: '2026-11-20T10:30:00+01:00',
    actor: { name: 'Ada Lovelace', imageUrl: 'https://example.com/ada.png' },
    task: {
      ...good.task,
      url: 'https://example.com/T-1',
      assignee: 'Grace Hopper',
      description: 'The **gate**, too.',
      dueDate: '2026-11-27',
    },
  })
  expect(event).toEqual({
    externalId: 'e-1',
    type: 'task.completed',
    subject: 'T-1',
    title: {
      en: 'Task completed: Mend the fence',
      fr: 'Tâche terminée\u00A0: Mend the fence',
      zh: '任务已完成：Mend the fence',
    },
    text: 'The **gate**, too.',
    severity: 'success',
    occurredAt: '2026-11-20T09:30:00.000Z',
    actor: { name: 'Ada Lovelace', imageUrl: 'https://example.com/ada.png' },
    links: [
      { title: { en: 'Open task', fr: 'Ouvrir la tâche', zh: '打开任务' }, url: 'https://example.com/T-1' },
    ],
    facts: [
      { name: { en: 'Assignee', fr: 'Responsable', zh: '负责人' }, value: 'Grace Hopper' },
      { name: { en: 'Due', fr: 'Échéance', zh: '截止日期' }, value: '2026-11-27' },
    ],
    fields: {
      type: 'task.completed',
      id: 'T-1',
      title: 'Mend the fence',
      assignee: 'Grace Hopper',
      dueDate: '2026-11-27',
      description: 'The **gate**, too.',
      actor: 'Ada Lovelace',
    },
  })
})

test('mentions whom the sender names', () => {
  const ada = { name: ' Ada\nLovelace ', id: ' ada@example.com ' }
  const again = { name: 'Ada', id: 'ADA@example.com' }
  expect(read({ ...good, mentions: [ada, again] })[0]?.mentions).toEqual([
    { name: 'Ada Lovelace', id: 'ada@example.com' },
  ])
  expect(read({ ...good, mentions: null })).toEqual(read(good))
})

test('takes null and empty text for what is not there', () => {
  const nothing = { url: null, assignee: '', description: null, dueDate: ' ' }
  const [event] = read({ ...good, actor: null, occurredAt: null, task: { ...good.task, ...nothing } })
  expect(event).toEqual(read(good)[0])
})

test('keeps the order of an array and takes an empty one', () => {
  const ids = ['e-3', 'e-1', 'e-2']
  expect(read(ids.map((id) => ({ ...good, id }))).map(({ externalId }) => externalId)).toEqual(ids)
  expect(read([])).toEqual([])
})

test.each([
  [
    'a missing title, with its place in the array',
    [good, { ...good, task: { id: 'T-2' } }],
    '/1/task/title is missing',
  ],
  ['a missing task', { id: 'e-1', type: 'task.created' }, '/task is missing'],
  ['a type there is none of', { ...good, type: 'task.eaten' }, '/type must be "task.created"'],
  [
    'a blank title',
    { ...good, task: { id: 'T-1', title: ' ' } },
    '/task/title does not fit (One line, not blank)',
  ],
  ['a number for an id', { ...good, id: 7 }, '/id must be text'],
  ['a time that is none', { ...good, occurredAt: 'yesterday' }, '/occurredAt must be a time'],
  [
    'a link that runs code',
    { ...good, task: { ...good.task, url: 'javascript:alert(1)' } },
    '/task/url must be an http',
  ],
  [
    'a picture without https',
    { ...good, actor: { name: 'A', imageUrl: 'http://a/b.png' } },
    '/actor/imageUrl must be',
  ],
  [
    'a mention of everyone',
    { ...good, mentions: [{ name: 'Everyone', id: 'everyone' }] },
    '/mentions/0/id must be a user principal name',
  ],
  [
    'an id with what nobody sees',
    { ...good, mentions: [{ name: 'Ada', id: 'a\u202Eda@example.com' }] },
    '/mentions/0/id must be',
  ],
  ['text instead of an object', 'hello', 'must be an object'],
  ['more events than a request may hold', Array.from({ length: 1_001 }, () => good), '1001 events'],
])('refuses %s and says so', (_what, body, words) => {
  expect(() => read(body)).toThrow(UnreadableError)
  expect(() => read(body)).toThrow(words)
})

test('says that a body is not JSON without quoting it', () => {
  const raw = { body: Buffer.from('{"id": secret}'), headers: {} }
  expect(() => tasks.read(raw, {})).toThrow(/^The body is not JSON\.$/)
})
