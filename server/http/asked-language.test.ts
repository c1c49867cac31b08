import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { make } from '../testing/make.ts'
import { type Asked, startTestWorld, type TestSource, type TestWorld } from '../testing/world.ts'

let world: TestWorld
let source: TestSource
let webhookUrl: string
let token: string
beforeEach(async () => {
  world = await startTestWorld()
  source = await world.createSource()
  webhookUrl = world.connector().webhookUrl
  token = await world.tokenOf()
})
afterEach(() => world.close())

/** The same asked in each of our languages. */
async function inEach(url: string, asked: Asked = {}) {
  const answers = []
  for (const language of ['en-GB', 'fr-CA,fr;q=0.9', 'de, zh-TW;q=0.5'])
    answers.push(
      await world.ask(url, { ...asked, headers: { ...asked.headers, 'accept-language': language } }),
    )
  expect(answers.map(({ headers }) => headers['content-language'])).toEqual(['en', 'fr', 'zh-Hans'])
  expect(answers.map(({ headers }) => headers['vary'])).toEqual(Array(3).fill('accept-language'))
  return answers.map((answer) => answer.json())
}

describe('a person in Teams is answered in their language', () => {
  it('what there is to choose', async () => {
    const lists = await inEach('/api/sources', { token })
    const choices = lists.map(({ items }) => items[0])
    expect(choices.map(({ kindTitle }) => kindTitle)).toEqual(['Tasks', 'Tâches', '任务'])
    expect(choices.map(({ eventTypes }) => eventTypes[0])).toEqual([
      { type: 'task.created', title: 'Created' },
      { type: 'task.created', title: 'Créée' },
      { type: 'task.created', title: '已创建' },
    ])
    expect(choices.map(({ fields }) => fields[3].title)).toEqual(['Assignee', 'Responsable', '负责人'])
  })

  it("the channel's own log", async () => {
    const entityId = uuid()
    const body = world.input(source.id, { webhookUrl })
    await world.ask(`/api/configurations/${entityId}`, { method: 'PUT', token, body })
    await world.tell(source, world.task('a'))
    const logs = await inEach(`/api/configurations/${entityId}/deliveries`, { token })
    expect(logs.map(({ items }) => items[0].title)).toEqual([
      'Task created: Title of a',
      'Tâche créée\u00A0: Title of a',
      '任务已创建：Title of a',
    ])
  })

  const withRule = (changes: Parameters<typeof make.rule>[0]) => ({ rule: make.rule(changes) })
  const quiet = { days: [1], from: '22:00', to: '07:00', zone: 'Mars', criticalPasses: true }
  it.each([
    ['no URL', { webhookUrl: undefined }],
    ['blanks in the URL', { webhookUrl: 'our channel' }],
    ['no URL but a word', { webhookUrl: 'webhook' }],
    ['http', { webhookUrl: 'http://contoso.webhook.office.com/x' }],
    ['a user in the URL', { webhookUrl: 'https://a:b@contoso.webhook.office.com/x' }],
    ['another host', { webhookUrl: 'https://evil.example/x' }],
    ['another source', { sourceId: uuid() }],
    ['unknown choices', { choices: { place: 'x' } }],
    ['a form that does not fit', { name: '' }],
    ['an unknown zone', { zone: 'Mars' }],
    ['an unknown locale', { locale: 'not a locale' }],
    ['an unknown event', withRule({ eventTypes: ['task.eaten'] })],
    ['an unknown field', withRule({ include: [{ field: 'colour', op: 'is', value: 'red' }] })],
    ['no value', withRule({ include: [{ field: 'title', op: 'is' }] })],
    ['no list', withRule({ include: [{ field: 'title', op: 'in', value: 'a' }] })],
    ['a value too many', withRule({ include: [{ field: 'title', op: 'exists', value: 'a' }] })],
    ['quiet hours on Mars', withRule({ quietHours: quiet })],
    ['endless quiet hours', withRule({ quietHours: { ...quiet, days: [1, 2, 3, 4, 5, 6, 7], to: '22:00' } })],
    ['a digest at no time', withRule({ digest: { every: 'day', zone: 'UTC' } })],
  ])('why a save is refused: %s', async (_, change) => {
    const { webhookUrl: given, ...input } = { ...world.input(source.id, { webhookUrl }), ...change }
    const body = given === undefined ? input : { ...input, webhookUrl: given }
    const problems = await inEach(`/api/configurations/${uuid()}`, { method: 'PUT', token, body })
    expectOneLanguageEach(problems)
  })

  it('that a version is stale, or not theirs to change, or unknown', async () => {
    const entityId = uuid()
    const at = `/api/configurations/${entityId}`
    const body = world.input(source.id, { webhookUrl })
    await world.ask(at, { method: 'PUT', token, body })
    const stale = { method: 'PUT', token, body, headers: { 'if-match': '"7"' } } as const
    expectOneLanguageEach(await inEach(at, stale))
    const jonas = await world.tokenOf(world.people.jonas)
    expectOneLanguageEach(await inEach(at, { method: 'DELETE', token: jonas }))
    expectOneLanguageEach(await inEach(`/api/configurations/${uuid()}`, { token }))
  })

  it('why they are not let in', async () => {
    const noor = await world.tokenOf(world.people.noor)
    const expired = await world.teams.entra.issueToken({}, { person: world.people.amara, fault: 'expired' })
    for (const bad of [noor, expired, 'no.real.token', undefined])
      expectOneLanguageEach(await inEach('/api/sources', bad === undefined ? {} : { token: bad }))
  })
})

it('the log stays English, whoever asked', async () => {
  await world.ask('/api/sources', { headers: { 'accept-language': 'zh' } })
  await world.ask('/api/sources', { token: 'no.real.token', headers: { 'accept-language': 'zh' } })
  expect(world.app.lines.length).toBeGreaterThan(1)
  expect(world.app.lines.join()).not.toMatch(/\p{Script=Han}/u)
})

/** English, then French, then Chinese, each a whole sentence or several; what is quoted is nobody's language. */
function expectOneLanguageEach(problems: { detail: string }[]): void {
  const [en = '', fr = '', zh = ''] = problems.map(({ detail }) => detail)
  expect(en).toMatch(/^[\x20-\x7E]+\.$/)
  expect(fr).toMatch(/[^\x20-\x7E].*\.$/)
  expect(zh).toMatch(/\p{Script=Han}.*。$/u)
  const unquoted = (text: string) => text.replace(/«[^»]*»|“[^”]*”/g, '')
  const english = /\b(is|the|not|it|must|missing|known|has|are|again|takes)\b/
  expect(en).toMatch(english)
  expect(unquoted(fr)).not.toMatch(english)
  expect(unquoted(zh)).not.toMatch(english)
}
