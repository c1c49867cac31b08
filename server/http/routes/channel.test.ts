import Sqlite from 'better-sqlite3'
import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answers } from '../../../e2e/teams/webhooks/answers.ts'
import { make } from '../../testing/make.ts'
import { type Asked, startTestWorld, type TestSource, type TestWorld } from '../../testing/world.ts'

let world: TestWorld
let source: TestSource
let webhookUrl: string
let entityId: string
beforeEach(async () => {
  world = await startTestWorld()
  source = await world.createSource()
  webhookUrl = world.connector().webhookUrl
  entityId = (await world.configure(source, webhookUrl)).entityId
})
afterEach(() => world.close())

/** Asks for something of the channel as Jonas, who did not make it. */
async function ask(
  path: string,
  { person = world.people.jonas, ...asked }: Asked & { person?: typeof world.people.jonas } = {},
) {
  return world.ask(`/api/configurations/${entityId}/${path}`.replace(/\/$/, ''), {
    token: await world.tokenOf(person),
    ...asked,
  })
}
const post = (path: string) => ask(path, { method: 'POST' })
const log = async () => (await ask('deliveries')).json().items

/** Quiet hours that have begun, and end in between one hour and two. */
function quietNow() {
  const hour = world.clock.now().getUTCHours()
  const at = (ahead: number) => `${String((hour + ahead) % 24).padStart(2, '0')}:00`
  return {
    quietHours: { days: [1, 2, 3, 4, 5, 6, 7], from: at(0), to: at(2), zone: 'UTC', criticalPasses: false },
  }
}

describe('the channel’s log', () => {
  it('tells what became of each card, why, and what to do', async () => {
    await world.context.worker.start()
    await world.tell(source, world.task('a'))
    await world.settled(entityId, ['delivered'])
    world.teams.script(webhookUrl, [answers.refused])
    await world.tell(source, world.task('b'))
    await world.settled(entityId, ['delivered', 'refused'])
    world.teams.script(webhookUrl, [answers.throttled])
    await world.tell(source, world.task('c'))
    await world.teams.arrival((one) => one.text.includes('Title of c'))
    await world.settled(entityId, ['delivered', 'refused', 'pending'])
    const items = await log()
    const told = items.map(({ state, why, whatToDo, canSendAgain }: Record<string, unknown>) => [
      state,
      why,
      whatToDo,
      canSendAgain,
    ])
    expect(told).toEqual([
      ['pending', expect.stringContaining('too many messages'), expect.stringContaining('as soon as'), false],
      ['refused', expect.stringContaining('did not accept'), expect.stringContaining('administrator'), true],
      ['delivered', null, null, true],
    ])
    const { items: attempts } = (await ask(`deliveries/${items[1].id}/attempts`)).json()
    expect(attempts).toEqual([
      expect.objectContaining({ outcome: 'refused', status: 200, why: items[1].why }),
    ])
  })

  it('tells into which digest an event was merged, and how many that tells', async () => {
    await world.context.worker.start()
    world.teams.script(webhookUrl, [answers.throttled])
    const events = Array.from({ length: 90 }, (_, n) => world.task(`m${n}`))
    await world.tell(source, events)
    await world.teams.arrival((one) => one.webhookUrl === webhookUrl)
    const digest = await (async () => {
      for (;;) {
        world.turn({ seconds: 40 })
        const items = (await ask('deliveries?limit=200')).json().items as {
          kind: string
          state: string
          id: string
          told: number
        }[]
        const found = items.find((one) => one.kind === 'digest' && one.state === 'delivered')
        if (found) return { ...found, items }
      }
    })()
    expect(digest.told).toBeGreaterThan(1)
    const merged = digest.items.filter((one) => one.state === 'merged')
    expect(merged).toHaveLength(digest.told)
    expect(merged.every((one) => Reflect.get(one, 'digestId') === digest.id)).toBe(true)
  })

  it('tells which events the rule kept from the channel', async () => {
    await world.configure(source, webhookUrl, {
      entityId,
      fields: { rule: make.rule({ eventTypes: ['task.completed'] }) },
    })
    await world.tell(source, [world.task('quiet'), world.task('loud', { type: 'task.completed' })])
    const { items } = (await ask('muted')).json()
    expect(items.map((one: { title: string }) => one.title)).toEqual(['Task created: Title of quiet'])
  })
})

