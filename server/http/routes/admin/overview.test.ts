import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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

const ask = (url: string, asked: Asked = {}) => world.ask(`/api/admin${url}`, { token: adminToken, ...asked })
const list = async (url: string) => (await ask(url)).json().items
const names = async (url: string) => (await list(url)).map((one: { name: string }) => one.name)
const titles = async (url: string) => (await list(url)).map((one: { title: string }) => one.title)
const sendable = (one: { canSendAgain: boolean }) => one.canSendAgain
const fieldsOf = (name: string, more = {}) => ({ ...world.input(source.id, { name, ...more }) })

/** A configuration that was told this many tasks, all of which its connector took. */
async function told(count: number, name = 'Told') {
  await world.context.worker.start()
  const connector = world.connector()
  const { entityId } = await world.configure(source, connector.webhookUrl, { fields: fieldsOf(name) })
  for (let index = 0; index < count; index++) await world.tell(source, world.task(`${name}-${index}`))
  const states = Array<string>(count).fill('delivered')
  return { entityId, connector, deliveries: await world.settled(entityId, states) }
}

/** A card that Teams cannot take. */
async function refused() {
  await world.context.worker.start()
  const connector = world.connector()
  world.teams.script(connector.webhookUrl, [{ status: 400, body: 'Summary or Text is required.' }])
  const { entityId } = await world.configure(source, connector.webhookUrl)
  await world.tell(source, world.task('a'))
  const [delivery] = await world.settled(entityId, ['refused'])
  return delivery
}

/** A delivery that waits for its second attempt, which nobody makes. */
async function attemptedOnce(answer: { status: number; body: string }) {
  const { webhookUrl } = world.connector()
  world.teams.script(webhookUrl, [answer])
  const { entityId } = await world.configure(source, webhookUrl)
  await world.context.worker.start()
  await world.tell(source, world.task('a'))
  const { id } = await until('an attempt', async () => {
    const [only] = await world.deliveries(entityId)
    return only && only.attempts > 0 ? only : undefined
  })
  await world.context.worker.stop()
  return { id, entityId }
}

