import Sqlite from 'better-sqlite3'
import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Connector } from '../../../e2e/teams/model.ts'
import type { ConfigurationInput } from '../../model/configuration.ts'
import { adminToken } from '../../testing/app.ts'
import { make } from '../../testing/make.ts'
import { until } from '../../testing/until.ts'
import { startTestWorld, type TestSource, type TestWorld } from '../../testing/world.ts'

let world: TestWorld
let source: TestSource
let connector: Connector
let amara: string
let jonas: string
beforeEach(async () => {
  world = await startTestWorld()
  source = await world.createSource()
  connector = world.connector()
  amara = await world.tokenOf()
  jonas = await world.tokenOf(world.people.jonas)
})
afterEach(() => world.close())

const at = (entityId: string) => `/api/configurations/${entityId}`
const inputOf = (changes: Partial<ConfigurationInput> = {}) =>
  world.input(source.id, { webhookUrl: connector.webhookUrl, ...changes })

interface As {
  entityId?: string
  token?: string
  ifMatch?: string
}

function put(body: unknown, { entityId = uuid(), token = amara, ifMatch }: As = {}) {
  const headers = ifMatch === undefined ? {} : { 'if-match': ifMatch }
  return world.ask(at(entityId), { method: 'PUT', body, token, headers })
}

/** Amara's, saved through the API. */
async function saved(changes: Partial<ConfigurationInput> = {}): Promise<string> {
  const entityId = uuid()
  const answer = await put(inputOf(changes), { entityId })
  expect(answer.statusCode).toBe(201)
  return entityId
}

const storedCount = async () =>
  (await world.context.storage.overview.configurations({ limit: 100 })).items.length

describe('201', () => {
  it('answers what was saved, less the webhook URL, and welcomes the channel', async () => {
    await world.context.worker.start()
    const entityId = uuid()
    const answer = await put(inputOf({ name: ' Tasks of the team ' }), { entityId })
    expect(answer.statusCode).toBe(201)
    expect(answer.headers['etag']).toBe('"1"')
    const { webhookUrl: _, ...shown } = inputOf()
    expect(answer.json()).toEqual({
      ...shown,
      entityId,
      transport: 'connector',
      state: 'active',
      health: 'healthy',
      webhookHost: new URL(connector.webhookUrl).host,
      createdAt: '2026-03-02T09:00:00.000Z',
      updatedAt: '2026-03-02T09:00:00.000Z',
    })
    const welcome = await world.teams.arrival((one) => one.webhookUrl === connector.webhookUrl)
    expect(welcome.text).toContain('Created')
  })

  it('trims the URL that people paste', async () => {
    const entityId = await saved({
      webhookUrl: `\n ${connector.webhookUrl.replace('/web', '/w\r\n  eb')} \r\n`,
    })
    const { configurations } = world.context.storage
    expect(await configurations.provesUrl(entityId, connector.webhookUrl)).toBe(true)
  })

  it('drops a next URL that cards may not be sent to, and says so in the log', async () => {
    const nextUrl = 'https://evil.example/webhookb2/0123456789abcdef'
    world.secrecy.keep(nextUrl)
    const entityId = uuid()
    expect((await put(inputOf({ nextUrl }), { entityId })).statusCode).toBe(201)
    const line = world.app.lines.find((one) => one.includes(entityId) && one.includes('request.answered'))
    expect(line).toContain('"nextUrlDropped":true')
  })

  it('never takes the maker or the tenant from the browser', async () => {
    const entityId = await saved({ tenantId: world.people.noor.tenantId, userObjectId: world.people.noor.id })
    expect(await world.context.storage.configurations.read(entityId)).toMatchObject({
      tenantId: world.people.amara.tenantId,
      makerOid: world.people.amara.id,
    })
  })
})

