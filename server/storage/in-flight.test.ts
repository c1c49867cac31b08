import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OutcomeKind } from '../model/delivery.ts'
import { make } from '../testing/make.ts'
import { openTestStorage, type TestStorage } from '../testing/storage.ts'
import type { Lane, LaneSettlement, Settlement } from './lane.ts'
import type { StoredConfiguration, StoredSource } from './storage.ts'

/** What people change while a worker holds the lane: neither undoes what the other did. */
let test: TestStorage
let source: StoredSource
beforeEach(async () => {
  test = await openTestStorage()
  source = await test.storage.sources.create(make.source())
})
afterEach(() => test.discard())

const urlOf = (name: string) => `https://contoso.webhook.office.com/webhookb2/${name}`

describe('a lane in flight', () => {
  it('leaves what still waits to the new URL of its configuration, in order', async () => {
    const { entityId } = await save({ url: urlOf('old') })
    await receive(6)
    const lane = await lease()
    await save({ entityId, url: urlOf('new') })
    const { dueAgain } = await settle(lane, [failed(lane, 0), ...untouched(lane, 1)])
    expect(dueAgain).toBe(true)
    const next = await lease()
    expect(next.url).toBe(urlOf('new'))
    expect(next.deliveries.map(({ id }) => id)).toEqual(lane.deliveries.map(({ id }) => id))
  })

  it('leaves what still waits held when its configuration was paused, until it is resumed', async () => {
    const { entityId } = await save()
    await receive(2)
    const lane = await lease()
    await save({ entityId, fields: { paused: true } })
    await settle(lane, [failed(lane, 0), ...untouched(lane, 1)])
    expect(await test.storage.deliveries.counts()).toMatchObject({ held: 2, pending: 0 })
    expect(await test.storage.lanes.lease(leaseOptions)).toEqual([])
    await save({ entityId })
    expect((await lease()).deliveries).toHaveLength(2)
  })

  it('leaves a notice with the destination it is for', async () => {
    const { entityId } = await save({ url: urlOf('old') })
    await save({
      entityId,
      url: urlOf('new'),
      noticeOnOld: { about: 'moved', configurationName: 'Tasks' },
    })
    const lane = await leaseOf(urlOf('old'))
    await settle(lane, [failed(lane, 0)])
    expect((await leaseOf(urlOf('old'))).deliveries).toHaveLength(1)
  })

  it('follows its configuration after a crash too', async () => {
    const { entityId } = await save({ url: urlOf('old') })
    await receive()
    await lease()
    await save({ entityId, url: urlOf('new') })
    await test.storage.lanes.recover({ all: true })
    expect((await leaseOf(urlOf('new'))).deliveries).toHaveLength(1)
  })

  it('is not declared gone by an answer from before a save', async () => {
    const { entityId } = await save()
    await receive()
    const lane = await lease()
    test.clock.turn({ minutes: 5 })
    await save({ entityId })
    await settle(lane, [failed(lane, 0)], { health: 'gone', healthReason: 'Teams answered 410.' })
    const again = await lease()
    expect(again).toMatchObject({ health: 'healthy', healthReason: null, savedAt: test.clock.now() })
    expect(again.deliveries).toHaveLength(1)
  })

  it('is not made to wait by a failure from before a save, but for as long as Teams has asked', async () => {
    const { entityId } = await save()
    await receive()
    const until = test.clock.now().getTime() + 60 * 60 * 1000
    const waiting = { failures: 5, notBefore: new Date(until), failingSince: test.clock.now() }
    const first = await lease()
    test.clock.turn({ minutes: 5 })
    await save({ entityId })
    await settle(first, [failed(first, 0)], {
      ...waiting,
      health: 'failing',
      healthReason: 'Teams answered 503.',
    })
    const again = await lease()
    expect(again).toMatchObject({ health: 'healthy', healthReason: null, failures: 0, failingSince: null })
    test.clock.turn({ minutes: 1 })
    await save({ entityId })
    await settle(again, [failed(again, 0, 'throttled')], { ...waiting, health: 'failing' })
    expect(await test.storage.lanes.lease(leaseOptions)).toEqual([])
    test.clock.turn({ hours: 1 })
    expect((await lease()).deliveries).toHaveLength(1)
  })

  it('cancels nothing for a destination that was saved again before it was abandoned', async () => {
    const { entityId } = await save()
    await receive()
    const lane = await lease()
    await settle(lane, [failed(lane, 0)], { health: 'gone' })
    const dead = await lease()
    expect(dead).toMatchObject({ health: 'gone', deliveries: [] })
    test.clock.turn({ minutes: 5 })
    await save({ entityId })
    expect(await test.storage.lanes.abandon(dead, 'gone')).toBe(0)
    expect((await lease()).deliveries).toHaveLength(1)
  })

  it('cancels nothing once its lease is lost', async () => {
    await save()
    await receive()
    const lane = await lease()
    await settle(lane, [failed(lane, 0)], { health: 'gone' })
    const dead = await lease()
    test.clock.turn({ minutes: 1 })
    await test.storage.lanes.recover()
    expect(await test.storage.lanes.abandon(dead, 'gone')).toBe(0)
    expect(await test.storage.deliveries.counts()).toMatchObject({ pending: 1, cancelled: 0 })
  })

  it('runs out even when its last configuration left meanwhile', async () => {
    const { entityId } = await save()
    await receive()
    const lane = await lease()
    await settle(lane, [failed(lane, 0)], { health: 'gone' })
    await lease()
    await test.storage.configurations.remove(entityId, 'admin')
    test.clock.turn({ minutes: 1 })
    await test.storage.lanes.recover()
    await save({ entityId, url: lane.url ?? '' })
    await receive()
    expect((await lease()).deliveries).toHaveLength(1)
  })
})

