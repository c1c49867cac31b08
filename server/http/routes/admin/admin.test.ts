import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { kinds } from '../../../sources/index.ts'
import { adminToken } from '../../../testing/app.ts'
import { make } from '../../../testing/make.ts'
import { until } from '../../../testing/until.ts'
import { type Asked, startTestWorld, type TestSource, type TestWorld } from '../../../testing/world.ts'

let world: TestWorld
let source: TestSource
beforeEach(async () => {
  world = await startTestWorld()
  source = await world.createSource()
})
afterEach(() => world.close())

const ask = (url: string, asked: Asked = {}) => world.ask(url, { token: adminToken, ...asked })
const sourceAt = () => `/api/admin/sources/${source.id}`
const edit = (changes: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  ask(sourceAt(), {
    method: 'PUT',
    body: { name: 'Tasks', settings: {}, access: 'everyone', ...changes },
    headers,
  })
/** Past the watch over answers: these show a secret, once. */
async function askForSecret(method: 'POST' | 'PUT', url: string, payload: object) {
  const headers = { authorization: `Bearer ${adminToken}` }
  const answer = await world.app.http.inject({ method, url, headers, payload })
  world.secrecy.keep(answer.json<{ secret: string }>().secret)
  return answer
}

const everyRoute = (): [Asked['method'], string, unknown?][] => [
  ['GET', '/api/admin/session'],
  ['DELETE', '/api/admin/session'],
  ['GET', '/api/admin/sources'],
  ['POST', '/api/admin/sources', { kind: 'tasks', name: 'Evil' }],
  ['GET', sourceAt()],
  ['PUT', sourceAt(), { name: 'Evil', settings: {}, access: 'everyone' }],
  ['DELETE', sourceAt()],
  ['GET', `${sourceAt()}/refusals`],
  ['POST', `${sourceAt()}/losses`, { settings: {} }],
  ['GET', '/api/admin/configurations'],
  ['GET', `/api/admin/configurations/${uuid()}`],
  ['PUT', `/api/admin/configurations/${uuid()}`, world.input(source.id, { tenantId: 't' })],
  ['DELETE', `/api/admin/configurations/${uuid()}`],
  ['POST', `/api/admin/configurations/${uuid()}/test`],
  ['POST', `/api/admin/configurations/${uuid()}/pause`, { paused: true }],
  ['POST', `/api/admin/configurations/${uuid()}/approve`],
  ['GET', '/api/admin/kinds'],
  ['GET', '/api/admin/destinations'],
  ['POST', `/api/admin/destinations/${uuid()}/disable`, { disabled: true }],
  ['GET', '/api/admin/deliveries'],
  ['GET', '/api/admin/deliveries/1'],
  ['POST', '/api/admin/deliveries/1/redeliver'],
  ['POST', '/api/admin/deliveries/redeliver', { ids: ['1'] }],
  ['GET', '/api/admin/audit'],
  ['GET', '/app-package.zip'],
  ['GET', '/api/admin/app-package.zip'],
  ['GET', '/api/admin/app-package'],
]

describe('only an administrator', () => {
  const forged = () => world.teams.entra.issueToken({}, { person: world.people.mei, fault: 'forged' })

  it.each([
    ['without a token, and with a wrong one', async () => [undefined, 'wrong']],
    ['with a longer one, and with a forged one', async () => [`${adminToken}x`, await forged()]],
  ])('401 %s', async (_, give) => {
    const tokens = await give()
    for (const [method, url, body] of everyRoute()) {
      for (const token of tokens) {
        const answer = await world.ask(url, {
          ...(method && { method }),
          ...(body !== undefined && { body }),
          ...(token !== undefined && { token }),
        })
        expect([method, url, answer.statusCode]).toEqual([method, url, 401])
      }
    }
  })

  it('403 for a person without the app role', async () => {
    const token = await world.tokenOf()
    for (const [method, url, body] of everyRoute()) {
      const answer = await world.ask(url, {
        ...(method && { method }),
        ...(body !== undefined && { body }),
        token,
      })
      expect([method, url, answer.statusCode]).toEqual([method, url, 403])
    }
  })

  it('is also a person with the app role', async () => {
    const token = await world.tokenOf(world.people.mei)
    expect((await world.ask('/api/admin/sources', { token })).statusCode).toBe(200)
  })
})

describe('sources', () => {
  it('are made with a key, a URL and a secret that is shown once', async () => {
    const body = { kind: 'tasks', name: 'Planner', settings: {} }
    const answer = await askForSecret('POST', '/api/admin/sources', body)
    expect(answer.statusCode).toBe(201)
    const made = answer.json()
    expect(made).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      key: expect.stringMatching(/^[\w-]{16}$/),
      url: `${world.app.config.publicUrl}/hooks/${made.key}`,
      secret: expect.stringMatching(/^[\w-]{43}$/),
      sample: { headers: expect.any(Object), body: expect.any(String) },
    })
    const read = await ask(`/api/admin/sources/${made.id}`)
    expect(read.headers['etag']).toBe('"1"')
    expect(read.json()).toMatchObject({
      name: 'Planner',
      secrets: 1,
      configurations: 0,
      paused: false,
      lastEventAt: null,
    })
    expect(read.json()).not.toHaveProperty('secret')
    const { items } = (await ask('/api/admin/sources')).json()
    expect(items.map((one: { name: string }) => one.name)).toEqual(['Tasks', 'Planner'])
  })

  it('come with a sample request that they take, whatever their kind, and after a rotation with another', async () => {
    const beginnings = kinds.flatMap((kind) =>
      kind.examples.map(({ settings }) => ({ kind: kind.id, name: 'Tried', settings })),
    )
    for (const body of beginnings) {
      const made = (await askForSecret('POST', '/api/admin/sources', body)).json()
      const { kind: _, ...kept } = body
      const edited = { ...kept, access: 'everyone', secrets: 'rotate' }
      const rotated = await askForSecret('PUT', `/api/admin/sources/${made.id}`, edited)
      expect(rotated.json().sample).not.toEqual(made.sample)
      for (const { headers, body: payload } of [made.sample, rotated.json().sample]) {
        const url = `/hooks/${made.key}`
        const told = await world.app.http.inject({ method: 'POST', url, headers, payload })
        expect([told.statusCode, told.json().events.length]).toEqual([202, expect.toSatisfy((n) => n > 0)])
      }
    }
  })

  it('come without one where none of the examples is theirs', async () => {
    const { settings } = kinds.find(({ id }) => id === 'generic-json')?.examples[0] ?? {}
    const own = { kind: 'generic-json', name: 'Own', settings: { ...settings, title: { pointer: '/own' } } }
    const made = await askForSecret('POST', '/api/admin/sources', own)
    expect([made.statusCode, made.json().sample]).toEqual([201, undefined])
  })

  it('say in the language that is asked for how their senders prove themselves', async () => {
    const told = (await ask(sourceAt(), { headers: { 'accept-language': 'fr' } })).json()
    expect(told.proof).toContain('l’en-tête «\u00A0Authorization: Bearer\u00A0»')
  })

  it('tell how many configurations depend on them and when they last told something', async () => {
    await world.configure(source, world.connector().webhookUrl)
    await world.tell(source, world.task('a'))
    const shown = (await ask(sourceAt())).json()
    expect(shown).toMatchObject({ configurations: 1, lastEventAt: '2026-03-02T09:00:00.000Z' })
  })

  it('tell what people call their kind, their event types and their fields, in the language that is asked for', async () => {
    const inFrench = { headers: { 'accept-language': 'fr-FR' } }
    const listed = await ask('/api/admin/sources', inFrench)
    expect(listed.headers).toMatchObject({ 'content-language': 'fr', vary: 'accept-language' })
    const [told] = listed.json().items
    expect(told.kindTitle).toBe('Tâches')
    expect(told.eventTypes).toContainEqual({ type: 'task.created', title: 'Créée' })
    expect(told.fields).toContainEqual({ field: 'assignee', title: 'Responsable', type: 'text' })
    expect((await ask(sourceAt(), inFrench)).json()).toEqual(told)
    const inEnglish = (await edit()).json()
    expect(inEnglish.eventTypes).toContainEqual({ type: 'task.created', title: 'Created' })
  })

  it.each([
    ['an unknown kind', { kind: 'telepathy' }, 422, 'kind-unknown'],
    ['settings that the kind does not know', { settings: { colour: 'red' } }, 422, 'settings-invalid'],
    ['settings that cannot work', { kind: 'generic-json', settings: {} }, 422, 'settings-invalid'],
    ['a secret that is too short', { secret: 'short' }, 400, 'request-invalid'],
    ['a name of blanks', { name: ' ' }, 400, 'request-invalid'],
  ])('are not made of %s', async (_, change, status, code) => {
    const body = { kind: 'tasks', name: 'Planner', settings: {}, ...change }
    const answer = await ask('/api/admin/sources', { method: 'POST', body })
    expect(answer.json()).toMatchObject({ status, code })
    expect((await ask('/api/admin/sources')).json().items).toHaveLength(1)
  })

  it('are edited, paused and resumed', async () => {
    const edited = await edit({ name: 'Renamed', paused: true, access: 'approval' })
    expect(edited.statusCode).toBe(200)
    expect(edited.headers['etag']).toBe('"2"')
    expect(edited.json()).toMatchObject({ name: 'Renamed', paused: true, access: 'approval', secrets: 1 })
    expect(edited.json()).not.toHaveProperty('secret')
    expect((await edit({ name: 'Renamed again' })).json()).toMatchObject({ paused: true })
    expect((await edit({ paused: false })).json()).toMatchObject({ paused: false })
  })

  it('412 for an edit over one that was not seen', async () => {
    const seen = String((await ask(sourceAt())).headers['etag'])
    expect((await edit({ name: 'First' }, { 'if-match': seen })).statusCode).toBe(200)
    const late = await edit({ name: 'Late', secrets: 'retire' }, { 'if-match': seen })
    expect(late.json()).toMatchObject({ status: 412, code: 'stale' })
    expect((await ask(sourceAt())).json()).toMatchObject({ name: 'First' })
  })

  it('rotate their secret with two valid, and retire all but the newest', async () => {
    const rotate = { name: 'Tasks', settings: {}, access: 'everyone', secrets: 'rotate' }
    const rotated = await askForSecret('PUT', sourceAt(), rotate)
    expect(rotated.json()).toMatchObject({ secrets: 2, secret: expect.stringMatching(/^[\w-]{43}$/) })
    const again = await askForSecret('PUT', sourceAt(), rotate)
    expect(again.json()).toMatchObject({ secrets: 2 })
    expect((await edit({ secrets: 'retire' })).json()).toMatchObject({ secrets: 1 })
    const newest = { ...source, secret: again.json().secret }
    const older = { ...source, secret: rotated.json().secret }
    expect((await world.tell(newest, world.task('a'))).statusCode).toBe(202)
    expect((await world.tell(older, world.task('b'))).statusCode).toBe(401)
    expect((await world.tell(source, world.task('c'))).statusCode).toBe(401)
  })

  it('lose no secret that was given out when two rotate at once', async () => {
    const rotate = { name: 'Tasks', settings: {}, access: 'everyone', secrets: 'rotate' }
    const answers = await Promise.all([1, 2].map(() => askForSecret('PUT', sourceAt(), rotate)))
    for (const [index, answer] of answers.entries()) {
      const told = await world.tell({ ...source, secret: answer.json().secret }, world.task(`a${index}`))
      expect(told.statusCode).toBe(202)
    }
  })

  it('409 while a configuration depends on them, then removed', async () => {
    const { entityId } = await world.configure(source, world.connector().webhookUrl)
    const refused = await ask(sourceAt(), { method: 'DELETE' })
    expect(refused.json()).toMatchObject({
      status: 409,
      code: 'conflict',
      detail: expect.stringMatching(/: Tasks\./),
    })
    const names = Array.from({ length: 6 }, (_, index) => `Board ${index}`)
    for (const name of names)
      await world.configure(source, world.connector().webhookUrl, {
        fields: { ...world.input(source.id, { name }) },
      })
    const inFrench = { method: 'DELETE', headers: { 'accept-language': 'fr' } } as const
    expect((await ask(sourceAt(), inFrench)).json().detail).toContain(
      'Board 0, Board 1, Board 2, Board 3, Board 4 et 2 de plus',
    )
    for (const one of (await ask('/api/admin/configurations')).json().items)
      if (one.entityId !== entityId)
        await ask(`/api/admin/configurations/${one.entityId}`, { method: 'DELETE' })
    await ask(`/api/admin/configurations/${entityId}`, { method: 'DELETE' })
    expect((await ask(sourceAt(), { method: 'DELETE' })).statusCode).toBe(204)
    expect((await ask(sourceAt())).json()).toMatchObject({ status: 404, code: 'source-unknown' })
    expect((await ask(sourceAt(), { method: 'DELETE' })).statusCode).toBe(404)
    expect((await edit()).statusCode).toBe(404)
  })

  it('write every change into the audit log, without a secret', async () => {
    await askForSecret('PUT', sourceAt(), {
      name: 'Tasks',
      settings: {},
      access: 'everyone',
      secrets: 'rotate',
    })
    await edit({ paused: true, secrets: 'retire' })
    await ask(sourceAt(), { method: 'DELETE' })
    const { items } = (await ask('/api/admin/audit')).json()
    expect(items).toMatchObject([
      { action: 'source.removed', subject: source.id, who: 'administrator:token' },
      { action: 'source.edited', detail: { paused: true, secrets: 'retired' } },
      { action: 'source.edited', detail: { secrets: 'rotated' } },
      { action: 'source.created', detail: { name: 'Tasks', kind: 'tasks' } },
    ])
  })
})