describe('configurations', () => {
  it('on destinations that are gone come first, with how much each carries and its last delivery', async () => {
    const dead = await told(1, 'Dead')
    world.clock.turn({ minutes: 3 })
    world.teams.script(dead.connector.webhookUrl, [{ status: 410, body: '' }])
    await told(2, 'Living')
    await world.settled(dead.entityId, ['delivered', 'cancelled', 'cancelled'], { seconds: 1 })
    const items = await list('/configurations')
    expect(items.map((one: { name: string; health: string }) => [one.name, one.health])).toEqual([
      ['Dead', 'gone'],
      ['Living', 'healthy'],
    ])
    expect(items[1]).toMatchObject({
      sourceName: 'Tasks',
      carried: 2,
      lastDelivery: { state: 'delivered' },
      openedAt: null,
    })
    expect(await names('/configurations?health=gone')).toEqual(['Dead'])
  })

  it('are found by name, team and channel, by source, and tabs that nobody opened', async () => {
    const other = await world.createSource({ name: 'Other' })
    const place = { kind: 'channel' as const, teamName: 'Équipe Nord', channelName: 'Lancement' }
    await world.configure(source, world.connector().webhookUrl, { fields: fieldsOf('One', { place }) })
    await world.configure(other, world.connector().webhookUrl, {
      fields: { ...fieldsOf('Two', { host: 'tab' }), sourceId: other.id },
    })
    expect(await names('/configurations?q=lancement')).toEqual(['One'])
    expect(await names('/configurations?q=%C3%A9QUIPE')).toEqual(['One'])
    expect(await names('/configurations?q=*')).toEqual([])
    expect(await names('/configurations?q=nord')).toEqual(['One'])
    expect(await names('/configurations?q=TWO')).toEqual(['Two'])
    expect(await names(`/configurations?sourceId=${other.id}`)).toEqual(['Two'])
    expect(await names('/configurations?unopened=true')).toEqual(['Two'])
    expect(await names('/configurations?state=waiting')).toEqual([])
  })

  it('say why they get nothing in the language that is asked for, and nothing where all is well', async () => {
    const inFrench = { headers: { 'accept-language': 'fr' } }
    await told(1)
    const [well] = (await ask('/configurations', inFrench)).json().items
    expect([well.health, well.healthReason]).toEqual(['healthy', null])
    const dead = await told(1, 'Dead')
    world.clock.turn({ minutes: 3 })
    world.teams.script(dead.connector.webhookUrl, [{ status: 410, body: '' }])
    await world.tell(source, world.task('late'))
    await world.settled(dead.entityId, ['delivered', 'cancelled'], { seconds: 1 })
    const listed = await ask('/configurations', inFrench)
    expect(listed.headers).toMatchObject({ 'content-language': 'fr' })
    expect(listed.json().items[0].healthReason).toMatch(/Ce connecteur classique n’existe plus.* Créez un/)
    const [destination] = (await ask('/destinations?limit=100', inFrench))
      .json()
      .items.filter((one: { health: string }) => one.health === 'gone')
    expect(destination.healthReason).toContain('connecteur classique')
    const [english] = await list('/configurations')
    expect(english.healthReason).toContain('This classic connector is gone')
  })

  it('say by the last attempt why they are failing', async () => {
    const { webhookUrl: url } = world.teams.createWorkflow({})
    world.secrecy.keep(url)
    world.teams.script(url, [{ status: 404, body: '' }])
    await world.context.worker.start()
    await world.configure(source, url, { destination: { url, transport: 'workflow' } })
    await world.tell(source, world.task('a'))
    const failing = await until('it is failing', async () => {
      const { items } = (await ask('/configurations', { headers: { 'accept-language': 'zh' } })).json()
      return items[0].health === 'failing' ? items[0] : undefined
    })
    expect(failing.healthReason).toMatch(/此 URL 对应的流已被删除或关闭。请在/)
  })

  it('say nothing of a failure while all is still well', async () => {
    const { entityId, connector } = await told(1)
    world.teams.script(connector.webhookUrl, [{ status: 503, body: '' }])
    await world.tell(source, world.task('late'))
    const story = () => ask(`/configurations`, { headers: { 'accept-language': 'fr' } })
    await until('the attempt', async () => world.received(connector.webhookUrl).includes('late'))
    await world.settled(entityId, ['delivered', 'pending'])
    const [one] = (await story()).json().items
    expect([one.health, one.healthReason]).toEqual(['healthy', null])
  })

  it('are paused, resumed and tested, which the audit log tells', async () => {
    const { entityId } = await told(0)
    const pause = (paused: boolean) =>
      ask(`/configurations/${entityId}/pause`, { method: 'POST', body: { paused } })
    expect((await pause(true)).json()).toMatchObject({ paused: true })
    expect((await pause(false)).json()).toMatchObject({ paused: false })
    const test = await ask(`/configurations/${entityId}/test`, { method: 'POST' })
    expect(test.statusCode).toBe(202)
    await world.settled(entityId, ['delivered'])
    const [first] = await list('/audit')
    expect(first).toMatchObject({ action: 'configuration.resumed', who: 'administrator:token' })
  })
})

