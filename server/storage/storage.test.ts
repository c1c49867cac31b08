import { readFileSync, statSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { missingMigration } from '../../prisma/diff.ts'
import { make } from '../testing/make.ts'
import { openTestStorage, type TestStorage } from '../testing/storage.ts'
import type { FanOutRules, IntakeBatch, Received } from './intake.ts'
import type { LaneSettlement, Settlement } from './lane.ts'
import { sqlite } from './sqlite.ts'
import type { StoredSource } from './storage.ts'

let test: TestStorage
let source: StoredSource
beforeEach(async () => {
  test = await openTestStorage()
  source = await test.storage.sources.create(make.source())
})
afterEach(() => test.discard())

const leaseOptions = { limit: 100, leaseMs: 30_000, stampsPerLane: 4 }

function batch(rules: FanOutRules, count = 1): IntakeBatch {
  return {
    sourceId: source.id,
    rulesVersion: rules.rulesVersion,
    events: Array.from({ length: count }, () => ({
      event: make.event({ sourceId: source.id }),
      deliveries: rules.configurations.map(({ entityId, destinationId }) => ({ entityId, destinationId })),
    })),
  }
}

async function receive(count = 1) {
  const rules = await test.storage.intake.rulesOf(source.id)
  if (!rules) throw new Error('no source')
  return test.storage.intake.write([batch(rules, count)])
}

function settlement(deliveryId: number, changes: Partial<Settlement> = {}): Settlement {
  const at = test.clock.now()
  return {
    deliveryId,
    attempt: {
      startedAt: at,
      endedAt: at,
      outcome: 'delivered',
      status: 200,
      answer: '1',
      reason: null,
      body: '{"title":"A"}',
      sizeBytes: 13,
      shortened: null,
    },
    state: 'delivered',
    reason: null,
    errors: 0,
    ...changes,
  }
}

function laneSettlement(
  lane: { destinationId: string; leaseId: string; savedAt: Date },
  settlements: Settlement[],
): LaneSettlement {
  return {
    destinationId: lane.destinationId,
    leaseId: lane.leaseId,
    savedAt: lane.savedAt,
    settlements,
    notBefore: null,
    failures: 0,
    health: 'healthy',
    healthReason: null,
    failingSince: null,
    goneSince: null,
    succeededAt: test.clock.now(),
  }
}

describe('the file', () => {
  it('is in WAL mode with synchronous FULL and foreign keys', async () => {
    const file = new Sqlite(test.path, { readonly: true })
    expect(file.pragma('journal_mode', { simple: true })).toBe('wal')
    file.close()
    const { openDatabase } = await import('./database.ts')
    const other = await openDatabase(`file:${test.path}-other`, test.clock.now)
    const pragma = async (name: string) =>
      Object.values((await other.writer.$queryRawUnsafe<object[]>(`PRAGMA ${name}`))[0] ?? {})
    expect(await pragma('journal_mode')).toEqual(['wal'])
    expect((await pragma('synchronous')).map(Number)).toEqual([2])
    expect((await pragma('foreign_keys')).map(Number)).toEqual([1])
    await other.close()
  })

  it('is refused to a second process', async () => {
    const { openDatabase } = await import('./database.ts')
    await expect(openDatabase(test.databaseUrl, test.clock.now)).rejects.toThrow(/Another Cardwire process/)
  })

  it('is made by migrations that make exactly the schema', async () => {
    expect(await missingMigration()).toBe('')
  }, 30_000)

  it('is not opened by a version that does not know its migrations', async () => {
    await test.storage.close()
    const file = new Sqlite(test.path)
    file.exec(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'y', '29990101000000_future', 1)`,
    )
    file.close()
    await expect(test.reopen()).rejects.toThrow(/newer version/)
    const again = new Sqlite(test.path)
    again.exec(`DELETE FROM _prisma_migrations WHERE id = 'x'`)
    again.close()
    await test.reopen()
  })

  it('holds no webhook URL, secret or object id that could be read', async () => {
    const url = 'https://contoso.webhook.office.com/webhookb2/aaaa-very-secret'
    await test.storage.configurations.write(
      make.configurationWrite({
        sourceId: source.id,
        url,
        next: { url: `${url}-next`, transport: 'connector' },
        userObjectId: 'object-id-very-secret',
      }),
    )
    await test.storage.close()
    const bytes = readFileSync(test.path).toString('latin1')
    await test.reopen()
    expect(statSync(test.path).size).toBeGreaterThan(4096)
    expect(bytes).not.toContain('very-secret')
    expect(bytes).not.toContain('a secret for tests only')
  })
})

describe('what was sent', () => {
  it('is kept once for all who were sent the same, with when it was last sent, to the hour', async () => {
    for (const name of ['a', 'b']) await save({ url: `https://contoso.webhook.office.com/webhookb2/${name}` })
    await receive(4)
    const begin = test.clock.now().getTime()
    const minutesKept: number[][] = []
    const file = new Sqlite(test.path, { readonly: true })
    const kept = file.prepare('SELECT sentAt FROM sent_card ORDER BY body').pluck()
    for (const { body, minutes } of [
      { body: '{"title":"A"}', minutes: 0 },
      { body: '{"title":"A"}', minutes: 30 },
      { body: '{"title":"A"}', minutes: 90 },
      { body: '{"title":"B"}', minutes: 100 },
    ]) {
      test.clock.turn({ seconds: (begin + minutes * 60_000 - test.clock.now().getTime()) / 1000 })
      const lanes = await test.storage.lanes.lease({ ...leaseOptions, stampsPerLane: 1 })
      expect(lanes).toHaveLength(2)
      const attempt = settlement(0).attempt
      const sent = attempt && { attempt: { ...attempt, body } }
      await test.storage.lanes.settle(
        lanes.map((lane) => laneSettlement(lane, [settlement(lane.deliveries[0]?.id ?? 0, sent)])),
      )
      minutesKept.push(kept.all().map((at) => (Number(at) - begin) / 60_000))
    }
    const used = file.prepare('SELECT count(*) FROM attempt a JOIN sent_card c ON c.hash = a.card').pluck()
    expect(used.get()).toBe(8)
    file.close()
    expect(minutesKept).toEqual([[0], [0], [90], [90, 100]])
  })
})

describe('what is watched', () => {
  it('is read from the index of what waits, however much was sent before', () => {
    const file = new Sqlite(test.path, { readonly: true })
    const plan = file.prepare(`EXPLAIN QUERY PLAN ${sqlite.watch}`).all() as { detail: string }[]
    file.close()
    const details = plan.map(({ detail }) => detail).join('\n')
    expect(details).toContain('INDEX lane_heads_idx')
    expect(details).not.toMatch(/SCAN delivery$/m)
  })
})

describe('what is late', () => {
  const oldest = async () => (await test.storage.watch()).oldestDueAt

  it('is a lane that nobody works on, and a lease from its end on', async () => {
    await save()
    expect(await oldest()).toBeUndefined()
    await receive()
    expect(await oldest()).toEqual(test.clock.now())
    const [lane] = await test.storage.lanes.lease(leaseOptions)
    expect(await oldest()).toEqual(lane?.leaseEndsAt)
  })

  it('is what was to be let go', async () => {
    const until = new Date(test.clock.now().getTime() + 3_600_000)
    const { entityId } = await save()
    await receive()
    const file = new Sqlite(test.path)
    file
      .prepare("UPDATE delivery SET state = 'held', heldBy = 'quiet hours', heldUntil = ? WHERE entityId = ?")
      .run(until.getTime(), entityId)
    file.prepare('UPDATE destination SET dueAt = NULL').run()
    file.close()
    expect(await oldest()).toEqual(until)
  })
})

describe('sources', () => {
  it('keep their secrets sealed and give them back newest first', async () => {
    const { storage } = test
    expect(await storage.sources.secretsOf(source.id)).toEqual(['a secret for tests only'])
    const edit = { ...source, who: 'admin' }
    await storage.sources.edit(source.id, { ...edit, secrets: { add: 'the newer secret' } })
    expect(await storage.sources.secretsOf(source.id)).toEqual([
      'the newer secret',
      'a secret for tests only',
    ])
    await storage.sources.edit(source.id, { ...edit, secrets: { add: 'the newest secret' } })
    expect(await storage.sources.secretsOf(source.id)).toEqual(['the newest secret', 'the newer secret'])
    await storage.sources.edit(source.id, { ...edit, secrets: 'newest' })
    expect(await storage.sources.secretsOf(source.id)).toEqual(['the newest secret'])
  })

  it('are not edited over a change that was not seen', async () => {
    const edit = (name: string) =>
      test.storage.sources.edit(source.id, { ...source, name, who: 'admin' }, source.version)
    expect(await edit('New')).toMatchObject({ name: 'New' })
    expect(await edit('Late')).toBe('stale')
  })

  it('cannot be removed while a configuration depends on them', async () => {
    const { entityId } = await save()
    expect(await test.storage.sources.remove(source.id, 'admin')).toBe('in use')
    await test.storage.configurations.remove(entityId, 'admin')
    expect(await test.storage.sources.remove(source.id, 'admin')).toBe('removed')
    expect(await test.storage.sources.remove(source.id, 'admin')).toBeUndefined()
  })
})

/** What Teams' 410 does to a lane, with what was pending still pending. */
async function goneFor(destinationId: string) {
  const lanes = await test.storage.lanes.lease(leaseOptions)
  const lane = lanes.find((one) => one.destinationId === destinationId)
  if (!lane) throw new Error('no lane')
  const waiting = lane.deliveries.map((one) => settlement(one.id, { state: 'pending' }))
  await test.storage.lanes.settle([
    { ...laneSettlement(lane, waiting), health: 'gone', healthReason: 'Teams answered 410.' },
  ])
}

async function save(changes: Partial<Parameters<typeof make.configurationWrite>[0]> = {}) {
  const result = await test.storage.configurations.write(
    make.configurationWrite({ sourceId: source.id, ...changes }),
  )
  if (typeof result === 'string') throw new Error(result)
  return result.configuration
}

describe('configurations', () => {
  it('share one destination, lane and budget when they share a URL', async () => {
    const url = 'https://contoso.webhook.office.com/webhookb2/shared'
    const [one, two] = [await save({ url }), await save({ url: `  ${url}\n` })]
    expect(one.destinationId).toBe(two.destinationId)
  })

  it('are found again by URL after the last one left it', async () => {
    const url = 'https://contoso.webhook.office.com/webhookb2/again'
    const { entityId, destinationId } = await save({ url })
    await test.storage.configurations.remove(entityId, 'admin')
    expect((await save({ url })).destinationId).toBe(destinationId)
  })

  it('prove their current URL and no other', async () => {
    const url = 'https://contoso.webhook.office.com/webhookb2/proof'
    const { entityId } = await save({ url })
    expect(await test.storage.configurations.provesUrl(entityId, ` ${url} `)).toBe(true)
    expect(await test.storage.configurations.provesUrl(entityId, `${url}x`)).toBe(false)
    expect(await test.storage.configurations.provesUrl(uuid(), url)).toBe(false)
  })

  it('take what they are owed along to a new URL, and tell the old one', async () => {
    const { entityId } = await save({ url: 'https://contoso.webhook.office.com/webhookb2/old' })
    await receive()
    await save({
      entityId,
      url: 'https://contoso.webhook.office.com/webhookb2/new',
      noticeOnOld: { about: 'moved', configurationName: 'Tasks' },
    })
    const lanes = await test.storage.lanes.lease(leaseOptions)
    const sent = new Map(
      lanes.map((lane) => [lane.url?.split('/').at(-1), lane.deliveries.map((one) => one.kind)]),
    )
    expect(sent).toEqual(
      new Map([
        ['new', ['event']],
        ['old', ['notice']],
      ]),
    )
  })

  it('forget the URL of a destination as soon as its last notice is out', async () => {
    const { entityId } = await save({ url: 'https://contoso.webhook.office.com/webhookb2/old' })
    await save({ entityId, noticeOnOld: { about: 'moved', configurationName: 'Tasks' } })
    const [lane] = await test.storage.lanes.lease(leaseOptions)
    if (!lane) throw new Error('no lane')
    await test.storage.lanes.settle([laneSettlement(lane, [settlement(lane.deliveries[0]?.id ?? 0)])])
    await test.storage.close()
    const file = new Sqlite(test.path, { readonly: true })
    const row = file.prepare('SELECT urlSealed FROM destination WHERE id = ?').get(lane.destinationId)
    file.close()
    await test.reopen()
    expect(row).toEqual({ urlSealed: null })
  })

  it('forget the URL of a destination at once when nothing waits for it', async () => {
    const { entityId, destinationId } = await save()
    await test.storage.configurations.remove(entityId, 'admin')
    await test.storage.close()
    const file = new Sqlite(test.path, { readonly: true })
    const row = file.prepare('SELECT urlSealed FROM destination WHERE id = ?').get(destinationId)
    file.close()
    await test.reopen()
    expect(row).toEqual({ urlSealed: null })
  })

  it('cancel what they are owed when they are removed, once', async () => {
    const { entityId } = await save()
    await receive(3)
    expect(await test.storage.configurations.remove(entityId, 'admin')).toEqual({
      cancelled: 3,
      transport: 'connector',
    })
    expect(await test.storage.configurations.remove(entityId, 'admin')).toBeUndefined()
    expect(await test.storage.deliveries.counts()).toMatchObject({ cancelled: 3, pending: 0 })
    expect(await test.storage.lanes.lease(leaseOptions)).toEqual([])
  })

  it('hold while paused and let go when resumed', async () => {
    const { entityId } = await save()
    await receive()
    await save({ entityId, fields: { paused: true } })
    await receive()
    expect(await test.storage.deliveries.counts()).toMatchObject({ held: 1, pending: 1 })
    await save({ entityId })
    expect(await test.storage.deliveries.counts()).toMatchObject({ held: 0, pending: 2 })
  })

  it('write who changed what into the audit log, without the URL', async () => {
    const { entityId } = await save({ who: 'person:t/ada' })
    await test.storage.configurations.remove(entityId, 'person:t/bob')
    const { items } = await test.storage.audit.list({ limit: 10 })
    expect(items.map(({ who, action, subject }) => [who, action, subject])).toEqual([
      ['person:t/bob', 'configuration.removed', entityId],
      ['person:t/ada', 'configuration.created', entityId],
      ['administrator:token', 'source.created', source.id],
    ])
    expect(JSON.stringify(items)).not.toContain('webhookb2')
  })

  it('move to their next URL when the current one is gone', async () => {
    const { entityId, destinationId } = await save({
      next: { url: 'https://contoso.webhook.office.com/webhookb2/next', transport: 'connector' },
    })
    await receive()
    expect(await test.storage.configurations.useNextUrls(destinationId)).toBe(0)
    await goneFor(destinationId)
    expect(await test.storage.configurations.useNextUrls(destinationId)).toBe(1)
    const lanes = await test.storage.lanes.lease(leaseOptions)
    const withWork = lanes.filter((lane) => lane.deliveries.length > 0)
    expect(withWork.map((lane) => lane.url)).toEqual(['https://contoso.webhook.office.com/webhookb2/next'])
    expect((await test.storage.configurations.read(entityId))?.destinationId).not.toBe(destinationId)
  })

  it('wait for approval again where they moved to their next URL, if their source asks for it', async () => {
    const edit = { name: source.name, settings: source.settings, paused: false, who: 'administrator:token' }
    await test.storage.sources.edit(source.id, { ...edit, access: 'approval' }, undefined)
    const { entityId, destinationId } = await save({
      approved: true,
      next: { url: 'https://contoso.webhook.office.com/webhookb2/next', transport: 'connector' },
    })
    await receive()
    await goneFor(destinationId)
    expect(await test.storage.configurations.useNextUrls(destinationId)).toBe(1)
    expect((await test.storage.configurations.read(entityId))?.state).toBe('waiting')
    expect((await test.storage.lanes.lease(leaseOptions)).flatMap((lane) => lane.deliveries)).toEqual([])
  })
})

describe('the intake', () => {
  it('remembers the same event once and answers with the first one', async () => {
    await save()
    const rules = (await test.storage.intake.rulesOf(source.id)) as FanOutRules
    const first = batch(rules)
    const second = batch(rules)
    const externalId = 'same'
    for (const one of [first, second]) for (const { event } of one.events) event.externalId = externalId
    const answers = await test.storage.intake.write([first, second])
    const [one, two] = answers.flatMap((answer) => answer as Received[])
    expect(one).toMatchObject({ duplicate: false, deliveries: 1 })
    expect(two).toMatchObject({ id: one?.id, duplicate: true, deliveries: 1 })
    expect(await test.storage.deliveries.counts()).toMatchObject({ pending: 1 })
  })

  it('writes nothing of a batch whose rules have changed, and all of the others', async () => {
    const rules = (await test.storage.intake.rulesOf(source.id)) as FanOutRules
    await save()
    const current = (await test.storage.intake.rulesOf(source.id)) as FanOutRules
    const answers = await test.storage.intake.write([batch(rules), batch(current)])
    expect(answers[0]).toBe('rules changed')
    expect(answers[1]).toMatchObject([{ duplicate: false, deliveries: 1 }])
  })

  it('keeps the order of events and of their deliveries', async () => {
    const { entityId } = await save()
    const rules = (await test.storage.intake.rulesOf(source.id)) as FanOutRules
    const many = batch(rules, 50)
    await test.storage.intake.write([many])
    const { items } = await test.storage.deliveries.ofConfiguration(entityId, { limit: 100 })
    expect(items.map((one) => one.eventId).toReversed()).toEqual(many.events.map(({ event }) => event.id))
  })
})

describe('lanes', () => {
  it('are leased by one worker at a time, with at most four heads stamped in order', async () => {
    await save()
    await receive(6)
    const [lane] = await test.storage.lanes.lease(leaseOptions)
    expect(lane?.deliveries).toHaveLength(4)
    expect(await test.storage.lanes.lease(leaseOptions)).toEqual([])
    await test.storage.lanes.settle([
      laneSettlement(
        lane as never,
        (lane?.deliveries ?? []).map((one) => settlement(one.id)),
      ),
    ])
    const [next] = await test.storage.lanes.lease(leaseOptions)
    expect(next?.deliveries).toHaveLength(2)
    expect(Math.min(...(next?.deliveries ?? []).map((one) => one.id))).toBeGreaterThan(
      Math.max(...(lane?.deliveries ?? []).map((one) => one.id)),
    )
  })

  it('come with everything that a card needs', async () => {
    const { entityId, destinationId } = await save({
      url: 'https://contoso.webhook.office.com/webhookb2/all',
    })
    await receive()
    const [lane] = await test.storage.lanes.lease(leaseOptions)
    expect(lane).toMatchObject({
      destinationId,
      url: 'https://contoso.webhook.office.com/webhookb2/all',
      transport: 'connector',
      health: 'healthy',
      deliveries: [
        {
          kind: 'event',
          entityId,
          locale: 'en-US',
          zone: 'Europe/Paris',
          sourceName: 'Tasks',
          attempts: 0,
          errors: 0,
        },
      ],
    })
    expect(lane?.deliveries[0]?.event).toMatchObject({
      title: 'Write the report',
      facts: [{ name: 'Assignee', value: 'Ada' }],
    })
  })

  it('tell what happened as its own source’s, alone or in a digest, whatever its configuration wants by now', async () => {
    const other = await test.storage.sources.create(make.source({ name: 'Other' }))
    const { entityId } = await save()
    await receive(2)
    await save({ entityId, sourceId: other.id })
    const [lane] = await test.storage.lanes.lease(leaseOptions)
    if (!lane) throw new Error('nothing is due')
    expect(lane.deliveries.map((one) => one.sourceName)).toEqual(['Tasks', 'Tasks'])
    const composed = await test.storage.lanes.compose(lane, { entityId, reason: 'pressure' })
    if (!composed || composed === 'lost') throw new Error('nothing was composed')
    expect(composed.digest.sourceName).toBe('Tasks')
    await test.storage.lanes.recover({ all: true })
    const [again] = await test.storage.lanes.lease(leaseOptions)
    expect(again?.deliveries).toMatchObject([
      { kind: 'digest', sourceName: 'Tasks', digest: { kind: 'tasks' } },
    ])
  })

  it('wait until their time and are then due again', async () => {
    await save()
    await receive()
    const [lane] = await test.storage.lanes.lease(leaseOptions)
    const waiting = laneSettlement(lane as never, [
      settlement(lane?.deliveries[0]?.id ?? 0, { state: 'pending', errors: 1 }),
    ])
    waiting.notBefore = new Date(test.clock.now().getTime() + 5000)
    await test.storage.lanes.settle([waiting])
    await receive()
    expect(await test.storage.lanes.lease(leaseOptions)).toEqual([])
    expect(await test.storage.lanes.nextDueAt()).toEqual(waiting.notBefore)
    test.clock.turn({ seconds: 5 })
    const [again] = await test.storage.lanes.lease(leaseOptions)
    expect(again?.deliveries.map(({ attempts, errors }) => [attempts, errors])).toEqual([
      [1, 1],
      [0, 0],
    ])
  })

  it('of a destination that an administrator disabled hold still, whatever comes', async () => {
    const { destinationId } = await save()
    const disable = new Sqlite(test.path)
    disable
      .prepare("UPDATE destination SET health = 'disabled', dueAt = NULL WHERE id = ?")
      .run(destinationId)
    disable.close()
    await receive()
    expect(await test.storage.lanes.lease(leaseOptions)).toEqual([])
    expect(await test.storage.deliveries.counts()).toMatchObject({ pending: 1 })
  })

  it('of a destination that was disabled while it was leased hold still after a take-over', async () => {
    const { destinationId } = await save()
    await receive()
    expect(await test.storage.lanes.lease(leaseOptions)).toHaveLength(1)
    const disable = new Sqlite(test.path)
    disable.prepare("UPDATE destination SET health = 'disabled' WHERE id = ?").run(destinationId)
    disable.close()
    await test.storage.lanes.recover({ all: true })
    expect(await test.storage.lanes.lease(leaseOptions)).toEqual([])
  })

  it('whose URL cannot be opened come without it, and do not spoil the others', async () => {
    const { destinationId } = await save()
    await save({ url: 'https://contoso.webhook.office.com/webhookb2/other' })
    const broken = new Sqlite(test.path)
    broken.prepare("UPDATE destination SET urlSealed = 'v1.none.AAAA' WHERE id = ?").run(destinationId)
    broken.close()
    await receive()
    const lanes = await test.storage.lanes.lease(leaseOptions)
    const urls = new Map(lanes.map((lane) => [lane.destinationId === destinationId, lane.url]))
    expect(urls).toEqual(
      new Map([
        [true, undefined],
        [false, 'https://contoso.webhook.office.com/webhookb2/other'],
      ]),
    )
  })

  it('whose lease ran out are recovered with an unknown attempt for what was in flight', async () => {
    const { entityId } = await save()
    await receive(5)
    const [lane] = await test.storage.lanes.lease(leaseOptions)
    expect(await test.storage.lanes.recover()).toMatchObject({ deliveries: 0 })
    test.clock.turn({ seconds: 31 })
    expect(await test.storage.lanes.recover()).toMatchObject({
      deliveries: 4,
      destinationIds: [lane?.destinationId],
    })
    const { items } = await test.storage.deliveries.ofConfiguration(entityId, { limit: 10 })
    const attempts = await Promise.all(items.map((one) => test.storage.deliveries.attemptsOf(one.id)))
    expect(attempts.map((of) => of.map((one) => one.outcome)).toReversed()).toEqual([
      ['unknown'],
      ['unknown'],
      ['unknown'],
      ['unknown'],
      [],
    ])
    const late = laneSettlement(lane as never, [settlement(lane?.deliveries[0]?.id ?? 0)])
    expect(await test.storage.lanes.settle([late])).toEqual({
      missed: [lane?.destinationId],
      dueAgain: true,
    })
    expect(await test.storage.deliveries.counts()).toMatchObject({ pending: 5, delivered: 0 })
  })

  it('keep a renewed lease, and no other', async () => {
    await save()
    await receive()
    const [lane] = await test.storage.lanes.lease(leaseOptions)
    test.clock.turn({ seconds: 20 })
    expect(await test.storage.lanes.renew(lane as never, 30_000)).toEqual(
      new Date(test.clock.now().getTime() + 30_000),
    )
    test.clock.turn({ seconds: 20 })
    expect(await test.storage.lanes.recover()).toMatchObject({ deliveries: 0 })
    test.clock.turn({ seconds: 20 })
    expect(await test.storage.lanes.renew(lane as never, 30_000)).toBeUndefined()
  })

  it('cancel a delivery in flight that would wait for a removed configuration, and keep its attempt', async () => {
    const { entityId } = await save()
    await receive(2)
    const [lane] = await test.storage.lanes.lease(leaseOptions)
    await test.storage.configurations.remove(entityId, 'admin')
    const [first, second] = (lane?.deliveries ?? []).map((one) => one.id) as [number, number]
    await test.storage.lanes.settle([
      laneSettlement(lane as never, [settlement(first), settlement(second, { state: 'pending' })]),
    ])
    expect(await test.storage.deliveries.counts()).toMatchObject({ delivered: 1, cancelled: 1, pending: 0 })
    expect(await test.storage.deliveries.attemptsOf(String(second))).toHaveLength(1)
    expect(await test.storage.lanes.nextDueAt()).toBeUndefined()
  })

  it('of a destination that is gone are abandoned with their reason', async () => {
    const { entityId } = await save()
    await receive(2)
    const [lane] = await test.storage.lanes.lease(leaseOptions)
    const gone = laneSettlement(
      lane as never,
      (lane?.deliveries ?? []).map((one) => settlement(one.id, { state: 'pending' })),
    )
    await test.storage.lanes.settle([{ ...gone, health: 'gone' }])
    const [dead] = await test.storage.lanes.lease(leaseOptions)
    expect(dead).toMatchObject({ health: 'gone', deliveries: [] })
    expect(await test.storage.lanes.abandon(dead as never, 'Teams answered 410.')).toBe(2)
    expect(await test.storage.lanes.nextDueAt()).toBeUndefined()
    const { items } = await test.storage.deliveries.ofConfiguration(entityId, { limit: 10 })
    expect(items.map(({ state, reason }) => [state, reason])).toEqual([
      ['cancelled', 'Teams answered 410.'],
      ['cancelled', 'Teams answered 410.'],
    ])
  })
})