describe('other settings of a source', () => {
  const settingsWith = (...types: string[]) => ({
    proof: { by: 'bearer' },
    eventTypes: types.map((type) => ({
      type,
      title: { en: `Lamp ${type}`, fr: `Feu ${type}`, zh: `灯 ${type}` },
    })),
    type: { pointer: '/kind' },
    title: { template: '{{ item.lamp }}' },
  })
  const losses = (id: string, settings: object, headers: Record<string, string> = {}) =>
    ask(`/api/admin/sources/${id}/losses`, { method: 'POST', body: { settings }, headers })

  it('are told for which configurations they take away what those want, before anything is changed', async () => {
    const lamps = await world.createSource({
      kind: 'generic-json',
      settings: settingsWith('out', 'lit', 'new'),
    })
    const wanting = (name: string, ...eventTypes: string[]) =>
      world.configure(lamps, world.connector().webhookUrl, {
        fields: { ...world.input(lamps.id, { name, rule: make.rule({ eventTypes }) }) },
      })
    for (let index = 0; index < 11; index++)
      await wanting(`Keeper ${String(index).padStart(2, '0')}`, 'out', 'lit')
    await wanting('Brightness', 'lit')
    await world.configure(source, world.connector().webhookUrl)
    const inFrench = await losses(lamps.id, settingsWith('lit'), { 'accept-language': 'fr' })
    expect(inFrench.json()).toEqual({
      eventTypes: [
        { type: 'out', title: 'Feu out' },
        { type: 'new', title: 'Feu new' },
      ],
      configurations: Array.from({ length: 10 }, (_, index) => `Keeper 0${index}`),
      more: 1,
    })
    const none = { eventTypes: [], configurations: [], more: 0 }
    expect((await losses(lamps.id, settingsWith('new', 'lit', 'out', 'more'))).json()).toEqual(none)
    const unwanted = (await losses(lamps.id, settingsWith('lit', 'out'))).json()
    expect(unwanted).toEqual({ ...none, eventTypes: [{ type: 'new', title: 'Lamp new' }] })
    expect((await ask(`/api/admin/sources/${lamps.id}`)).headers['etag']).toBe('"1"')
  })

  it('422 where they cannot work, 404 where the source is not there', async () => {
    expect((await losses(source.id, { colour: 'red' })).json()).toMatchObject({ code: 'settings-invalid' })
    expect((await losses(uuid(), {})).json()).toMatchObject({ status: 404, code: 'source-unknown' })
  })
})