describe('destinations', () => {
  it('that an administrator switches off hold what they are owed, a save or not, until they are on again', async () => {
    const { entityId, connector } = await told(1)
    const [{ id }] = await list('/destinations')
    const turn = async (disabled: boolean) =>
      (await ask(`/destinations/${id}/disable`, { method: 'POST', body: { disabled } })).json()
    expect(await turn(true)).toEqual({ health: 'disabled' })
    await world.configure(source, connector.webhookUrl, { entityId, fields: fieldsOf('Again') })
    await world.tell(source, world.task('b'))
    // What was told later, to another, has come by now.
    const beside = world.connector()
    await world.configure(source, beside.webhookUrl, { fields: fieldsOf('Beside') })
    await world.tell(source, world.task('c'))
    await until('the card beside', async () => world.received(beside.webhookUrl).includes('c'))
    expect(world.received(connector.webhookUrl)).toEqual(['Told-0'])
    await world.settled(entityId, ['delivered', 'pending', 'pending'])
    expect(await turn(false)).toEqual({ health: 'healthy' })
    await world.settled(entityId, ['delivered', 'delivered', 'delivered'])
    expect((await list('/audit')).map((one: { action: string }) => one.action)).toEqual(
      expect.arrayContaining(['destination.disabled', 'destination.enabled']),
    )
  })

  it('that are not there cannot be switched', async () => {
    const body = { disabled: true }
    const answer = await ask(`/destinations/${crypto.randomUUID()}/disable`, { method: 'POST', body })
    expect(answer.json()).toMatchObject({ status: 404, code: 'destination-unknown' })
  })

  it('tell how they are, how much they carry, and for whom', async () => {
    const { entityId, connector } = await told(3)
    const [only, ...others] = await list('/destinations')
    expect(others).toEqual([])
    expect(only).toMatchObject({
      webhookHost: new URL(connector.webhookUrl).host,
      transport: 'connector',
      health: 'healthy',
      carried: 3,
      configurations: [{ entityId, name: 'Told' }],
    })
    expect(JSON.stringify(only)).not.toContain(connector.webhookUrl)
  })
})

