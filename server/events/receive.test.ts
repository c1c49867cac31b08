import Sqlite from 'better-sqlite3'
import * as fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { adminToken } from '../testing/app.ts'
import { make } from '../testing/make.ts'
import { until } from '../testing/until.ts'
import { startTestWorld, type TestSource, type TestWorld } from '../testing/world.ts'

let world: TestWorld
let source: TestSource
beforeEach(async () => {
  world = await startTestWorld()
  source = await world.createSource()
})
afterEach(() => world.close())

const counts = () => world.context.storage.deliveries.counts()

describe('an event', () => {
  it('is answered 202 with its ids and how many cards it makes', async () => {
    await world.configure(source, world.connector().webhookUrl)
    await world.configure(source, world.connector().webhookUrl)
    const answer = await world.tell(source, world.task('a'))
    expect(answer.statusCode).toBe(202)
    expect(answer.json()).toEqual({
      events: [{ id: expect.any(String), externalId: 'a', duplicate: false, deliveries: 2 }],
    })
    expect(await counts()).toMatchObject({ pending: 2 })
  })

  it('that comes again is the same event', async () => {
    await world.configure(source, world.connector().webhookUrl)
    const [first] = (await world.tell(source, world.task('a'))).json().events
    const again = await world.tell(source, world.task('a', { type: 'task.deleted' }))
    expect(again.statusCode).toBe(202)
    expect(again.json().events).toEqual([{ ...first, duplicate: true }])
    expect(await counts()).toMatchObject({ pending: 1 })
  })

  it('that comes twice in one request is one event', async () => {
    await world.configure(source, world.connector().webhookUrl)
    const { events } = (await world.tell(source, [world.task('a'), world.task('a')])).json()
    expect(events).toMatchObject([{ duplicate: false }, { duplicate: true, id: events[0].id, deliveries: 1 }])
    expect(await counts()).toMatchObject({ pending: 1 })
  })

  it('that comes many times at once is one event', async () => {
    await world.configure(source, world.connector().webhookUrl)
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.tell(source, world.task('a'))))
    const events = answers.flatMap((answer) => answer.json().events)
    expect(new Set(events.map(({ id }) => id)).size).toBe(1)
    expect(events.filter(({ duplicate }) => !duplicate)).toHaveLength(1)
    expect(await counts()).toMatchObject({ pending: 1 })
  })

  it('of another source is another event', async () => {
    const other = await world.createSource({ name: 'Other' })
    const [first] = (await world.tell(source, world.task('a'))).json().events
    const [second] = (await world.tell(other, world.task('a'))).json().events
    expect(second).toMatchObject({ duplicate: false })
    expect(second.id).not.toBe(first.id)
  })
})

describe('an event without an id of its own', () => {
  const mapped = {
    kind: 'generic-json',
    settings: {
      proof: { by: 'bearer' },
      eventTypes: [{ type: 'note', title: 'Note' }],
      type: { template: 'note' },
      title: { pointer: '/title' },
    },
  }

  it('is not taken for another because their keys begin alike, however long', async () => {
    const long = 'k'.repeat(500)
    const generic = await world.createSource(mapped)
    const ids = await Promise.all(
      ['1', '2', '1'].map(async (end) => {
        const answer = await world.tell(generic, { title: 'Hello' }, { 'idempotency-key': long + end })
        return answer.json().events[0].id
      }),
    )
    expect(new Set(ids).size).toBe(2)
  })

  it.each(['idempotency-key', 'webhook-id'])('is known by %s', async (header) => {
    const generic = await world.createSource(mapped)
    const tell = (key: string) => world.tell(generic, { title: 'Hello' }, { [header]: key })
    const [first] = (await tell('one')).json().events
    expect(first).toMatchObject({ externalId: 'one', duplicate: false })
    expect((await tell('one')).json().events).toMatchObject([{ id: first.id, duplicate: true }])
    expect((await tell('two')).json().events).toMatchObject([{ duplicate: false }])
  })

  it('is new each time without such a header', async () => {
    const generic = await world.createSource(mapped)
    const tell = () => world.tell(generic, { title: 'Hello' })
    expect((await tell()).json().events).toMatchObject([{ duplicate: false }])
    expect((await tell()).json().events).toMatchObject([{ duplicate: false }])
  })

  it('has a part of the header where a request tells several', async () => {
    const { settings } = mapped
    const generic = await world.createSource({ ...mapped, settings: { ...settings, items: '' } })
    const body = [{ title: 'One' }, { title: 'Two' }]
    const first = (await world.tell(generic, body, { 'webhook-id': 'msg' })).json().events
    expect(first).toMatchObject([
      { externalId: 'msg#0', duplicate: false },
      { externalId: 'msg#1', duplicate: false },
    ])
    const again = (await world.tell(generic, body, { 'webhook-id': 'msg' })).json().events
    expect(again).toMatchObject([
      { id: first[0].id, duplicate: true },
      { id: first[1].id, duplicate: true },
    ])
  })
})