describe('refused requests of a source', () => {
  const refusals = (headers: Record<string, string> = {}) => ask(`${sourceAt()}/refusals`, { headers })

  it('are read newest first, with why in the language that is asked for, and nothing of what they carried', async () => {
    expect((await refusals()).json()).toEqual({ items: [] })
    await world.tell({ ...source, secret: 'a-wrong-secret-of-theirs' }, world.task('a'))
    const at = world.clock.now().toISOString()
    world.clock.turn({ seconds: 2 })
    await world.tell(source, { ...world.task('b'), type: 'Confidential' })
    const read = await until('two refusals', async () => {
      const answer = await refusals({ 'accept-language': 'fr-FR' })
      return answer.json().items.length === 2 ? answer : undefined
    })
    expect(read.headers).toMatchObject({ 'content-language': 'fr', vary: 'accept-language' })
    expect(read.json().items).toEqual([
      {
        at: world.clock.now().toISOString(),
        code: 'body-unreadable',
        why: expect.stringMatching(/illisible\u00A0: \/type/),
      },
      { at, code: 'proof-invalid', why: expect.stringContaining('preuve d’origine') },
    ])
    expect(read.body).not.toMatch(/a-wrong-secret|Confidential|Title of/)
    const [, first] = (await refusals()).json().items
    expect(first.why).toContain('missing or wrong')
  })

  it('are told of a paused source too', async () => {
    await edit({ paused: true })
    await world.tell(source, world.task('a'))
    const [only] = await until('a refusal', async () => {
      const { items } = (await refusals()).json()
      return items.length > 0 ? items : undefined
    })
    expect(only).toMatchObject({ code: 'source-paused', why: expect.stringContaining('Resume it.') })
  })

  it('404 of a source that is not there', async () => {
    const answer = await ask(`/api/admin/sources/${uuid()}/refusals`)
    expect(answer.json()).toMatchObject({ status: 404, code: 'source-unknown' })
  })
})