describe('200', () => {
  it('prefills the form with everything but the webhook URL', async () => {
    const entityId = await saved()
    const answer = await world.ask(at(entityId), { token: jonas })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['etag']).toBe('"1"')
    expect(answer.json()).toMatchObject({ entityId, name: 'Tasks of the team', paused: false })
    expect(answer.json()).not.toHaveProperty('webhookUrl')
    expect(answer.json()).not.toHaveProperty('makerOid')
    expect(answer.json()).not.toHaveProperty('tenantId')
  })

  it('replaces for its maker, and keeps the destination when no URL is sent', async () => {
    const entityId = await saved()
    const { webhookUrl: _, ...rest } = inputOf({ name: 'New name', paused: true })
    const answer = await put(rest, { entityId })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['etag']).toBe('"2"')
    expect(answer.json()).toMatchObject({ name: 'New name', paused: true })
    const { configurations } = world.context.storage
    expect(await configurations.provesUrl(entityId, connector.webhookUrl)).toBe(true)
  })

  it('replaces for a colleague who proves the current URL, and for an administrator', async () => {
    const entityId = await saved()
    expect((await put(inputOf({ name: 'By Jonas' }), { entityId, token: jonas })).statusCode).toBe(200)
    const mei = await world.tokenOf(world.people.mei)
    const { webhookUrl: _, ...rest } = inputOf({ name: 'By Mei' })
    expect((await put(rest, { entityId, token: mei })).statusCode).toBe(200)
    expect(await world.context.storage.configurations.read(entityId)).toMatchObject({
      name: 'By Mei',
      makerOid: world.people.amara.id,
    })
  })

  it('moves to a new URL, and tells the old one', async () => {
    await world.context.worker.start()
    const entityId = await saved()
    const next = world.connector()
    await put(inputOf({ webhookUrl: next.webhookUrl }), { entityId })
    await world.tell(source, world.task('a'))
    await world.teams.arrival((one) => one.webhookUrl === next.webhookUrl && one.text.includes('Title of a'))
    await world.teams.arrival(
      (one) => one.webhookUrl === connector.webhookUrl && one.text.includes('Tasks of the team'),
    )
    expect(world.received(connector.webhookUrl)).not.toContain('a')
  })

  it("lists the channel's own log in pages, newest first", async () => {
    const entityId = await saved()
    await world.tell(
      source,
      ['a', 'b', 'c'].map((id) => world.task(id)),
    )
    const titles: string[] = []
    let query = '?limit=2'
    for (let page = 0; page < 2; page++) {
      const answer = await world.ask(`${at(entityId)}/deliveries${query}`, { token: jonas })
      const { items, cursor } = answer.json()
      titles.push(...items.map((one: { title: string }) => one.title))
      query = `?limit=2&cursor=${cursor}`
      expect(cursor === undefined).toBe(page === 1)
    }
    expect(titles).toEqual([
      'Task created: Title of c',
      'Task created: Title of b',
      'Task created: Title of a',
      'Welcome',
    ])
  })

  it('lists the sources a channel can choose, and nothing secret of them', async () => {
    const answer = await world.ask('/api/sources', { token: amara })
    const [choice] = answer.json().items
    expect(choice).toMatchObject({ id: source.id, kind: 'tasks', title: 'Tasks', access: 'everyone' })
    expect(choice.eventTypes).toContainEqual({ type: 'task.created', title: 'Created' })
    expect(choice).not.toHaveProperty('key')
    expect(choice).not.toHaveProperty('settings')
  })
})

