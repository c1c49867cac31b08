import { Compile } from 'typebox/compile'
import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Preview, type PreviewInput } from '../../model/preview.ts'
import { startTestWorld, type TestSource, type TestWorld } from '../../testing/world.ts'

const shape = Compile(Preview)

let world: TestWorld
let source: TestSource
let amara: string
beforeEach(async () => {
  world = await startTestWorld()
  source = await world.createSource()
  amara = await world.tokenOf()
})
afterEach(() => world.close())

const draft = (changes: Partial<PreviewInput> = {}): PreviewInput => ({
  sourceId: source.id,
  choices: {},
  eventTypes: ['task.created'],
  host: 'connector',
  locale: 'en-US',
  zone: 'Europe/Paris',
  ...changes,
})

const ask = (body: unknown, token: string | undefined = amara) =>
  world.ask('/api/preview', { method: 'POST', body, ...(token !== '' && { token }) })

async function preview(changes: Partial<PreviewInput> = {}, token = amara): Promise<Preview> {
  const answer = await ask(draft(changes), token)
  expect(answer.statusCode).toBe(200)
  expect(shape.Errors(answer.json())).toEqual([])
  return answer.json()
}

const titlesIn = ({ items }: Preview) => items.map(({ messageCard }) => messageCard.title)

describe('200', () => {
  it('shows one card for each event type, in order, of invented events until a real one came', async () => {
    const { items } = await preview({ eventTypes: ['task.completed', 'task.created'] })
    expect(items).toMatchObject([
      { eventType: 'task.completed', isSample: true },
      { eventType: 'task.created', isSample: true },
    ])
    expect(items[1]?.messageCard.title).toContain('Write the release notes')
  })

  it('shows the latest real event of that type and source', async () => {
    const other = await world.createSource({ name: 'Others' })
    await world.tell(source, world.task('older'))
    world.turn({ seconds: 1 })
    await world.tell(source, world.task('newest'))
    world.turn({ seconds: 1 })
    await world.tell(source, world.task('deleted', { type: 'task.deleted' }))
    await world.tell(other, world.task('of another source'))
    const shown = await preview()
    expect(shown.items[0]?.isSample).toBe(false)
    expect(titlesIn(shown)).toEqual(['Task created: Title of newest'])
  })

  it('shows in both drawings exactly what the channel is then sent', async () => {
    const connector = world.connector()
    await world.context.worker.start()
    await world.configure(source, connector.webhookUrl)
    await world.tell(source, world.task('a'))
    const arrived = await world.teams.arrival((one) => one.text.includes('Title of a'))
    const { items } = await preview()
    expect(items[0]?.messageCard).toEqual(JSON.parse(arrived.text))
    const [{ content }] = items[0]?.adaptiveCard.attachments ?? [{ content: undefined }]
    expect(JSON.stringify(content)).toContain('Title of a')
  })

  it.each([
    ['fr-FR', /^Tâche créée/],
    ['zh-CN', /^任务已创建/],
  ])('speaks the language of the configuration: %s', async (locale, title) => {
    expect(titlesIn(await preview({ locale }))[0]).toMatch(title)
  })

  it('or the language that was saved, where none is asked for', async () => {
    const fields = { locale: 'fr-FR' }
    const { entityId } = await world.configure(source, world.connector().webhookUrl, { fields })
    const { locale: _, ...rest } = draft({ entityId })
    expect(titlesIn((await ask(rest)).json())[0]).toMatch(/^Tâche créée/)
  })

  it('says which transport is meant: as asked, else as saved, else as the host suggests', async () => {
    const { entityId } = await world.configure(source, world.connector().webhookUrl)
    const meant = async (changes: Partial<PreviewInput>) => (await preview(changes)).transport
    expect(await meant({ host: 'connector' })).toBe('connector')
    expect(await meant({ host: 'tab' })).toBe('workflow')
    expect(await meant({ host: 'tab', entityId })).toBe('connector')
    expect(await meant({ host: 'connector', entityId, transport: 'workflow' })).toBe('workflow')
  })

  it('names its type where the settings of a source read none of the examples', async () => {
    const settings = {
      proof: { by: 'bearer' },
      eventTypes: [{ type: 'ship', title: 'A ship comes in' }],
      type: { pointer: '/what' },
      title: { pointer: '/told' },
    }
    const ships = await world.createSource({ kind: 'generic-json', name: 'Harbour', settings })
    const shown = await preview({ sourceId: ships.id, eventTypes: ['ship'] })
    expect(titlesIn(shown)).toEqual(['A ship comes in'])
    expect(shown.items[0]?.isSample).toBe(true)
  })
})

describe('where the source asks for approval, real events are shown', () => {
  let guarded: TestSource
  const real = 'Task created: Title of secret'
  beforeEach(async () => {
    guarded = await world.createSource({ name: 'Guarded', access: 'approval' })
    await world.tell(guarded, world.task('secret'))
  })
  const shownTo = async (changes: Partial<PreviewInput>) =>
    titlesIn(await preview({ sourceId: guarded.id, ...changes }))

  it('to an approved configuration', async () => {
    const { entityId } = await world.configure(guarded, world.connector().webhookUrl, { approved: true })
    expect(await shownTo({ entityId })).toEqual([real])
  })

  it('but to none that is new, none that waits, and none of another source', async () => {
    const { webhookUrl } = world.connector()
    const waiting = await world.configure(guarded, webhookUrl, { approved: false })
    const elsewhere = await world.configure(source, webhookUrl, { approved: true })
    expect(await shownTo({})).not.toContain(real)
    expect(await shownTo({ entityId: waiting.entityId })).not.toContain(real)
    expect(await shownTo({ entityId: elsewhere.entityId })).not.toContain(real)
  })
})

it('401 for whoever does not say who they are', async () => {
  expect((await ask(draft(), '')).statusCode).toBe(401)
})

describe('404', () => {
  it('for a configuration that does not exist, or is of another tenant', async () => {
    const { entityId } = await world.configure(source, world.connector().webhookUrl, { tenantId: 'another' })
    for (const unknown of [uuid(), entityId]) {
      const answer = await ask(draft({ entityId: unknown }))
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'configuration-unknown'])
    }
  })
})

describe('422', () => {
  it.each([
    ['source-not-available', { sourceId: '01936f5e-0000-7000-8000-000000000000' }],
    ['event-type-unknown', { eventTypes: ['task.eaten'] }],
    ['choices-invalid', { choices: { place: 'Rotterdam' } }],
  ])('%s', async (code, changes) => {
    const answer = await ask(draft(changes))
    expect([answer.statusCode, answer.json().code]).toEqual([422, code])
  })
})

it('400 for a draft without event types', async () => {
  expect((await ask(draft({ eventTypes: [] }))).statusCode).toBe(400)
})
