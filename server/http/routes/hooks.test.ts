import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestWorld, type TestSource, type TestWorld } from '../../testing/world.ts'

let world: TestWorld
let source: TestSource
beforeEach(async () => {
  world = await startTestWorld()
  source = await world.createSource()
})
afterEach(() => world.close())

const hook = () => `/hooks/${source.key}`

describe('202', () => {
  it('says that the event is on disk with its deliveries', async () => {
    await world.configure(source, world.connector().webhookUrl)
    const answer = await world.tell(source, world.task('a'))
    expect(answer.statusCode).toBe(202)
    await world.app.restart()
    expect(await world.context.storage.deliveries.counts()).toMatchObject({ pending: 1 })
  })

  it('takes JSON under any of its names, and bytes as they came', async () => {
    const body = JSON.stringify(world.task('é'))
    for (const type of ['application/json; charset=utf-8', 'application/cloudevents+json']) {
      const answer = await world.tell(source, body, { 'content-type': type })
      expect(answer.json().events).toMatchObject([{ externalId: 'é' }])
    }
  })
})

describe('400', () => {
  it.each([
    ['not JSON', '{"id":', /JSON/],
    ['empty', '', /JSON/],
    ['not what the kind reads', { id: 'a', type: 'task.eaten', task: { id: 'x', title: 'y' } }, /type/],
    ['an event without its task', { id: 'a', type: 'task.created' }, /task/],
  ])('for a body that is %s, saying what is wrong', async (_, body, detail) => {
    const answer = await world.tell(source, body)
    expect(answer.json()).toMatchObject({
      status: 400,
      code: 'body-unreadable',
      detail: expect.stringMatching(detail),
    })
  })

  it('for one bad event among good ones, of which none is taken', async () => {
    const body = [world.task('a'), world.task('b', { type: 'task.eaten' })]
    expect((await world.tell(source, body)).statusCode).toBe(400)
    expect((await world.tell(source, world.task('a'))).json().events).toMatchObject([{ duplicate: false }])
  })
})

describe('429', () => {
  it('for whoever tries addresses, while the true sender is not kept out', async () => {
    const statuses = new Set<number>()
    for (let tried = 0; tried < 70; tried++) {
      const answer = await world.ask(`/hooks/unknown-${tried}`, { method: 'POST', body: {} })
      statuses.add(answer.statusCode)
    }
    expect([...statuses]).toEqual([404, 429])
    expect((await world.tell(source, world.task('a'))).statusCode).toBe(202)
  })
})

describe('401', () => {
  it.each([
    ['no proof', {}],
    ['a wrong secret', { authorization: 'Bearer a secret of nobody' }],
    ['an empty secret', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
  ])('for %s, before the body is looked at', async (_, headers) => {
    const answer = await world.ask(hook(), { method: 'POST', body: 'not even JSON', headers })
    expect(answer.json()).toMatchObject({ status: 401, code: 'proof-invalid' })
  })

  it('for the secret of another source', async () => {
    const other = await world.createSource({ name: 'Other' })
    const answer = await world.tell({ ...source, secret: other.secret }, world.task('a'))
    expect(answer.statusCode).toBe(401)
  })
})

describe('404, 413 and 415', () => {
  it('for an unknown source', async () => {
    const answer = await world.tell({ ...source, key: 'nobody' }, world.task('a'))
    expect(answer.json()).toMatchObject({ status: 404, code: 'source-unknown' })
  })

  it('for more than 1 MB', async () => {
    const answer = await world.tell(source, { ...world.task('a'), more: 'x'.repeat(1_100_000) })
    expect(answer.json()).toMatchObject({ status: 413, code: 'body-too-large' })
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])('for %s', async (type) => {
    const answer = await world.tell(source, 'id=a', { 'content-type': type })
    expect(answer.json()).toMatchObject({ status: 415, code: 'media-type-unsupported' })
  })
})

describe('503', () => {
  it('for a paused source, which keeps nothing', async () => {
    const { storage } = world.context
    const stored = await storage.sources.read(source.id)
    if (!stored) throw new Error('no source')
    await storage.sources.edit(source.id, { ...stored, paused: true, who: 'admin' })
    const answer = await world.tell(source, world.task('a'))
    expect(answer.json()).toMatchObject({ status: 503, code: 'source-paused' })
  })
})

describe('every problem', () => {
  it('is problem+json with a code, a next step and the id of the request, which the log has too', async () => {
    const answer = await world.ask(hook(), { method: 'POST', body: {} })
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    const problem = answer.json()
    expect(problem).toMatchObject({
      type: 'urn:cardwire:problem:proof-invalid',
      title: expect.any(String),
      detail: expect.stringMatching(/set-up page/),
    })
    expect(problem.requestId).toBe(answer.headers['x-request-id'])
    expect(world.app.lines.some((line) => line.includes(problem.requestId))).toBe(true)
  })
})