describe('kinds', () => {
  it('tell their names in each language, and the schema that a form is drawn from', async () => {
    const { items } = (await ask('/api/admin/kinds')).json()
    const ids = items.map((one: { id: string }) => one.id)
    expect(ids).toEqual(expect.arrayContaining(['tasks', 'generic-json']))
    for (const { title, settings } of items) {
      expect(typeof title === 'string' ? title : title.zh).toMatch(/./)
      expect(settings).toMatchObject({ type: 'object', properties: {} })
    }
    const generic = items.find((one: { id: string }) => one.id === 'generic-json')
    expect(Object.keys(generic.settings.properties)).toContain('eventTypes')
    const inFrench = await ask('/api/admin/kinds', { headers: { 'accept-language': 'fr-CA' } })
    const { settings } = inFrench.json().items.find((one: { id: string }) => one.id === 'generic-json')
    expect(settings.properties.eventTypes).toMatchObject({
      title: 'Types d’événements',
      items: {
        properties: { title: { anyOf: [{}, { properties: { zh: { title: 'Chinois simplifié' } } }] } },
      },
    })
    const [bearer] = settings.properties.proof.anyOf
    expect(bearer.properties.by).toMatchObject({ const: 'bearer', title: 'Jeton porteur' })
    expect(generic.presets[0]).toMatchObject({ title: 'GitHub', settings: { proof: { by: 'hmac' } } })
  })
})

