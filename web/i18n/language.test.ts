import { expect, test } from 'vitest'
import { languageOf } from './language.ts'
import { plural } from './plural.ts'
import { say } from './say.ts'

test('Teams’ locales find their language, others get English', async () => {
  const tags = ['en-us', 'fr-FR', 'fr-ca', 'zh-cn', 'zh-Hans-SG', 'zh_TW', 'de-de', ''].map(
    async (locale) => {
      const { tag } = await languageOf(locale)
      return tag
    },
  )
  expect(await Promise.all(tags)).toEqual(['en', 'fr', 'fr', 'zh-CN', 'zh-CN', 'zh-CN', 'en', 'en'])
})

test('counts follow each language’s grammar', async () => {
  const [en, fr, zh] = await Promise.all([languageOf('en'), languageOf('fr'), languageOf('zh')])
  const counted = [en, fr, zh].map(({ sentences }) => [0, 1, 2].map(sentences.form.conditionCount))
  expect(counted).toEqual([
    ['0 conditions', '1 condition', '2 conditions'],
    ['0 condition', '1 condition', '2 conditions'],
    ['0 个条件', '1 个条件', '2 个条件'],
  ])
  expect(plural('fr', { one: '# jour', other: '# jours' })(1.5)).toBe('1,5 jour')
})

test('the server’s own sentence follows what it means in the person’s language', async () => {
  const { sentences } = await languageOf('fr')
  const failure = {
    kind: 'answered',
    status: 503,
    code: 'not-ready',
    detail: 'The server is stopping.',
  } as const
  expect(say(failure, sentences)).toBe(
    'Cardwire rencontre un problème (503). Réessayez dans un instant. The server is stopping.',
  )
  expect(say({ ...failure, detail: '' }, sentences)).toMatch(/instant\.$/)
})
