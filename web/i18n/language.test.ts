import { expect, test } from 'vitest'
import { speak } from './language.ts'
import { plural } from './plural.ts'
import { say } from './say.ts'
import { whereOf } from './where-of.ts'

test('Teams’ locales find their language, others get English', async () => {
  const tags = ['en-us', 'fr-FR', 'fr-ca', 'zh-cn', 'zh-Hans-SG', 'zh_TW', 'de-de', ''].map(
    async (locale) => {
      const { tag } = await speak(locale)
      return tag
    },
  )
  expect(await Promise.all(tags)).toEqual(['en', 'fr', 'fr', 'zh-Hans', 'zh-Hans', 'zh-Hans', 'en', 'en'])
})

test('counts follow each language’s grammar', async () => {
  const [en, fr, zh] = await Promise.all([speak('en'), speak('fr'), speak('zh')])
  const counted = [en, fr, zh].map(({ sentences }) => [0, 1, 2].map(sentences.form.conditionCount))
  expect(counted).toEqual([
    ['0 conditions', '1 condition', '2 conditions'],
    ['0 condition', '1 condition', '2 conditions'],
    ['0 个条件', '1 个条件', '2 个条件'],
  ])
  expect(plural('fr', { one: '# jour', other: '# jours' })(1.5)).toBe('1,5 jour')
})

test('the place that gets the cards is called by its name, else by what it is', async () => {
  const spoken = await Promise.all(['en', 'fr', 'zh'].map(speak))
  const asked = [{ kind: 'channel', channelName: 'General' }, { kind: 'channel' }, { kind: 'chat' }] as const
  const titles = spoken.map(({ sentences }) =>
    asked.map((place) => sentences.form.titleNew(whereOf(place, sentences))),
  )
  expect(titles).toEqual([
    [
      'Choose what General hears about',
      'Choose what this channel hears about',
      'Choose what this chat hears about',
    ],
    [
      'Choisir ce que General reçoit',
      'Choisir ce que ce canal reçoit',
      'Choisir ce que cette conversation reçoit',
    ],
    ['选择“General”要接收的内容', '选择此频道要接收的内容', '选择此聊天要接收的内容'],
  ])
})

const notServed = 'Ce serveur n’est pas ouvert à votre organisation.'

test('a failure is said once: by the server where it says anything, else by the page', async () => {
  const { sentences } = await speak('fr')
  const answered = { kind: 'answered', status: 401, code: 'unauthenticated', detail: notServed } as const
  expect(say(answered, sentences)).toBe(notServed)
  expect(say({ ...answered, code: '', detail: '' }, sentences)).toBe(sentences.trouble.signIn)
  expect(say({ ...answered, status: 502, detail: '' }, sentences)).toBe(
    'Cardwire rencontre un problème (502). Réessayez dans un instant.',
  )
  expect(say({ ...answered, status: 418, detail: '' }, sentences)).toBe(sentences.trouble.other)
})

test('a stale version is told with what the page offers to do', async () => {
  const { sentences } = await speak('zh')
  const stale = { kind: 'answered', status: 412, code: 'stale', detail: '……' } as const
  expect(say(stale, sentences)).toBe(sentences.trouble.stale)
})