describe('configurations', () => {
  const at = (entityId: string) => `/api/admin/configurations/${entityId}`
  const inputOf = (changes = {}) =>
    world.input(source.id, {
      webhookUrl: world.connector().webhookUrl,
      tenantId: 'tenant-of-theirs',
      ...changes,
    })

  it('are made for a tenant, read, edited and removed', async () => {
    const entityId = uuid()
    const made = await ask(at(entityId), { method: 'PUT', body: inputOf() })
    expect(made.statusCode).toBe(201)
    expect(made.json()).toMatchObject({ entityId, tenantId: 'tenant-of-theirs', state: 'active' })
    const read = await ask(at(entityId))
    expect(read.json()).toEqual(made.json())
    const ifMatch = String(read.headers['etag'])
    const { webhookUrl: _, ...rest } = inputOf({ name: 'Renamed' })
    const put = () => ask(at(entityId), { method: 'PUT', body: rest, headers: { 'if-match': ifMatch } })
    expect((await put()).json()).toMatchObject({ name: 'Renamed' })
    expect((await put()).statusCode).toBe(412)
    expect((await ask(at(entityId), { method: 'DELETE' })).statusCode).toBe(204)
    expect((await ask(at(entityId))).statusCode).toBe(404)
    expect((await ask(at(entityId), { method: 'DELETE' })).statusCode).toBe(404)
  })

  it('400 without a tenant for a new one', async () => {
    const body = inputOf({ tenantId: undefined })
    const answer = await ask(at(uuid()), { method: 'PUT', body })
    expect(answer.json()).toMatchObject({ status: 400, detail: expect.stringMatching(/tenantId/) })
  })

  it('of every tenant are listed in pages, each once', async () => {
    const made = new Set<string>()
    for (let count = 0; count < 5; count++) {
      const { entityId } = await world.configure(source, world.connector().webhookUrl, {
        tenantId: `t${count}`,
      })
      made.add(entityId)
    }
    const listed: string[] = []
    let url: string | undefined = '/api/admin/configurations?limit=2'
    while (url) {
      const { items, cursor }: { items: { entityId: string }[]; cursor?: string } = (await ask(url)).json()
      listed.push(...items.map(({ entityId }) => entityId))
      url = cursor && `/api/admin/configurations?limit=2&cursor=${cursor}`
    }
    expect(listed).toHaveLength(5)
    expect(new Set(listed)).toEqual(made)
  })
})

