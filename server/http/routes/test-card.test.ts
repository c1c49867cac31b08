import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answers } from '../../../e2e/teams/webhooks/answers.ts'
import { tryUrl } from '../../configurations/try-url.ts'
import { languages } from '../../model/language.ts'
import { startTestWorld, type TestWorld } from '../../testing/world.ts'

let world: TestWorld
beforeEach(async () => {
  world = await startTestWorld()
  await world.context.worker.start()
})
afterEach(() => world.close())

async function tryIt(body: unknown, { person = world.people.amara, language = 'en' } = {}) {
  const [token, headers] = [await world.tokenOf(person), { 'accept-language': language }]
  return world.ask('/api/test-card', { method: 'POST', body, token, headers })
}

/** A workflow in Teams whose URL nobody may see. */
function workflowUrl(): string {
  const { webhookUrl } = world.teams.createWorkflow()
  world.secrecy.keep(webhookUrl)
  return webhookUrl
}

const destinations = () => world.context.storage.watch().then((watched) => watched.destinations)

describe('200', () => {
  it('a connector says that the card is in the channel, and the URL is forgotten', async () => {
    const { webhookUrl } = world.connector()
    const answer = await tryIt({ webhookUrl, name: 'Launch tasks', locale: 'fr-FR' })
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({
      outcome: 'delivered',
      transport: 'connector',
      status: 200,
      answer: '1',
    })
    const card = await world.teams.arrival((one) => one.webhookUrl === webhookUrl)
    expect(card.text).toMatch(/carte d’essai.*Launch tasks/)
    expect(await destinations()).toMatchObject({ healthy: 0, gone: 0 })
  })

  it('a workflow has accepted it, which is never told as delivered, in any language', async () => {
    const webhookUrl = workflowUrl()
    for (const language of languages) {
      const { outcome, transport, why, whatToDo } = (await tryIt({ webhookUrl }, { language })).json()
      expect({ outcome, transport }).toEqual({ outcome: 'accepted', transport: 'workflow' })
      expect(`${why} ${whatToDo}`).toMatch(
        { en: /accepted.*flow/, fr: /accepté.*flux/, zh: /接受.*流/ }[language],
      )
      expect(`${why}`).not.toMatch(/delivered|remise|distribuée|已送达/)
    }
  })

  it.each([
    ['a throttled connector', answers.throttled, 'throttled', /too many messages/],
    ['trouble at Microsoft’s', { status: 503, body: '' }, 'unreachable', /trouble of its own/],
    ['a card it cannot take', { status: 400, body: 'Bad payload' }, 'refused', /did not accept this card/],
    ['a connector that is gone', { status: 410, body: '' }, 'gone', /switched it off.*Make a workflow/],
  ])('what is wrong is told and tried once: %s', async (_, scripted, outcome, words) => {
    const { webhookUrl } = world.connector()
    world.teams.script(webhookUrl, [scripted])
    const told = (await tryIt({ webhookUrl })).json()
    expect(told).toMatchObject({ outcome })
    expect(`${told.why} ${told.whatToDo}`).toMatch(words)
    world.turn({ hours: 2 })
    expect((await tryIt({ webhookUrl })).json()).toMatchObject({ outcome: 'delivered' })
    expect(world.teams.received.filter((one) => one.webhookUrl === webhookUrl)).toHaveLength(2)
  })

  it('a flow that is deleted is told with what to do', async () => {
    const { id, webhookUrl } = world.teams.createWorkflow()
    world.secrecy.keep(webhookUrl)
    world.teams.deleteWorkflow(id)
    const told = (await tryIt({ webhookUrl })).json()
    expect(told).toMatchObject({ outcome: 'gone', why: expect.stringContaining('deleted') })
  })

  it('is charged to the budget of its URL, and waits for no window of Teams', async () => {
    const source = await world.createSource()
    const { webhookUrl } = world.connector()
    const { entityId } = await world.configure(source, webhookUrl)
    for (const id of ['a', 'b', 'c', 'd']) await world.tell(source, world.task(id))
    await world.settled(entityId, Array(4).fill('delivered'))
    world.turn({ ms: 100 })
    const waited = tryIt({ webhookUrl })
    // The fifth within a second waits in its lane until the second is over.
    const turning = setInterval(() => world.turn({ ms: 300 }), 20)
    expect((await waited).json()).toMatchObject({ outcome: 'delivered' })
    clearInterval(turning)
    const sent = world.teams.received.filter((one) => one.webhookUrl === webhookUrl)
    expect(sent).toHaveLength(5)
    const [first, , , , fifth] = sent.map((one) => new Date(one.at).getTime())
    expect(Number(fifth) - Number(first)).toBeGreaterThanOrEqual(1000)
  })

  it('it is sent at once where the lane waits after a failure, behind what waits in it', async () => {
    const source = await world.createSource()
    const { webhookUrl } = world.connector()
    const { entityId } = await world.configure(source, webhookUrl)
    world.teams.script(webhookUrl, [{ status: 503, body: '' }])
    await world.tell(source, world.task('a'))
    await world.settled(entityId, ['pending'])
    await world.teams.arrival((one) => one.webhookUrl === webhookUrl)
    expect((await tryIt({ webhookUrl })).json()).toMatchObject({ outcome: 'delivered' })
    expect(world.received(webhookUrl)).toEqual(['a', 'a', 'notice'])
  })

  it('where a card before it holds up its lane, what Teams answered to that one is told', async () => {
    const source = await world.createSource()
    const webhookUrl = workflowUrl()
    const destination = { url: webhookUrl, transport: 'workflow' as const }
    const { entityId } = await world.configure(source, webhookUrl, { destination })
    world.teams.script(
      webhookUrl,
      [answers.gone, answers.gone].map((one) => ({ ...one, status: 404 })),
    )
    await world.tell(source, world.task('a'))
    await world.settled(entityId, ['pending'])
    await world.teams.arrival((one) => one.webhookUrl === webhookUrl)
    const { outcome, whatToDo } = (await tryIt({ webhookUrl })).json()
    expect({ outcome, whatToDo }).toEqual({ outcome: 'waiting', whatToDo: expect.stringContaining('witch') })
    expect(world.received(webhookUrl)).toEqual(['a', 'a'])
  })

  it('it is withdrawn where the process stops before its turn, and comes at no later start', async () => {
    const { webhookUrl: url } = world.connector()
    await world.context.worker.stop()
    const { storage, now } = world.context
    const tools = { storage, now, onCommit: () => undefined, isStopping: () => true }
    const tried = await tryUrl({ url, transport: 'connector', name: 'Launch', locale: 'en' }, tools)
    expect(tried).toMatchObject({ outcome: 'waiting', status: null })
    expect(await storage.deliveries.counts()).toMatchObject({ pending: 0, cancelled: 1 })
  })

  it('what cannot be sent soon is withdrawn and never sent', async () => {
    const source = await world.createSource()
    const { webhookUrl } = world.connector()
    const { entityId } = await world.configure(source, webhookUrl)
    world.teams.script(webhookUrl, [{ ...answers.throttled }])
    await world.tell(source, world.task('a'))
    await world.settled(entityId, ['pending'])
    await world.teams.arrival((one) => one.webhookUrl === webhookUrl)
    world.turn({ ms: 1 })
    const told = (await tryIt({ webhookUrl })).json()
    expect(told).toMatchObject({ outcome: 'waiting' })
    world.turn({ hours: 2 })
    await world.settled(entityId, ['delivered'])
    expect((await tryIt({ webhookUrl })).json()).toMatchObject({ outcome: 'delivered' })
    expect(world.received(webhookUrl)).toEqual(['a', 'a', 'notice'])
  })
})