/** What is kept in memory of a source must never outlive a change, whichever way the change goes. */
describe('a change of the source counts for the very next event', () => {
  const edit = (changes: Record<string, unknown>) =>
    world.ask(`/api/admin/sources/${source.id}`, {
      method: 'PUT',
      token: adminToken,
      body: { name: 'Tasks', settings: {}, access: 'everyone', ...changes },
    })
  /** Like `edit`, past the watch over answers: this one shows a secret. */
  async function rotate(): Promise<TestSource> {
    const { json } = await world.app.http.inject({
      method: 'PUT',
      url: `/api/admin/sources/${source.id}`,
      headers: { authorization: `Bearer ${adminToken}` },
      payload: { name: 'Tasks', settings: {}, access: 'everyone', secrets: 'rotate' },
    })
    const { secret } = json<{ secret: string }>()
    world.secrecy.keep(secret)
    return { ...source, secret }
  }

  it('a configuration that was saved before it is never missed', async () => {
    await world.tell(source, world.task('warm'))
    for (let saved = 1; saved <= 5; saved++) {
      await world.configure(source, world.connector().webhookUrl)
      const { events } = (await world.tell(source, world.task(`after-${saved}`))).json()
      expect(events).toMatchObject([{ deliveries: saved }])
    }
  })

  it('a configuration that was removed before it gets nothing', async () => {
    const { entityId } = await world.configure(source, world.connector().webhookUrl)
    await world.tell(source, world.task('warm'))
    await world.context.storage.configurations.remove(entityId, 'admin')
    expect((await world.tell(source, world.task('a'))).json().events).toMatchObject([{ deliveries: 0 }])
  })

  it('both secrets are good while one is being rotated, the new one from the start', async () => {
    await world.tell(source, world.task('warm'))
    const rotated = await rotate()
    expect((await world.tell(rotated, world.task('new'))).statusCode).toBe(202)
    expect((await world.tell(source, world.task('old'))).statusCode).toBe(202)
  })

  it('a retired secret proves nothing, not even that there is nothing to tell', async () => {
    const rotated = await rotate()
    expect((await world.tell(source, world.task('warm'))).statusCode).toBe(202)
    await edit({ secrets: 'retire' })
    expect((await world.tell(source, [])).statusCode).toBe(401)
    expect((await world.tell(source, world.task('a'))).statusCode).toBe(401)
    expect((await world.tell(rotated, world.task('a'))).statusCode).toBe(202)
  })

  it('a paused source keeps nothing, and takes events again as soon as it is resumed', async () => {
    await world.tell(source, world.task('warm'))
    await edit({ paused: true })
    const paused = await world.tell(source, world.task('a'))
    expect(paused.statusCode).toBe(503)
    expect(paused.json()).toMatchObject({ code: 'source-paused' })
    await edit({ paused: false })
    expect((await world.tell(source, world.task('a'))).json().events).toMatchObject([{ duplicate: false }])
  })

  it('mended settings are used at once', async () => {
    const settings = (proof: object) => ({
      proof,
      eventTypes: [{ type: 'note', title: 'Note' }],
      type: { template: 'note' },
      title: { pointer: '/title' },
    })
    const wrong = settings({ by: 'hmac', header: 'X-Signature', hash: 'sha256', encoding: 'hex' })
    const generic = await world.createSource({ kind: 'generic-json', settings: wrong })
    expect((await world.tell(generic, { title: 'Hello' })).statusCode).toBe(401)
    const body = { name: 'Generic', settings: settings({ by: 'bearer' }), access: 'everyone' }
    await world.ask(`/api/admin/sources/${generic.id}`, { method: 'PUT', token: adminToken, body })
    expect((await world.tell(generic, { title: 'Hello' })).statusCode).toBe(202)
  })

  it('a removed source is unknown', async () => {
    await world.tell(source, world.task('warm'))
    await world.ask(`/api/admin/sources/${source.id}`, { method: 'DELETE', token: adminToken })
    expect((await world.tell(source, world.task('a'))).statusCode).toBe(404)
    expect((await world.tell({ ...source, secret: 'a wrong secret' }, world.task('a'))).statusCode).toBe(404)
  })
})