describe('what an administrator approved', () => {
  let url: string
  const edit = async (changes: Record<string, unknown>, token = amara) =>
    (await world.ask(url, { method: 'PUT', token, body: world.input(guarded.id, changes) })).json()
  let guarded: TestSource
  const two = { eventTypes: ['task.created', 'task.updated'], include: [], exclude: [] }
  const rule = (changes: object = {}) => ({ ...two, quietHours: null, digest: null, ...changes })
  const who = { field: 'assignee', op: 'is', value: 'Mei' }

  beforeEach(async () => {
    guarded = await world.createSource({ name: 'Payroll', access: 'approval' })
    url = `/api/configurations/${uuid()}`
    const { webhookUrl } = world.connector()
    expect(await edit({ webhookUrl, rule: rule() })).toMatchObject({ state: 'waiting' })
    const { etag } = (await world.ask(url, { token: amara })).headers
    const approve = { method: 'POST', token: adminToken, headers: { 'if-match': String(etag) } } as const
    expect((await world.ask(`${url.replace('api', 'api/admin')}/approve`, approve)).statusCode).toBe(200)
  })

  it.each([
    [
      'another name, and less',
      { name: 'Less', rule: rule({ eventTypes: ['task.created'], include: [who] }) },
    ],
    ['quiet hours and a digest', { rule: rule({ digest: { every: 'hour', zone: 'UTC' } }) }],
  ])('stays approved with %s', async (_, changes) => {
    expect(await edit(changes)).toMatchObject({ state: 'active' })
  })

  it('is asked for anew where its owner wants more of it, and what it is owed waits', async () => {
    const more = rule({ eventTypes: [...two.eventTypes, 'task.deleted'] })
    expect(await edit({ rule: more })).toMatchObject({ state: 'waiting' })
    await world.tell(guarded, world.task('a'))
    const { items } = (await world.ask(`${url}/deliveries`, { token: amara })).json()
    expect(items[0]).toMatchObject({ state: 'held', heldBy: 'approval' })
  })

  it('is asked for anew where its owner sends it elsewhere', async () => {
    const { webhookUrl } = world.connector()
    expect(await edit({ webhookUrl, rule: rule() })).toMatchObject({ state: 'waiting' })
  })

  it('never gets elsewhere by way of another source: what is owed is cancelled, and is not sent again', async () => {
    const entityId = url.split('/').at(-1) ?? ''
    await world.context.worker.start()
    await world.tell(guarded, world.task('sent'))
    await until('the card', async () => world.teams.received.some((one) => one.text.includes('sent')))
    expect(await edit({ paused: true })).toMatchObject({ paused: true })
    await world.tell(guarded, world.task('held'))
    const other = world.connector()
    const moved = world.input(source.id, { webhookUrl: other.webhookUrl })
    const answer = await world.ask(url, { method: 'PUT', token: amara, body: moved })
    expect(answer.json()).toMatchObject({ state: 'active' })
    await world.tell(source, world.task('open'))
    await until('the card', async () => world.received(other.webhookUrl).includes('open'))
    const { items } = (await world.ask(`${url}/deliveries`, { token: amara })).json()
    const before = items.filter((one: { kind: string; title: string }) => /held|sent/.test(one.title))
    expect(before.map((one: { state: string }) => one.state)).toEqual(['cancelled', 'delivered'])
    for (const { id } of before) {
      const again = await world.ask(at(`${entityId}/deliveries/${id}/redeliver`), {
        method: 'POST',
        token: amara,
      })
      expect(again.json()).toMatchObject({
        status: 409,
        detail: expect.stringContaining('asks for approval'),
      })
    }
    expect(world.received(other.webhookUrl)).toEqual(['open'])
  })

  it('stays approved whatever an administrator changes, the source too', async () => {
    const { webhookUrl } = world.connector()
    const mei = await world.tokenOf(world.people.mei)
    const another = await world.createSource({ name: 'Bonuses', access: 'approval' })
    const elsewhere = { method: 'PUT', token: mei, body: world.input(another.id, {}) } as const
    expect((await world.ask(url, elsewhere)).json()).toMatchObject({ state: 'active' })
    expect(await edit({ webhookUrl, rule: rule({ eventTypes: ['task.deleted'] }) }, mei)).toMatchObject({
      state: 'active',
    })
  })
})

describe('202', () => {
  it('owes the channel a test card, which arrives', async () => {
    await world.context.worker.start()
    const entityId = await saved()
    const answer = await world.ask(`${at(entityId)}/test`, { method: 'POST', token: jonas })
    expect(answer.statusCode).toBe(202)
    expect(answer.json()).toEqual({ deliveryId: expect.stringMatching(/^\d+$/) })
    await world.settled(entityId, ['delivered', 'delivered'])
  })
})

describe('204', () => {
  it('removes for its maker, and cancels what it was owed', async () => {
    const entityId = await saved()
    await world.tell(source, world.task('a'))
    expect((await world.ask(at(entityId), { method: 'DELETE', token: amara })).statusCode).toBe(204)
    expect((await world.ask(at(entityId), { token: amara })).statusCode).toBe(404)
    await world.settled(entityId, ['cancelled', 'cancelled'])
  })

  it('removes for a colleague who proves the current URL', async () => {
    const entityId = await saved()
    const { webhookUrl } = connector
    const answer = await world.ask(at(entityId), { method: 'DELETE', token: jonas, body: { webhookUrl } })
    expect(answer.statusCode).toBe(204)
  })
})