describe('not sent', () => {
  it('401 without a token', async () => {
    expect((await world.ask('/api/test-card', { method: 'POST', body: {} })).statusCode).toBe(401)
  })

  it.each([
    ['an unknown host', 'https://evil.example/x', /Allowed hosts/],
    ['a workflow without its signature', 'https://prod-1.westeurope.logic.azure.com/x', /cut off/],
  ])('422 for %s', async (_, webhookUrl, detail) => {
    const answer = await tryIt({ webhookUrl })
    expect(answer.statusCode).toBe(422)
    expect(answer.json().detail).toMatch(detail)
  })

  it('429 for the sixth of a person within a minute, and not for someone else', async () => {
    const webhookUrl = workflowUrl()
    for (let n = 0; n < 5; n += 1) expect((await tryIt({ webhookUrl })).statusCode).toBe(200)
    const sixth = await tryIt({ webhookUrl })
    expect(sixth.statusCode).toBe(429)
    expect(Number(sixth.headers['retry-after'])).toBeGreaterThan(0)
    expect((await tryIt({ webhookUrl }, { person: world.people.jonas })).statusCode).toBe(200)
  })

  it('a URL that was tried and never saved is kept sealed nowhere, and a save of it works', async () => {
    const source = await world.createSource()
    const webhookUrl = workflowUrl()
    await tryIt({ webhookUrl: `\n${webhookUrl} ` })
    const entityId = uuid()
    const body = world.input(source.id, { webhookUrl })
    const saved = await world.ask(`/api/configurations/${entityId}`, {
      method: 'PUT',
      token: await world.tokenOf(),
      body,
    })
    expect(saved.json()).toMatchObject({ transport: 'workflow', health: 'healthy' })
    await world.settled(entityId, ['accepted'])
  })
})