describe('sent again', () => {
  it('is the next round at the end of the lane', async () => {
    await world.context.worker.start()
    await world.tell(source, [world.task('a'), world.task('b')])
    await world.settled(entityId, ['delivered', 'delivered'])
    const [, first] = await log()
    const answer = await post(`deliveries/${first.id}/redeliver`)
    expect(answer.statusCode).toBe(202)
    await world.settled(entityId, ['delivered', 'delivered', 'delivered'])
    const [again] = await log()
    expect(again).toMatchObject({ id: answer.json().deliveryId, eventId: first.eventId, round: 2 })
    expect(world.received(webhookUrl)).toEqual(['a', 'b', 'a'])
  })

  it('waits while the configuration is paused', async () => {
    await world.context.worker.start()
    await world.tell(source, world.task('a'))
    await world.settled(entityId, ['delivered'])
    await post('pause')
    const [first] = await log()
    await post(`deliveries/${first.id}/redeliver`)
    expect(await log()).toMatchObject([{ state: 'held', heldBy: 'pause' }, { state: 'delivered' }])
    await post('resume')
    await world.settled(entityId, ['delivered', 'delivered'])
  })

  it('409 while it is on its way', async () => {
    await world.tell(source, world.task('a'))
    const [first] = await log()
    const answer = await post(`deliveries/${first.id}/redeliver`)
    expect(answer.statusCode).toBe(409)
    expect(answer.json().detail).toBe('This card is still on its way: it is sent by itself.')
    const file = new Sqlite(world.app.config.databaseUrl.replace('file:', ''))
    file.prepare("UPDATE destination SET health = 'disabled'").run()
    file.close()
    const waits = await post(`deliveries/${first.id}/redeliver`)
    expect(waits.json().detail).toContain('switched this address off')
  })

  it('409 while it is held, with what it waits for, of its latest round too', async () => {
    await world.context.worker.start()
    await world.tell(source, world.task('a'))
    await world.settled(entityId, ['delivered'])
    const [first] = await log()
    await post('pause')
    expect((await post(`deliveries/${first.id}/redeliver`)).json()).toMatchObject({ heldBy: 'pause' })
    const [second] = await log()
    for (const { id } of [first, second])
      expect((await post(`deliveries/${id}/redeliver`)).json().detail).toContain('when you resume')
    await post('resume')
    await world.settled(entityId, ['delivered', 'delivered'])
    await world.configure(source, webhookUrl, { entityId, fields: { rule: make.rule(quietNow()) } })
    await post(`deliveries/${second.id}/redeliver`)
    await world.settled(entityId, ['delivered', 'delivered', 'held'])
    const [third] = await log()
    expect((await post(`deliveries/${third.id}/redeliver`)).json().detail).toContain('quiet hours')
  })

  it('says that quiet hours hold it, and until when', async () => {
    await world.context.worker.start()
    await world.tell(source, world.task('a'))
    await world.settled(entityId, ['delivered'])
    const [first] = await log()
    await world.configure(source, webhookUrl, { entityId, fields: { rule: make.rule(quietNow()) } })
    const answer = await post(`deliveries/${first.id}/redeliver`)
    expect(answer.statusCode).toBe(202)
    const { deliveryId, heldBy, heldUntil } = answer.json()
    expect(heldBy).toBe('quiet hours')
    await world.settled(entityId, ['delivered', 'held'])
    expect(await log()).toMatchObject([{ id: deliveryId, heldBy, heldUntil }, { id: first.id }])
  })

  it('404 for another channel’s delivery, and for one whose event is forgotten', async () => {
    await world.context.worker.start()
    const other = await world.configure(source, world.connector().webhookUrl)
    await world.tell(source, world.task('a'))
    await world.settled(entityId, ['delivered'])
    await world.settled(other.entityId, ['delivered'])
    const [theirs] = await world.deliveries(other.entityId)
    expect((await post(`deliveries/${theirs?.id}/redeliver`)).statusCode).toBe(404)
    expect((await ask(`deliveries/${theirs?.id}/attempts`)).json()).toMatchObject({
      code: 'delivery-unknown',
    })
    const database = new Sqlite(world.app.config.databaseUrl.replace('file:', ''))
    database.exec('DELETE FROM event')
    database.close()
    const [ours] = await log()
    expect((await post(`deliveries/${ours.id}/redeliver`)).statusCode).toBe(404)
  })
})