describe('400', () => {
  it.each([
    ['is not JSON', '{"name":'],
    ['is empty', ''],
    ['is a list', '[]'],
    ['has a forbidden key', '{"__proto__":{}}'],
  ])('when the body %s', async (_, body) => {
    expect((await put(body)).statusCode).toBe(400)
  })

  it.each([
    ['a name of blanks', { name: '   ' }, /name/],
    ['no event types', { rule: make.rule({ eventTypes: [] }) }, /eventTypes/],
    ['an unknown zone', { zone: 'Mars/Olympus' }, /zone/],
    ['an unknown locale', { locale: '!!' }, /locale/],
    [
      'a condition with an unknown operator',
      { rule: { ...make.rule(), include: [{ field: 'title', op: '~' }] } },
      /op/,
    ],
    [
      'a time of day that is none',
      { rule: { ...make.rule(), digest: { every: 'day', at: '25:00', zone: 'UTC' } } },
      /at/,
    ],
    ['a property nobody knows', { secretly: true }, /secretly/],
  ])('for %s, saying where', async (_, change, where) => {
    const answer = await put({ ...inputOf(), ...change })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'request-invalid', detail: expect.stringMatching(where) })
    expect(await storedCount()).toBe(0)
  })

  it('for an entityId, a cursor or a limit that are none', async () => {
    const entityId = await saved()
    expect((await world.ask('/api/configurations/x', { token: amara })).statusCode).toBe(400)
    for (const query of [
      'cursor=abc',
      'cursor=-1',
      'cursor=99999999999999999999',
      'cursor=9223372036854775808',
      'limit=0',
      'limit=many',
    ]) {
      const answer = await world.ask(`${at(entityId)}/deliveries?${query}`, { token: amara })
      expect([query, answer.statusCode]).toEqual([query, 400])
    }
  })

  it('for a body that is nested so deeply that it would take the stack of whoever walks it', async () => {
    const body = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`
    const answer = await put(body)
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({
      code: 'body-unreadable',
      detail: expect.stringContaining('deeper'),
    })
  })

  it('for an id in upper case, which would be a second name for the same thing', async () => {
    expect((await put(inputOf(), { entityId: uuid().toUpperCase() })).statusCode).toBe(400)
  })
})

describe('401', () => {
  const faults = [
    'forged',
    'unknown key',
    'tampered',
    'alg:none',
    'HS256 with the public key',
    'expired',
    'not yet valid',
    'wrong audience',
    'wrong issuer',
    'issuer of another tenant',
    'other tenant',
    'no scope',
  ] as const

  it.each(faults)('for a token that is wrong by: %s', async (fault) => {
    const entityId = await saved()
    const token = await world.teams.entra.issueToken({}, { person: world.people.amara, fault })
    const asked = [
      world.ask(at(entityId), { token }),
      put(inputOf({ name: 'Evil' }), { entityId, token }),
      world.ask(at(entityId), { method: 'DELETE', token }),
      world.ask(`${at(entityId)}/test`, { method: 'POST', token }),
      world.ask(`${at(entityId)}/deliveries`, { token }),
      world.ask('/api/sources', { token }),
    ]
    for (const answer of await Promise.all(asked)) {
      expect(answer.statusCode).toBe(401)
      expect(answer.json()).toMatchObject({ code: 'unauthenticated', status: 401 })
      expect(answer.headers['www-authenticate']).toBe('Bearer')
    }
    expect(await world.context.storage.configurations.read(entityId)).toMatchObject({ version: 1 })
  })

  it('without a token, with another scheme, and with the admin token where a person is asked for', async () => {
    const entityId = await saved()
    expect((await world.ask(at(entityId))).statusCode).toBe(401)
    const basic = { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` }
    expect((await world.ask(at(entityId), { headers: basic })).statusCode).toBe(401)
    expect((await world.ask(at(entityId), { token: adminToken })).statusCode).toBe(401)
  })
})

describe('403', () => {
  it('for a colleague who proves nothing, or the wrong URL', async () => {
    const entityId = await saved()
    const { webhookUrl: _, ...rest } = inputOf({ name: 'Evil' })
    const other = world.connector().webhookUrl
    const asked = [
      put(rest, { entityId, token: jonas }),
      put({ ...rest, webhookUrl: other }, { entityId, token: jonas }),
      world.ask(at(entityId), { method: 'DELETE', token: jonas }),
      world.ask(at(entityId), { method: 'DELETE', token: jonas, body: { webhookUrl: other } }),
    ]
    for (const answer of await Promise.all(asked)) {
      expect(answer.statusCode).toBe(403)
      expect(answer.json().detail).toMatch(/person who set this up or an administrator/)
    }
    expect(await world.context.storage.configurations.read(entityId)).toMatchObject({ version: 1 })
  })
})