describe('a refused request', () => {
  it('writes nothing, and a reason for the administrator at most once a second', async () => {
    const forged = { ...source, secret: 'a forged secret' }
    for (let sent = 0; sent < 5; sent++) {
      expect((await world.tell(forged, world.task('a'))).statusCode).toBe(401)
    }
    world.clock.turn({ seconds: 1 })
    expect((await world.tell(source, '{"id":')).statusCode).toBe(400)
    const refusals = await untilRows('SELECT code FROM refusal ORDER BY id', 2)
    expect(refusals).toEqual([{ code: 'proof-invalid' }, { code: 'body-unreadable' }])
    expect(rows('SELECT id FROM event')).toEqual([])
  })

  it('leaves nothing when the commit fails, and is a new event when it is sent again', async () => {
    await world.configure(source, world.connector().webhookUrl)
    const { intake } = world.context.storage
    const write = intake.write
    intake.write = () => {
      intake.write = write
      return Promise.reject(new Error('the disk is full'))
    }
    expect((await world.tell(source, world.task('a'))).statusCode).toBe(500)
    expect(rows('SELECT id FROM event')).toEqual([])
    expect((await world.tell(source, world.task('a'))).json().events).toMatchObject([{ duplicate: false }])
  })
})

/**
 * Saves, edits, pauses, removals and intakes at once, on real storage. What must come out is computed from the one
 * order in which the changes were committed: the audit log's. Each change raises `rulesVersion` by one, so that the
 * version an event was written under says which changes came before it. That version is not taken on trust: it must
 * fit what was answered before the event was sent, and what was begun after its answer.
 */