describe('the destination', () => {
  it('is told with its budget and everyone of the tenant on it, without the URL', async () => {
    await world.context.worker.start()
    const shared = await world.configure(source, webhookUrl)
    await world.configure(source, webhookUrl, { tenantId: uuid() })
    await world.tell(source, world.task('a'))
    await world.settled(entityId, ['delivered'])
    await world.settled(shared.entityId, ['delivered'])
    const told = (await ask('destination')).json()
    expect(told).toMatchObject({
      transport: 'connector',
      health: 'healthy',
      why: null,
      pending: 0,
      waitsUntil: null,
    })
    expect(told.configurations.map((one: { entityId: string }) => one.entityId).toSorted()).toEqual(
      [entityId, shared.entityId].toSorted(),
    )
    expect(told.budget).toContainEqual({ seconds: 3600, most: 100, used: 3 })
    world.turn({ minutes: 61 })
    expect((await ask('destination')).json().budget).toContainEqual({ seconds: 3600, most: 100, used: 0 })
    expect(JSON.stringify(told)).not.toContain('webhookb2')
  })

  it('that is gone says what to do, and a workflow URL in its place keeps name, rule and history', async () => {
    await world.context.worker.start()
    world.turn({ minutes: 5 })
    world.teams.script(webhookUrl, [answers.gone])
    await world.tell(source, world.task('a'))
    await world.settled(entityId, ['cancelled'])
    expect((await ask('destination')).json()).toMatchObject({
      health: 'gone',
      whatToDo: expect.stringContaining('workflow'),
    })
    expect((await log())[0]).toMatchObject({ why: expect.stringContaining('switched it off') })

    const workflow = world.teams.createWorkflow()
    world.secrecy.keep(workflow.webhookUrl)
    const before = (await ask('', { person: world.people.amara })).json()
    const {
      entityId: _,
      transport: _1,
      state: _2,
      health: _3,
      webhookHost: _4,
      createdAt: _5,
      updatedAt: _6,
      ...input
    } = before
    const body = { ...input, webhookUrl: workflow.webhookUrl }
    const saved = await ask('', { method: 'PUT', body, person: world.people.amara })
    expect(saved.json()).toMatchObject({
      name: before.name,
      rule: before.rule,
      transport: 'workflow',
      health: 'healthy',
    })
    await world.tell(source, world.task('b'))
    // Nobody can be told any more that the cards go elsewhere.
    await world.settled(entityId, ['cancelled', 'cancelled', 'accepted'])
    expect((await log()).map((one: { transport: string }) => one.transport)).toEqual([
      'workflow',
      'connector',
      'connector',
    ])
  })
})

describe('a changed transport', () => {
  it('takes along what waits, and tells the old destination', async () => {
    const workflow = world.teams.createWorkflow()
    world.secrecy.keep(workflow.webhookUrl)
    await world.tell(source, world.task('waits'))
    const body = world.input(source.id, { webhookUrl: workflow.webhookUrl, host: 'tab' })
    const token = await world.tokenOf()
    expect(
      (await world.ask(`/api/configurations/${entityId}`, { method: 'PUT', token, body })).statusCode,
    ).toBe(200)
    await world.context.worker.start()
    await world.settled(entityId, ['accepted', 'delivered'])
    expect(world.received(workflow.webhookUrl)).toEqual(['waits'])
    expect(world.received(webhookUrl)).toEqual(['notice'])
  })
})

it('pausing and going on are in the audit log, and need no webhook URL', async () => {
  expect((await post('pause')).json()).toMatchObject({ paused: true })
  expect((await post('pause')).json()).toMatchObject({ paused: true })
  await world.tell(source, world.task('a'))
  expect(await log()).toMatchObject([{ state: 'held' }])
  expect((await post('resume')).json()).toMatchObject({ paused: false })
  const { items } = await world.context.storage.audit.list({ limit: 3 })
  expect(items.map((one) => one.action).slice(0, 2)).toEqual([
    'configuration.resumed',
    'configuration.paused',
  ])
  expect(await log()).toMatchObject([{ state: 'pending' }])
})

it('that it was opened counts once', async () => {
  const openedAt = () => {
    const database = new Sqlite(world.app.config.databaseUrl.replace('file:', ''))
    const row = database.prepare('SELECT openedAt FROM configuration WHERE entityId = ?').get(entityId)
    database.close()
    return row
  }
  expect(openedAt()).toEqual({ openedAt: null })
  expect((await post('opened')).statusCode).toBe(204)
  const first = openedAt()
  expect(first).not.toEqual({ openedAt: null })
  world.turn({ minutes: 1 })
  await post('opened')
  expect(openedAt()).toEqual(first)
})

