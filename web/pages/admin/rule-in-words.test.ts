import { expect, test } from 'vitest'
import { make } from '../../../server/testing/make.ts'
import { speakConsole } from '../../i18n/console.ts'
import { speak } from '../../i18n/language.ts'
import { ruleInWords, type Titles } from './rule-in-words.ts'

async function partsIn(locale: string) {
  const [{ tag, sentences: inTeams }, sentences] = await Promise.all([speak(locale), speakConsole(locale)])
  return { tag, sentences, operators: inTeams.form.operators }
}

const rule = make.rule({
  eventTypes: ['task.created', 'task.completed'],
  include: [
    { field: 'assignee', op: 'in', value: ['Ana', 'Li'] },
    { field: 'points', op: '>', value: 0 },
  ],
  exclude: [
    { field: 'title', op: 'contains', value: 'draft' },
    { field: 'dueDate', op: 'exists' },
  ],
})

const titles: Titles = {
  eventTypes: [
    { type: 'task.created', title: 'Created' },
    { type: 'task.completed', title: 'Completed' },
  ],
  fields: [
    { field: 'assignee', title: 'Assignee', type: 'text' },
    { field: 'title', title: 'Title', type: 'text' },
    { field: 'dueDate', title: 'Due', type: 'text' },
  ],
}

test('tells every condition: all of the included must hold, any of the excluded mutes', async () => {
  expect(ruleInWords(rule, titles, await partsIn('en'))).toBe(
    'Created, Completed · only if Assignee is one of Ana, Li and points is more than 0 · not if Title contains draft or Due is present',
  )
})

test('tells what has no title as the rule has it', async () => {
  const parts = await partsIn('en')
  const wide = make.rule({ eventTypes: ['task.*', 'task.lost', 'task.created'] })
  expect(ruleInWords(wide, titles, parts)).toBe('task.*, task.lost, Created')
  expect(ruleInWords(wide, undefined, parts)).toBe('task.*, task.lost, task.created')
})

test('speaks the reader’s language', async () => {
  const told = await Promise.all(
    ['fr', 'zh'].map(async (locale) => ruleInWords(rule, titles, await partsIn(locale))),
  )
  expect(told[0]).toMatch(/seulement si .* et .* sauf si .* ou /)
  expect(told[1]).toMatch(/仅当 .*和.*或.* 时除外/)
})