describe('approval', () => {
  it('holds what a waiting configuration is owed, and releases it when an administrator approves it', async () => {
    await world.context.worker.start()
    const asking = await world.createSource({ name: 'Payroll', access: 'approval' })
    const connector = world.connector()
    const token = await world.tokenOf()
    const entityId = uuid()
    const input = world.input(asking.id, { webhookUrl: connector.webhookUrl })
    const put = (body: object, by = token) =>
      world.ask(`/api/configurations/${entityId}`, { method: 'PUT', body, token: by })
    expect((await put(input)).json()).toMatchObject({ state: 'waiting' })
    await world.tell(asking, world.task('a'))
    await world.settled(entityId, ['held'])

    // Neither another save, whoever presses it, nor a pause that ends stands in for an administrator's word.
    expect((await put({ ...input, paused: true })).json()).toMatchObject({ state: 'waiting' })
    expect((await put(input)).json()).toMatchObject({ state: 'waiting' })
    await world.settled(entityId, ['held'])

    const { webhookUrl: _, ...rest } = input
    const renamed = await ask(`/api/admin/configurations/${entityId}`, { method: 'PUT', body: rest })
    expect(renamed.json()).toMatchObject({ state: 'waiting' })
    const unseen = await ask(`/api/admin/configurations/${entityId}/approve`, { method: 'POST' })
    expect(unseen.json()).toMatchObject({ status: 400, code: 'request-invalid' })
    const approved = await ask(`/api/admin/configurations/${entityId}/approve`, {
      method: 'POST',
      headers: { 'if-match': renamed.headers['etag'] as string },
    })
    expect(approved.json()).toMatchObject({ state: 'active' })
    await world.settled(entityId, ['delivered', 'delivered'])
    expect(world.received(connector.webhookUrl)).toEqual(['a', 'notice'])
    const { items } = (await ask('/api/admin/audit?limit=1')).json()
    expect(items).toMatchObject([{ action: 'configuration.approved' }])
    expect((await put({ ...input, name: 'Mine again' })).json()).toMatchObject({ state: 'active' })
  })

  it('is given to what was looked at, and to nothing that changed since', async () => {
    await world.context.worker.start()
    const asking = await world.createSource({ name: 'Payroll', access: 'approval' })
    const connector = world.connector()
    const entityId = uuid()
    const input = world.input(asking.id, { webhookUrl: connector.webhookUrl })
    const token = await world.tokenOf()
    const put = (body: object) => world.ask(`/api/configurations/${entityId}`, { method: 'PUT', body, token })
    const approve = (etag: string) =>
      ask(`/api/admin/configurations/${entityId}/approve`, { method: 'POST', headers: { 'if-match': etag } })
    const seen = async () => (await ask('/api/admin/configurations?state=waiting')).json().items[0]
    await put(input)
    await world.tell(asking, world.task('a'))
    const looked = await seen()
    expect(looked).toMatchObject({ entityId, state: 'waiting' })
    await put({ ...input, name: 'More than that' })
    expect((await approve(looked.etag)).json()).toMatchObject({ status: 412, code: 'stale' })
    await world.settled(entityId, ['held'])

    const approved = await approve((await seen()).etag)
    expect(approved.json()).toMatchObject({ state: 'active', name: 'More than that' })
    await world.settled(entityId, ['delivered', 'delivered'])
    expect(world.received(connector.webhookUrl)).toEqual(['a', 'notice'])
    const { items } = (await ask('/api/admin/audit?limit=1')).json()
    expect(items).toMatchObject([{ action: 'configuration.approved', subject: entityId }])

    // Once is enough: the channel is not welcomed again.
    expect((await approve(approved.headers['etag'] as string)).json()).toMatchObject({ state: 'active' })
    await world.settled(entityId, ['delivered', 'delivered'])
  })

  it('and a pause are refused to who saw something else', async () => {
    const { entityId } = await world.configure(source, world.connector().webhookUrl)
    const path = `/api/admin/configurations/${entityId}/pause`
    const pause = (etag: string) =>
      ask(path, { method: 'POST', body: { paused: true }, headers: { 'if-match': etag } })
    const seen = (await ask(`/api/admin/configurations/${entityId}`)).headers['etag'] as string
    expect((await pause('"999"')).json()).toMatchObject({ status: 412, code: 'stale' })
    expect((await pause(seen)).json()).toMatchObject({ paused: true })
    expect((await pause(seen)).json()).toMatchObject({ status: 412, code: 'stale' })
  })

  it('is of one life: what is made again under the same id has to be looked at again', async () => {
    const asking = await world.createSource({ name: 'Payroll', access: 'approval' })
    const token = await world.tokenOf()
    const entityId = uuid()
    const at = `/api/configurations/${entityId}`
    const made = () =>
      world.ask(at, {
        method: 'PUT',
        token,
        body: world.input(asking.id, { webhookUrl: world.connector().webhookUrl }),
      })
    const looked = (await made()).headers['etag'] as string
    await world.ask(at, { method: 'DELETE', token })
    await made()
    const late = await ask(`/api/admin/configurations/${entityId}/approve`, {
      method: 'POST',
      headers: { 'if-match': looked },
    })
    expect(late.json()).toMatchObject({ status: 412, code: 'stale' })
  })

  it('releases to nobody what the rule holds', async () => {
    await world.context.worker.start()
    const asking = await world.createSource({ name: 'Payroll', access: 'approval' })
    const { webhookUrl } = world.connector()
    const rule = { ...world.input(asking.id).rule, digest: { every: 'hour' as const, zone: 'UTC' } }
    const entityId = uuid()
    const token = await world.tokenOf()
    const made = await world.ask(`/api/configurations/${entityId}`, {
      method: 'PUT',
      token,
      body: world.input(asking.id, { webhookUrl, rule }),
    })
    await world.tell(asking, world.task('a'))
    await world.settled(entityId, ['held'])
    await ask(`/api/admin/configurations/${entityId}/approve`, {
      method: 'POST',
      headers: { 'if-match': made.headers['etag'] as string },
    })
    await world.settled(entityId, ['held', 'delivered'])
    expect(world.received(webhookUrl)).toEqual(['notice'])
  })

  it('is not got round by moving a configuration over from another source', async () => {
    const asking = await world.createSource({ name: 'Payroll', access: 'approval' })
    const token = await world.tokenOf()
    const url = `/api/configurations/${uuid()}`
    const { webhookUrl } = world.connector()
    const body = world.input(source.id, { webhookUrl })
    expect((await world.ask(url, { method: 'PUT', token, body })).json()).toMatchObject({ state: 'active' })
    const moved = world.input(asking.id, { webhookUrl })
    expect((await world.ask(url, { method: 'PUT', token, body: moved })).json()).toMatchObject({
      state: 'waiting',
    })
  })
})