const everything: [method: 'GET' | 'POST', path: string][] = [
  ['GET', 'deliveries'],
  ['GET', 'deliveries/1/attempts'],
  ['POST', 'deliveries/1/redeliver'],
  ['GET', 'muted'],
  ['GET', 'destination'],
  ['POST', 'pause'],
  ['POST', 'resume'],
  ['POST', 'opened'],
]
describe.each(everything)('%s %s', (method, path) => {
  it('401 for nobody', async () => {
    const answer = await world.ask(`/api/configurations/${entityId}/${path}`, { method })
    expect(answer.statusCode).toBe(401)
  })

  it('404 for an unknown configuration and for another tenant’s', async () => {
    const token = await world.tokenOf()
    expect((await world.ask(`/api/configurations/${uuid()}/${path}`, { method, token })).statusCode).toBe(404)
    entityId = (await world.configure(source, webhookUrl, { tenantId: uuid() })).entityId
    expect((await ask(path, { method })).json()).toMatchObject({ code: 'configuration-unknown' })
  })
})

describe('what waits for approval', () => {
  it('is read by nobody, and does not come along when the configuration turns to another source', async () => {
    const { amara } = world.people
    const guarded = await world.createSource({ name: 'Payroll', access: 'approval' })
    const connector = world.connector()
    entityId = uuid()
    const put = async (sourceId: string, more: object = {}) =>
      world.ask(`/api/configurations/${entityId}`, {
        method: 'PUT',
        token: await world.tokenOf(amara),
        body: { ...world.input(sourceId, { rule: make.rule({ eventTypes: ['task.created'] }) }), ...more },
      })
    expect((await put(guarded.id, { webhookUrl: connector.webhookUrl })).json()).toMatchObject({
      state: 'waiting',
    })
    await world.tell(guarded, world.task('salary'))
    const waiting = await ask('deliveries')
    expect(waiting.json().items).toMatchObject([{ state: 'held', heldBy: 'approval' }])
    expect(waiting.body).not.toContain('salary')

    await world.context.worker.start()
    expect((await put(source.id)).json()).toMatchObject({ state: 'active' })
    await world.tell(source, world.task('open'))
    await world.teams.arrival((one) => one.text.includes('Title of open'))
    expect(world.received(connector.webhookUrl)).not.toContain('salary')
    const after = await ask('deliveries')
    expect(after.json().items.at(-1)).toMatchObject({ state: 'cancelled' })
    expect(after.body).not.toContain('salary')
  })
})

describe('sending again', () => {
  const again = (id: string) => post(`deliveries/${id}/redeliver`)

  it('is refused for what was said of a moment, what was sent again since, and a URL that is gone', async () => {
    await world.context.worker.start()
    await world.context.storage.configurations.notify(entityId, {
      about: 'moved',
      configurationName: 'Tasks',
    })
    await world.tell(source, world.task('a'))
    const [notice, card] = await world.settled(entityId, ['delivered', 'delivered'])
    expect((await again(notice?.id ?? '')).statusCode).toBe(409)
    expect((await again(card?.id ?? '')).statusCode).toBe(202)
    await world.settled(entityId, ['delivered', 'delivered', 'delivered'])
    expect((await again(card?.id ?? '')).statusCode).toBe(409)
    const sendable = (await log()).map((one: { canSendAgain: boolean }) => one.canSendAgain)
    expect(sendable).toEqual([true, false, false])
    const file = new Sqlite(world.app.config.databaseUrl.replace('file:', ''))
    file.prepare("UPDATE destination SET health = 'gone'").run()
    file.close()
    const [latest] = await log()
    expect((await again(latest.id)).statusCode).toBe(409)
    expect(world.received(webhookUrl)).toEqual(['notice', 'a', 'a'])
  })

  it('is limited for each person, as test cards are', async () => {
    const tests: number[] = []
    for (let count = 0; count < 6; count++) tests.push((await post('test')).statusCode)
    expect(tests).toEqual([202, 202, 202, 202, 202, 429])
  })
})

describe('an endpoint that repeats what it was asked', () => {
  it('shows its URL to nobody', async () => {
    world.teams.script(webhookUrl, [{ status: 400, body: `Cannot POST ${webhookUrl}` }])
    await world.context.worker.start()
    await world.tell(source, world.task('a'))
    await world.settled(entityId, ['refused'])
    const [refused] = await log()
    const attempts = await ask(`deliveries/${refused.id}/attempts`)
    expect(attempts.json().items[0].answer).toContain('Cannot POST …')
    expect(attempts.body).not.toContain(new URL(webhookUrl).pathname)
  })
})