describe('deliveries', () => {
  it('are found by state, configuration, source, words, external id and time, newest first', async () => {
    const { entityId } = await told(2, 'First')
    world.clock.turn({ hours: 1 })
    const later = world.clock.now().toISOString()
    await told(1, 'Second')
    await world.settled(entityId, ['delivered', 'delivered', 'delivered'])
    const all = ['Second-0', 'Second-0', 'First-1', 'First-0'].map((id) => `Task created: Title of ${id}`)
    expect(await titles('/deliveries')).toEqual(all)
    expect(await titles(`/deliveries?entityId=${entityId}`)).toEqual(all.slice(1))
    expect(await titles('/deliveries?q=first')).toEqual(all.slice(2))
    expect(await titles('/deliveries?q=First-1')).toEqual([all[2]])
    expect(await titles(`/deliveries?since=${later}`)).toEqual(all.slice(0, 2))
    expect(await titles(`/deliveries?until=${later}`)).toEqual(all.slice(2))
    expect(await titles('/deliveries?state=refused')).toEqual([])
    expect(await titles(`/deliveries?sourceId=${source.id}`)).toEqual(all)
    expect(await titles(`/deliveries?sourceId=${(await world.createSource()).id}`)).toEqual([])
  })

  it('are found by what their titles say in any language, and by nothing else of how those are kept', async () => {
    await told(1, 'Harbour')
    for (const q of ['fr', 'zh', '%22', 'en%22', '%7B'])
      expect([q, await titles(`/deliveries?q=${q}`)]).toEqual([q, []])
    for (const q of ['Task created', 'tâche créée', '任务已创建']) {
      const found = await titles(`/deliveries?q=${encodeURIComponent(q)}`)
      expect([q, found]).toEqual([q, ['Task created: Title of Harbour-0']])
    }
  })

  it('of notices and digests are found by what people call those', async () => {
    const { entityId } = await told(0)
    await ask(`/configurations/${entityId}/test`, { method: 'POST' })
    await world.settled(entityId, ['delivered'])
    for (const q of ['Test card', 'carte DE test', '测试卡片'])
      expect([q, await titles(`/deliveries?q=${encodeURIComponent(q)}`)]).toEqual([q, ['Test card']])
    expect(await titles('/deliveries?q=Several')).toEqual([])
  })

  it('of a URL that was tried before it was saved say so, and for what it was tried', async () => {
    await told(0)
    const { webhookUrl } = world.connector()
    const body = { webhookUrl, name: 'Launch' }
    const tried = await world.ask('/api/test-card', { method: 'POST', body, token: await world.tokenOf() })
    expect(tried.statusCode).toBe(200)
    const { entityId } = await told(0, 'Saved')
    await ask(`/configurations/${entityId}/test`, { method: 'POST' })
    await world.settled(entityId, ['delivered'])
    const all = await list('/deliveries?q=test')
    expect(all.map((one: Record<string, unknown>) => [one['configurationName'], one['isTrial']])).toEqual([
      ['Saved', false],
      ['Launch', true],
    ])
  })

  it('of a URL that was tried and answered an error say what it answered', async () => {
    const { webhookUrl } = world.connector()
    await world.context.worker.start()
    world.teams.script(webhookUrl, [{ status: 503, body: '' }])
    const body = { webhookUrl, name: 'Launch' }
    await world.ask('/api/test-card', { method: 'POST', body, token: await world.tokenOf() })
    expect((await list('/deliveries')).map((one: { why: string }) => one.why)).toEqual([
      expect.stringContaining('trouble of its own'),
    ])
  })

  it('say in the language that is asked for why they ended so, and what to do', async () => {
    const delivery = await refused()
    const inFrench = { headers: { 'accept-language': 'fr' } }
    const said = { why: 'Teams n’a pas accepté cette carte.', whatToDo: expect.stringMatching(/^Comparez/) }
    const listed = await ask('/deliveries', inFrench)
    expect(listed.headers).toMatchObject({ 'content-language': 'fr', vary: 'accept-language' })
    expect(listed.json().items).toMatchObject([{ ...said, reason: expect.stringContaining('400') }])
    expect((await ask(`/deliveries/${delivery?.id}`, inFrench)).json()).toMatchObject(said)
    expect((await list('/deliveries'))[0]).toMatchObject({ why: 'Teams did not accept this card.' })
  })

  it('come in pages, each once', async () => {
    await told(3)
    const seen: string[] = []
    let url: string | undefined = '/deliveries?limit=2'
    while (url) {
      const { items, cursor }: { items: { id: string }[]; cursor?: string } = (await ask(url)).json()
      seen.push(...items.map(({ id }) => id))
      url = cursor && `/deliveries?limit=2&cursor=${cursor}`
    }
    expect(seen).toHaveLength(3)
    expect(new Set(seen).size).toBe(3)
  })

  it('are found behind thousands of others', async () => {
    await world.configure(source, world.connector().webhookUrl)
    await world.tell(source, world.task('Needle'))
    const hay = Array.from({ length: 5_001 }, (_, index) => world.task(`Hay-${index}`))
    for (let index = 0; index < hay.length; index += 1_000)
      await world.tell(source, hay.slice(index, index + 1_000))
    expect(await titles('/deliveries?q=needle')).toEqual(['Task created: Title of Needle'])
  })

  it('tell their whole story: the event, the card as it was sent, and every attempt', async () => {
    const delivery = await refused()
    const story = (await ask(`/deliveries/${delivery?.id}`)).json()
    expect(story).toMatchObject({
      state: 'refused',
      sourceName: 'Tasks',
      channelName: 'General',
      title: 'Task created: Title of a',
      event: { externalId: 'a' },
      attemptList: [{ outcome: 'refused', status: 400, answer: 'Summary or Text is required.' }],
      rounds: [{ round: 1, state: 'refused' }],
      digest: null,
    })
    expect(story.attemptList[0].why).toMatch(/\w/)
    // Who reads this is whom others are told to ask.
    expect(story.attemptList[0].whatToDo).not.toMatch(/administrator/i)
    expect(JSON.stringify(story.card)).toContain('Title of a')
    const [attempt] = story.attemptList
    expect(Buffer.byteLength(JSON.stringify(story.card.body))).toBe(attempt.sizeBytes)
  })

  it('show the card as it was sent, whatever was changed since, and what was never sent as of now', async () => {
    const { entityId, deliveries } = await told(1)
    const sent = world.teams.received.at(-1)?.text
    const { id, access, settings } = (await list('/sources'))[0]
    const body = { name: 'Renamed', access, settings }
    expect((await ask(`/sources/${id}`, { method: 'PUT', body })).statusCode).toBe(200)
    const story = (await ask(`/deliveries/${deliveries[0]?.id}`)).json()
    expect(story).toMatchObject({ sourceName: 'Renamed', cardIs: 'as-sent' })
    expect(JSON.stringify(story.card.body)).toBe(sent)
    expect(story.card.format).toBe('MessageCard')
    expect(sent).not.toContain('Renamed')

    await ask(`/configurations/${entityId}/pause`, { method: 'POST', body: { paused: true } })
    await world.tell(source, world.task('held'))
    const [, held] = await world.settled(entityId, ['delivered', 'held'])
    const unsent = (await ask(`/deliveries/${held?.id}`)).json()
    expect(unsent.cardIs).toBe('as-now')
    expect(JSON.stringify(unsent.card)).toContain('Renamed')
  })

  it('call no card the one that was sent where the process stopped before it could say', async () => {
    const { id } = await attemptedOnce({ status: 503, body: '' })
    expect((await ask(`/deliveries/${id}`)).json()).toMatchObject({ cardIs: 'as-sent' })

    world.clock.turn({ minutes: 1 })
    const { lanes } = world.context.storage
    expect(await lanes.lease({ limit: 1, leaseMs: 1000, stampsPerLane: 1 })).toHaveLength(1)
    await lanes.recover({ all: true })
    expect((await ask(`/deliveries/${id}`)).json()).toMatchObject({
      cardIs: 'as-now',
      attemptList: [{ outcome: 'unreachable' }, { outcome: 'unknown' }],
    })
  })

  it('are there although the card cannot be drawn', async () => {
    const { entityId } = await world.configure(source, world.connector().webhookUrl)
    await world.tell(source, world.task('a'))
    const file = new Sqlite(world.app.config.databaseUrl.replace('file:', ''))
    file.exec(`UPDATE event SET body = json_set(body, '$.facts', 7)`)
    file.close()
    const [delivery] = await world.deliveries(entityId)
    const story = await ask(`/deliveries/${delivery?.id}`)
    expect(story.statusCode).toBe(200)
    expect(story.json()).toMatchObject({ card: null, event: { facts: 7 } })
  })

  it('explain each attempt by what carried it, also when the rest goes elsewhere', async () => {
    // Just after a save this may pass, so that the card waits.
    const { id, entityId } = await attemptedOnce({ status: 410, body: '' })
    const before = (await ask(`/deliveries/${id}`)).json()
    const { webhookUrl: url } = world.teams.createWorkflow({})
    world.secrecy.keep(url)
    await world.configure(source, url, { entityId, destination: { url, transport: 'workflow' } })
    const after = (await ask(`/deliveries/${id}`)).json()
    expect([before.transport, after.transport]).toEqual(['connector', 'workflow'])
    expect(after.attemptList).toEqual(before.attemptList)
  })

  it('are sent again, one and many, as their next round; what cannot be is told and keeps nothing back', async () => {
    const { entityId, deliveries } = await told(2)
    const [first, second] = deliveries.map(({ id }) => id)
    const one = await ask(`/deliveries/${first}/redeliver`, { method: 'POST' })
    expect(one.statusCode).toBe(202)
    await world.settled(entityId, ['delivered', 'delivered', 'delivered'])
    const many = await ask('/deliveries/redeliver', { method: 'POST', body: { ids: ['999', second] } })
    expect(many.statusCode).toBe(202)
    expect(many.json()).toMatchObject({
      sent: [{ id: second }],
      refused: [{ id: '999', code: 'delivery-unknown' }],
    })
    const all = await world.settled(entityId, ['delivered', 'delivered', 'delivered', 'delivered'])
    expect(all.map(({ round }) => round)).toEqual([1, 1, 2, 2])
    expect((await list('/deliveries')).map(sendable)).toEqual([true, true, false, false])
    const story = (await ask(`/deliveries/${first}`)).json()
    expect(story.rounds).toMatchObject([{ round: 1 }, { round: 2, id: one.json().deliveryId }])
    expect((await list('/audit'))[0]).toMatchObject({ action: 'delivery.sent-again', subject: entityId })
  })

  it('404 for one that nobody knows', async () => {
    expect((await ask('/deliveries/7')).json()).toMatchObject({ status: 404, code: 'delivery-unknown' })
    const answer = await ask('/deliveries/7/redeliver', { method: 'POST' })
    expect(answer.json()).toMatchObject({ status: 404, code: 'delivery-unknown' })
  })

  it('are none, without a next page, where nothing fits', async () => {
    await told(1)
    for (const q of ['nothing', '*', '[a-z]', '%25', "'"]) {
      expect((await ask(`/deliveries?q=${q}`)).json()).toEqual({ items: [] })
    }
  })

  it('of a digest tell what it told, and each of those which digest', async () => {
    const { entityId } = await world.configure(source, world.connector().webhookUrl, {
      fields: fieldsOf('Digests', { rule: make.rule({ digest: { every: 'hour', zone: 'UTC' } }) }),
    })
    await world.context.worker.start()
    for (const id of ['a', 'b', 'c']) await world.tell(source, world.task(id))
    await world.settled(entityId, ['held', 'held', 'held'])
    world.clock.turn({ hours: 1, minutes: 1 })
    await world.settled(entityId, ['merged', 'merged', 'merged', 'delivered'])
    const [digest, member] = await list('/deliveries')
    const story = (await ask(`/deliveries/${digest.id}`)).json()
    expect(story).toMatchObject({ kind: 'digest', event: null, rounds: [], attemptList: [{ status: 200 }] })
    expect(story.members.map((one: { title: string }) => one.title)).toEqual(
      ['c', 'b', 'a'].map((id) => `Task created: Title of ${id}`),
    )
    expect(JSON.stringify(story.card)).toContain('Title of c')
    const merged = (await ask(`/deliveries/${member.id}`)).json()
    expect(merged).toMatchObject({ state: 'merged', digest: { id: digest.id }, attemptList: [] })
    const again = await ask(`/deliveries/${digest.id}/redeliver`, { method: 'POST' })
    expect(again.json()).toMatchObject({ status: 409, code: 'conflict' })
    expect((await list('/deliveries')).map(sendable)).toEqual([false, true, true, true])
  })

  it('outlive their configuration, and are not sent again without it', async () => {
    const { entityId, deliveries } = await told(1)
    await ask(`/configurations/${entityId}`, { method: 'DELETE' })
    const [delivery] = deliveries
    const story = (await ask(`/deliveries/${delivery?.id}`)).json()
    expect(story).toMatchObject({ configurationName: null, sourceName: 'Tasks', state: 'delivered' })
    expect(sendable(story)).toBe(false)
    const again = await ask(`/deliveries/${delivery?.id}/redeliver`, { method: 'POST' })
    expect(again.json()).toMatchObject({ status: 404, code: 'configuration-unknown' })
  })

  it.each(['x', '-1', '1e3', '9'.repeat(16)])('400 for the number %s', async (id) => {
    expect((await ask(`/deliveries/${id}`)).json()).toMatchObject({ status: 400, code: 'request-invalid' })
  })

  it.each([
    ['none', []],
    ['one twice', ['1', '1']],
    ['more than two hundred', Array.from({ length: 201 }, (_, index) => String(index))],
  ])('400 to send %s of many again', async (_, ids) => {
    const answer = await ask('/deliveries/redeliver', { method: 'POST', body: { ids } })
    expect(answer.json()).toMatchObject({ status: 400, code: 'request-invalid' })
  })
})
