import { expect, test } from 'vitest'
import { make } from '../../../server/testing/make.ts'
import { speakConsole } from '../../i18n/console.ts'
import { speak } from '../../i18n/language.ts'
import { ruleInWords } from './rule-in-words.ts'

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

test('tells every condition: all of the included must hold, any of the excluded mutes', async () => {
  expect(ruleInWords(rule, await partsIn('en'))).toBe(
    'task.created, task.completed · only if assignee is one of Ana, Li and points is more than 0 · not if title contains draft or dueDate is present',
  )
})

test('speaks the reader’s language', async () => {
  const told = await Promise.all(['fr', 'zh'].map(async (locale) => ruleInWords(rule, await partsIn(locale))))
  expect(told[0]).toMatch(/seulement si .* et .* sauf si .* ou /)
  expect(told[1]).toMatch(/仅当 .*和.*或.* 时除外/)
})