describe('a save', () => {
  it('without a URL makes a destination healthy and tries what waits at once', async () => {
    const { entityId } = await save()
    await receive()
    const lane = await lease()
    const notBefore = new Date(test.clock.now().getTime() + 3_600_000)
    await settle(lane, [failed(lane, 0)], { health: 'failing', notBefore, failures: 6 })
    expect(await test.storage.lanes.lease(leaseOptions)).toEqual([])
    const write = make.configurationWrite({ sourceId: source.id, entityId })
    delete write.destination
    await test.storage.configurations.write(write)
    expect(await lease()).toMatchObject({ health: 'healthy', failures: 0 })
  })

  it('without a URL keeps the next URL, and with one drops it', async () => {
    const next = { url: urlOf('next'), transport: 'workflow' as const }
    const { entityId } = await save({ url: urlOf('now'), next })
    const write = make.configurationWrite({ sourceId: source.id, entityId })
    delete write.destination
    await test.storage.configurations.write(write)
    await receive()
    const lane = await lease()
    await settle(lane, [failed(lane, 0)], { health: 'gone' })
    expect(await test.storage.configurations.useNextUrls(lane.destinationId)).toBe(1)
    expect(await lease()).toMatchObject({ url: next.url, transport: 'workflow' })

    const other = await save({ url: urlOf('other'), next })
    await save({ entityId: other.entityId, url: urlOf('other') })
    await receive()
    const last = await leaseOf(urlOf('other'))
    await settle(last, [failed(last, 0)], { health: 'gone' })
    expect(await test.storage.configurations.useNextUrls(last.destinationId)).toBe(0)
  })

  it('writes nothing over a version that was not seen, nor over one that was not there', async () => {
    const { entityId, version } = await save()
    const write = make.configurationWrite({ sourceId: source.id, entityId, tenantId: 'tenant-2' })
    expect(await test.storage.configurations.write(write, 'new')).toBe('stale')
    expect(await test.storage.configurations.write(write, version + 1)).toBe('stale')
    expect(await test.storage.configurations.read(entityId)).toMatchObject({ version, tenantId: 'tenant-1' })
  })

  it('for a source that is gone writes nothing', async () => {
    await test.storage.sources.remove(source.id, 'admin')
    const write = make.configurationWrite({ sourceId: source.id })
    expect(await test.storage.configurations.write(write)).toBe('source gone')
    expect(await test.storage.configurations.read(write.entityId)).toBeUndefined()
  })
})

const leaseOptions = { limit: 100, leaseMs: 30_000, stampsPerLane: 4 }

async function lease(): Promise<Lane> {
  const lanes = await test.storage.lanes.lease(leaseOptions)
  const lane = lanes.find((one) => one.deliveries.length > 0) ?? lanes[0]
  if (!lane) throw new Error('nothing is due')
  return lane
}

async function leaseOf(url: string): Promise<Lane> {
  const lane = (await test.storage.lanes.lease(leaseOptions)).find((one) => one.url === url)
  if (!lane) throw new Error('that lane is not due')
  return lane
}

function settle(lane: Lane, settlements: Settlement[], changes: Partial<LaneSettlement> = {}) {
  const { destinationId, leaseId, savedAt } = lane
  const settlement: LaneSettlement = {
    destinationId,
    leaseId,
    savedAt,
    settlements,
    notBefore: null,
    failures: 0,
    health: 'healthy',
    healthReason: null,
    failingSince: null,
    goneSince: null,
    succeededAt: null,
  }
  return test.storage.lanes.settle([{ ...settlement, ...changes }])
}

function failed(lane: Lane, index: number, outcome: OutcomeKind = 'unreachable'): Settlement {
  const at = test.clock.now()
  const [only] = untouched(lane, index)
  if (!only) throw new Error('no such delivery')
  const answered = { outcome, status: 503, answer: '', reason: 'Teams answered 503.' }
  return {
    ...only,
    attempt: { startedAt: at, endedAt: at, ...answered, body: '{}', sizeBytes: 2, shortened: null },
  }
}

function untouched(lane: Lane, from: number): Settlement[] {
  return lane.deliveries.slice(from).map(({ id, errors }) => ({
    deliveryId: id,
    attempt: undefined,
    state: 'pending',
    reason: null,
    errors,
  }))
}

async function save(
  changes: Partial<Parameters<typeof make.configurationWrite>[0]> = {},
): Promise<StoredConfiguration> {
  const write = make.configurationWrite({ sourceId: source.id, url: urlOf('general'), ...changes })
  const result = await test.storage.configurations.write(write)
  if (typeof result === 'string') throw new Error(result)
  return result.configuration
}

async function receive(count = 1): Promise<void> {
  const rules = await test.storage.intake.rulesOf(source.id)
  if (!rules) throw new Error('no source')
  const deliveries = rules.configurations.map(({ entityId, destinationId }) => ({ entityId, destinationId }))
  const events = Array.from({ length: count }, () => ({
    event: make.event({ sourceId: source.id }),
    deliveries,
  }))
  await test.storage.intake.write([{ sourceId: source.id, rulesVersion: rules.rulesVersion, events }])
}