describe('whatever runs beside the intake', () => {
  const types = ['task.created', 'task.updated'] as const
  const entities = fc.nat({ max: 3 })
  const pause = fc.nat({ max: 6 })
  const commands = fc.array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({
          act: fc.constant('save' as const),
          entity: entities,
          wants: fc.subarray([...types], { minLength: 1 }),
          paused: fc.boolean(),
          pause,
        }),
      },
      { weight: 1, arbitrary: fc.record({ act: fc.constant('remove' as const), entity: entities, pause }) },
      {
        weight: 4,
        arbitrary: fc.record({
          act: fc.constant('tell' as const),
          events: fc.array(fc.record({ id: fc.nat({ max: 12 }), type: fc.constantFrom(...types) }), {
            minLength: 1,
            maxLength: 3,
          }),
          pause,
        }),
      },
    ),
    { minLength: 5, maxLength: 30 },
  )

  it('each event has one delivery per configuration that wanted it, and never lacks one', async () => {
    await fc.assert(
      fc.asyncProperty(commands, async (chosen) => {
        const history = await run(chosen)
        check(history)
      }),
      { numRuns: 50 },
    )
  }, 60_000)

  type Command = typeof commands extends fc.Arbitrary<(infer One)[]> ? One : never
  interface Done {
    began: number
    ended: number
  }
  type History = Awaited<ReturnType<typeof run>>

  async function run(chosen: Command[]) {
    const own = await world.createSource()
    const entityIds = Array.from({ length: 4 }, () => uuid())
    const urls = entityIds.map(() => world.connector().webhookUrl)
    const writtenUnder = watchVersions()
    const changes = new Map<string, Done>()
    const told: { externalId: string; done: Done; id: string; duplicate: boolean; type: string }[] = []
    let moment = 0

    async function timed<Result>(work: () => Promise<Result>): Promise<[Result, Done]> {
      const began = ++moment
      const result = await work()
      return [result, { began, ended: ++moment }]
    }

    async function perform(command: Command, index: number): Promise<void> {
      for (let turn = 0; turn < command.pause; turn++) await new Promise((resolve) => setImmediate(resolve))
      const who = `change-${index}`
      if (command.act === 'tell') {
        const body = command.events.map(({ id, type }) => world.task(`e${id}`, { type }))
        const [answer, done] = await timed(() => world.tell(own, body))
        expect(answer.statusCode).toBe(202)
        const events: { id: string; externalId: string; duplicate: boolean }[] = answer.json().events
        for (const [at, event] of events.entries()) {
          told.push({ ...event, type: command.events[at]?.type ?? '', done })
        }
        return
      }
      const entityId = entityIds[command.entity] ?? ''
      const { configurations } = world.context.storage
      const [, done] = await timed(async () => {
        if (command.act === 'remove') return configurations.remove(entityId, who)
        const { wants, paused } = command
        return configurations.write(
          make.configurationWrite({
            entityId,
            sourceId: own.id,
            url: urls[command.entity] ?? '',
            fields: { rule: make.rule({ eventTypes: wants }), paused },
            who,
          }),
        )
      })
      changes.set(who, done)
    }

    await Promise.all(chosen.map(perform))
    const audited = await auditOf(entityIds)
    const deliveries = rows<{ eventId: string; entityId: string; round: number; state: string }>(
      `SELECT d.eventId, d.entityId, d.round, d.state FROM delivery d JOIN event e ON e.id = d.eventId
       WHERE e.sourceId = '${own.id}'`,
    )
    const events = rows<{ id: string }>(`SELECT id FROM event WHERE sourceId = '${own.id}'`)
    return { entityIds, changes, told, audited, deliveries, events, writtenUnder }
  }

  /** Under which `rulesVersion` each event was written. */
  function watchVersions(): Map<string, number> {
    const versions = new Map<string, number>()
    const { intake } = world.context.storage
    const write = intake.write
    intake.write = async (batches) => {
      const results = await write(batches)
      for (const [index, result] of results.entries()) {
        const batch = batches[index]
        if (result === 'rules changed' || !batch) continue
        for (const { id, duplicate } of result) if (!duplicate) versions.set(id, batch.rulesVersion)
      }
      return results
    }
    return versions
  }

  /** The changes in the order of their commits: the n-th made the source's rules version n. */
  async function auditOf(entityIds: string[]) {
    const { items } = await world.context.storage.audit.list({ limit: 1000 })
    return items.filter(({ subject }) => entityIds.includes(subject)).toReversed()
  }

  function check({ entityIds, changes, told, audited, deliveries, events, writtenUnder }: History): void {
    const firsts = told.filter(({ duplicate }) => !duplicate)
    expect(new Set(firsts.map(({ externalId }) => externalId)).size).toBe(firsts.length)
    expect(new Set(told.map(({ id }) => id)).size).toBe(firsts.length)
    expect(events.map(({ id }) => id).toSorted()).toEqual(firsts.map(({ id }) => id).toSorted())

    for (const { id, type, done } of firsts) {
      const version = writtenUnder.get(id) ?? Number.NaN
      for (const [index, { who }] of audited.entries()) {
        const change = changes.get(who)
        if (change && change.ended < done.began) expect(version).toBeGreaterThanOrEqual(index + 1)
        if (change && done.ended < change.began) expect(version).toBeLessThan(index + 1)
      }
      const wanting = [...replay(audited.slice(0, version))].filter(([, one]) => one.wants.includes(type))
      const own = deliveries.filter(({ eventId }) => eventId === id)
      expect(own.map(({ entityId }) => entityId).toSorted()).toEqual(wanting.map(([of]) => of).toSorted())
      expect(own.every(({ round }) => round === 1)).toBe(true)
    }
    checkStates({ entityIds, audited, deliveries, writtenUnder })
  }

  /** Whom the rest of the story left where: held by a pause, cancelled by a removal, or waiting to be sent. */
  function checkStates({
    entityIds,
    audited,
    deliveries,
    writtenUnder,
  }: Pick<History, 'entityIds' | 'audited' | 'deliveries' | 'writtenUnder'>): void {
    const last = replay(audited)
    for (const entityId of entityIds) {
      const now = last.get(entityId)
      for (const { eventId, state } of deliveries.filter((one) => one.entityId === entityId)) {
        const isOfNow = now && (writtenUnder.get(eventId) ?? Number.NaN) >= now.createdAt
        expect(state).toBe(isOfNow ? (now.paused ? 'held' : 'pending') : 'cancelled')
      }
    }
  }

  type Audited = Awaited<ReturnType<typeof auditOf>>
  function replay(audited: Audited) {
    const now = new Map<string, { wants: string[]; paused: boolean; createdAt: number }>()
    for (const [index, { action, subject, detail }] of audited.entries()) {
      const { eventTypes = [], paused = false } = detail as { eventTypes?: string[]; paused?: boolean }
      const createdAt = now.get(subject)?.createdAt ?? index + 1
      if (action === 'configuration.removed') now.delete(subject)
      else now.set(subject, { wants: eventTypes, paused, createdAt })
    }
    return now
  }
})

function rows<Row>(sql: string): Row[] {
  const file = new Sqlite(world.app.config.databaseUrl.replace('file:', ''), { readonly: true })
  try {
    return file.prepare(sql).all() as Row[]
  } finally {
    file.close()
  }
}

function untilRows(sql: string, count: number): Promise<unknown[]> {
  return until(`${count} rows`, () => {
    const found = rows(sql)
    return found.length >= count ? found : undefined
  })
}