describe('404', () => {
  it('for what does not exist', async () => {
    const asked = [
      world.ask(at(uuid()), { token: amara }),
      world.ask(at(uuid()), { method: 'DELETE', token: amara }),
      world.ask(`${at(uuid())}/test`, { method: 'POST', token: amara }),
      world.ask(`${at(uuid())}/deliveries`, { token: amara }),
    ]
    for (const answer of await Promise.all(asked)) {
      expect(answer.statusCode).toBe(404)
      expect(answer.json()).toMatchObject({ code: 'configuration-unknown' })
    }
  })

  it("for another tenant's, which is as unknown as one that does not exist", async () => {
    const entityId = uuid()
    await world.configure(source, connector.webhookUrl, { entityId, tenantId: world.people.noor.tenantId })
    const mei = await world.tokenOf(world.people.mei)
    for (const token of [amara, mei]) {
      const unknown = await world.ask(at(uuid()), { token })
      const asked = [
        world.ask(at(entityId), { token }),
        put(inputOf({ name: 'Evil' }), { entityId, token }),
        world.ask(at(entityId), { method: 'DELETE', token, body: { webhookUrl: connector.webhookUrl } }),
        world.ask(`${at(entityId)}/test`, { method: 'POST', token }),
        world.ask(`${at(entityId)}/deliveries`, { token }),
      ]
      for (const answer of await Promise.all(asked)) {
        expect(answer.statusCode).toBe(404)
        expect(answer.json().detail).toBe(unknown.json().detail)
      }
    }
    expect(await world.context.storage.configurations.read(entityId)).toMatchObject({ version: 1 })
  })
})

describe('412', () => {
  it('for a stale If-Match, and for any where nothing is', async () => {
    const entityId = await saved()
    const { headers } = await world.ask(at(entityId), { token: amara })
    const seen = String(headers['etag'])
    expect((await put(inputOf({ name: 'First' }), { entityId, ifMatch: seen })).statusCode).toBe(200)
    const late = await put(inputOf({ name: 'Late' }), { entityId, ifMatch: seen })
    expect(late.statusCode).toBe(412)
    expect(late.json()).toMatchObject({ code: 'stale' })
    expect((await put(inputOf(), { ifMatch: seen })).statusCode).toBe(412)
    const fresh = await world.ask(at(entityId), { token: amara })
    expect(fresh.json()).toMatchObject({ name: 'First' })
    const ifMatch = String(fresh.headers['etag'])
    expect((await put(inputOf({ name: 'Second' }), { entityId, ifMatch })).statusCode).toBe(200)
  })

  it('for an ETag that is not ours, but for none of a list that holds the current one', async () => {
    const entityId = await saved()
    expect((await put(inputOf(), { entityId, ifMatch: '"abc"' })).statusCode).toBe(412)
    expect((await put(inputOf(), { entityId, ifMatch: '"abc", "1"' })).statusCode).toBe(200)
    expect((await put(inputOf(), { entityId, ifMatch: '*' })).statusCode).toBe(200)
    expect((await put(inputOf(), { ifMatch: '*' })).statusCode).toBe(412)
  })

  it('for a removal of what someone has changed meanwhile', async () => {
    const entityId = await saved()
    const remove = (ifMatch: string) =>
      world.ask(at(entityId), { method: 'DELETE', token: amara, headers: { 'if-match': ifMatch } })
    expect((await put(inputOf({ name: 'Changed' }), { entityId })).statusCode).toBe(200)
    expect((await remove('"1"')).statusCode).toBe(412)
    expect(await world.context.storage.configurations.read(entityId)).toBeDefined()
    expect((await remove('"2"')).statusCode).toBe(204)
  })
})