describe('the app package', () => {
  it('is a zip with manifest and icons, the same app each time', async () => {
    const first = await ask('/app-package.zip')
    expect(first.statusCode).toBe(200)
    expect(first.headers['content-type']).toBe('application/zip')
    expect(first.headers['content-disposition']).toMatch(/attachment; filename=".+\.zip"/)
    expect(first.rawPayload.subarray(0, 2).toString()).toBe('PK')
    const { unzipSync, strFromU8 } = await import('fflate')
    const idOf = (zip: Buffer): unknown =>
      JSON.parse(strFromU8(unzipSync(zip)['manifest.json'] ?? new Uint8Array())).id
    const again = await ask('/app-package.zip')
    expect(idOf(first.rawPayload)).toBe(idOf(again.rawPayload))
    // Where the console's session is sent to.
    const forBrowsers = await ask('/api/admin/app-package.zip')
    expect(forBrowsers.rawPayload.equals(first.rawPayload)).toBe(true)
  })

  it('comes with what its settings lack, in the language that is asked for', async () => {
    const { warnings } = (await ask('/api/admin/app-package')).json()
    expect(warnings).toEqual([expect.stringMatching(/https only.* Set PUBLIC_URL/)])
    const inFrench = await ask('/api/admin/app-package', { headers: { 'accept-language': 'fr' } })
    expect(inFrench.json().warnings).toEqual([expect.stringContaining('Donnez à PUBLIC_URL')])
  })

  it('is not made where Teams would refuse it, for a setting that is named', async () => {
    await world.close()
    world = await startTestWorld({ teamsConnectorId: 'x'.repeat(65) })
    for (const path of ['/api/admin/app-package', '/api/admin/app-package.zip']) {
      const answer = await ask(path)
      expect(answer.statusCode).toBe(500)
      expect(answer.json().detail).toMatch(/Teams would refuse it.*TEAMS_CONNECTOR_ID/)
    }
  })
})