describe('413 and 415', () => {
  it('for a body over 1 MB, and for one that is not JSON', async () => {
    expect((await put({ ...inputOf(), name: 'x'.repeat(1_100_000) })).statusCode).toBe(413)
    const text = { method: 'PUT' as const, token: amara, body: 'name=Tasks' }
    const answer = await world.ask(at(uuid()), {
      ...text,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(answer.statusCode).toBe(415)
    expect(await storedCount()).toBe(0)
  })
})

describe('422', () => {
  it.each([
    ['a word', 'webhook', 'webhook-url-invalid', /not a URL/],
    ['http', 'http://contoso.webhook.office.com/webhookb2/x', 'webhook-url-invalid', /https:\/\//],
    [
      'a host that is not allowed',
      'https://evil.example/webhookb2',
      'webhook-url-invalid',
      /Allowed hosts: \*\.webhook\.office\.com, .*http:\/\/localhost/,
    ],
    ['a user in it', 'https://a:b@contoso.webhook.office.com/x', 'webhook-url-invalid', /user name/],
    [
      'a workflow without its signature',
      'https://prod-1.westeurope.logic.azure.com/workflows/1',
      'webhook-url-invalid',
      /`sig=…`.*cut off/,
    ],
    ['another port', 'https://contoso.webhook.office.com:444/x', 'webhook-url-invalid', /Allowed hosts/],
  ])('for a webhook URL that is %s', async (_, webhookUrl, code, detail) => {
    const answer = await put(inputOf({ webhookUrl }))
    expect(answer.statusCode).toBe(422)
    expect(answer.json()).toMatchObject({ code, detail: expect.stringMatching(detail) })
    expect(await storedCount()).toBe(0)
  })

  it('for a new one without a webhook URL', async () => {
    const { webhookUrl: _, ...rest } = inputOf()
    expect((await put(rest)).json()).toMatchObject({ status: 422, code: 'webhook-url-missing' })
  })

  const quiet = { days: [1], from: '22:00', to: '07:00', criticalPasses: true }
  it.each([
    ['an unknown source', () => ({ sourceId: uuid() }), 'source-not-available', /Choose another/],
    [
      'an unknown event type',
      () => rule({ eventTypes: ['task.eaten'] }),
      'event-type-unknown',
      /"task.eaten".*"task.created"/,
    ],
    ['choices that the kind does not know', () => ({ choices: { place: 'x' } }), 'choices-invalid', /place/],
    [
      'an unknown field',
      () => rule({ include: [{ field: 'colour', op: 'is', value: 'red' }] }),
      'rule-invalid',
      /"colour".*"title"/,
    ],
    [
      'a condition without a value',
      () => rule({ exclude: [{ field: 'title', op: 'is' }] }),
      'rule-invalid',
      /takes one value/,
    ],
    [
      'a list where one value is asked for',
      () => rule({ include: [{ field: 'title', op: 'is', value: ['a'] }] }),
      'rule-invalid',
      /takes one value/,
    ],
    [
      'one value where a list is asked for',
      () => rule({ include: [{ field: 'title', op: 'in', value: 'a' }] }),
      'rule-invalid',
      /takes a list/,
    ],
    [
      'an empty list',
      () => rule({ include: [{ field: 'title', op: 'in', value: [] }] }),
      'rule-invalid',
      /takes a list/,
    ],
    [
      'a value for what exists',
      () => rule({ include: [{ field: 'title', op: 'exists', value: 'a' }] }),
      'rule-invalid',
      /takes no value/,
    ],
    [
      'quiet hours in an unknown zone',
      () => rule({ quietHours: { ...quiet, zone: 'Mars/Olympus' } }),
      'rule-invalid',
      /Mars\/Olympus/,
    ],
    [
      'a digest in an unknown zone',
      () => rule({ digest: { every: 'hour', zone: 'Nowhere' } }),
      'rule-invalid',
      /Nowhere/,
    ],
    [
      'a daily digest without its time',
      () => rule({ digest: { every: 'day', zone: 'UTC' } }),
      'rule-invalid',
      /`at` is missing/,
    ],
  ])('for %s', async (_, change, code, detail) => {
    const answer = await put({ ...inputOf(), ...change() })
    expect(answer.json()).toMatchObject({ status: 422, code, detail: expect.stringMatching(detail) })
    expect(await storedCount()).toBe(0)
  })

  function rule(changes: Parameters<typeof make.rule>[0]) {
    return { rule: make.rule(changes) }
  }
})

it('a name or a URL can be mended while the source no longer tells what the rule wants', async () => {
  const types = (...names: string[]) => ({
    proof: { by: 'bearer' },
    eventTypes: names.map((type) => ({ type, title: type })),
    type: { pointer: '/type' },
    title: { pointer: '/title' },
  })
  const odd = await world.createSource({ kind: 'generic-json', settings: types('a', 'b') })
  const wanted = (eventTypes: string[]) => ({ ...inputOf().rule, eventTypes })
  const entityId = await saved({ sourceId: odd.id, rule: wanted(['a', 'b']) })
  const edit = { name: 'Odd', settings: types('a'), access: 'everyone' }
  const path = `/api/admin/sources/${odd.id}`
  expect((await world.ask(path, { method: 'PUT', token: adminToken, body: edit })).statusCode).toBe(200)
  const kept = inputOf({ name: 'Mended', sourceId: odd.id, rule: wanted(['a', 'b']) })
  expect((await put(kept, { entityId })).json()).toMatchObject({ name: 'Mended' })
  const chosen = inputOf({ sourceId: odd.id, rule: wanted(['b']) })
  expect((await put(chosen, { entityId })).json()).toMatchObject({ status: 422, code: 'event-type-unknown' })
})

describe('a save that fails', () => {
  it.each(['deliveries', 'audit', 'configuration'])('leaves nothing behind: %s', async (table) => {
    const tables = { deliveries: 'delivery', audit: 'audit_entry', configuration: 'configuration' } as const
    const file = new Sqlite(world.app.config.databaseUrl.replace('file:', ''))
    const name = tables[table as keyof typeof tables]
    file.exec(
      `CREATE TRIGGER fails BEFORE INSERT ON ${name} BEGIN SELECT raise(ABORT, 'the disk is full'); END`,
    )
    const before = counts(file)
    const entityId = uuid()
    expect((await put(inputOf(), { entityId })).statusCode).toBe(500)
    expect(counts(file)).toEqual(before)
    file.exec('DROP TRIGGER fails')
    file.close()
    expect((await put(inputOf(), { entityId })).statusCode).toBe(201)
  })

  it('halfway through an edit leaves it as it was', async () => {
    const entityId = await saved()
    const file = new Sqlite(world.app.config.databaseUrl.replace('file:', ''))
    file.exec(
      `CREATE TRIGGER fails BEFORE INSERT ON audit_entry BEGIN SELECT raise(ABORT, 'the disk is full'); END`,
    )
    const moved = inputOf({ name: 'Moved', webhookUrl: world.connector().webhookUrl })
    expect((await put(moved, { entityId })).statusCode).toBe(500)
    file.exec('DROP TRIGGER fails')
    file.close()
    const after = await world.ask(at(entityId), { token: amara })
    expect(after.headers['etag']).toBe('"1"')
    expect(after.json()).toMatchObject({ name: 'Tasks of the team' })
    const { configurations } = world.context.storage
    expect(await configurations.provesUrl(entityId, connector.webhookUrl)).toBe(true)
  })

  function counts(file: { prepare(sql: string): { get(): unknown } }) {
    return ['configuration', 'destination', 'delivery', 'audit_entry'].map((name) =>
      file.prepare(`SELECT count(*) AS n FROM ${name}`).get(),
    )
  }
})

describe('two at once', () => {
  /** Lets so many saves all read before any of them goes on. */
  function readTogether(count: number): void {
    const { configurations } = world.context.storage
    const read = configurations.read
    let waiting = count
    let open: () => void = () => undefined
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    configurations.read = async (entityId) => {
      const found = await read(entityId)
      waiting -= 1
      if (waiting === 0) open()
      await gate
      return found
    }
  }

  it('nobody gets past the checks by being quick: a new entityId belongs to who came first', async () => {
    const entityId = uuid()
    const theirs = inputOf({ webhookUrl: world.connector().webhookUrl, name: 'Evil' })
    readTogether(2)
    const answers = await Promise.all([put(inputOf(), { entityId }), put(theirs, { entityId, token: jonas })])
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([201, 403]))
  })

  it('saves of the same person without If-Match are all saved, one after the other', async () => {
    const entityId = await saved()
    readTogether(3)
    const answers = await Promise.all([1, 2, 3].map((n) => put(inputOf({ name: `Name ${n}` }), { entityId })))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200])
    expect(await world.context.storage.configurations.read(entityId)).toMatchObject({ version: 4 })
  })

  it('412 for the later of two who saw the same version', async () => {
    const entityId = await saved()
    readTogether(2)
    const asked = ['First', 'Second'].map((name) => put(inputOf({ name }), { entityId, ifMatch: '"1"' }))
    const statuses = (await Promise.all(asked)).map(({ statusCode }) => statusCode)
    expect(new Set(statuses)).toEqual(new Set([200, 412]))
  })
})
