import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Connector } from '../../e2e/teams/model.ts'
import { endpointError } from '../../e2e/teams/webhooks/answers.ts'
import { until } from '../testing/until.ts'
import { startTestWorld, type TestSource, type TestWorld } from '../testing/world.ts'

let world: TestWorld
let source: TestSource
let connector: Connector
beforeEach(async () => {
  world = await startTestWorld()
  source = await world.createSource()
  connector = world.connector()
})
afterEach(() => world.close())

const tell = (...ids: string[]) =>
  world.tell(
    source,
    ids.map((id) => world.task(id)),
  )
const arrived = (id: string, withinMs?: number) =>
  world.teams.arrival((one) => one.text.includes(`Title of ${id}`), withinMs)
const outcomesOf = async (deliveryId: string) =>
  (await world.attempts(deliveryId)).map(({ outcome }) => outcome)

describe('a delivery', () => {
  it('is sent and settled delivered, with its attempt on record', async () => {
    await world.context.worker.start()
    const { entityId } = await world.configure(source, connector.webhookUrl)
    await tell('a')
    const [delivery] = await world.settled(entityId, ['delivered'])
    const received = await arrived('a')
    expect(delivery).toMatchObject({ attempts: 1, reason: null, settledAt: '2026-03-02T09:00:00.000Z' })
    expect(await world.attempts(delivery?.id ?? '')).toMatchObject([
      { outcome: 'delivered', status: 200, answer: '1', reason: null, sizeBytes: received.raw.length },
    ])
  })

  it.each([429, 503])('is tried again when a 200 says %i inside', async (status) => {
    world.teams.script(connector.webhookUrl, [endpointError(status)])
    await world.context.worker.start()
    const { entityId } = await world.configure(source, connector.webhookUrl)
    await tell('a')
    await until('a first attempt', async () => (await world.deliveries(entityId))[0]?.attempts === 1)
    expect(await world.deliveries(entityId)).toMatchObject([{ state: 'pending' }])
    world.turn({ seconds: 5 })
    const [delivery] = await world.settled(entityId, ['delivered'])
    expect(await outcomesOf(delivery?.id ?? '')).toEqual([
      status === 429 ? 'throttled' : 'unreachable',
      'delivered',
    ])
  })

  it.each([
    ['400 inside a 200', endpointError(400)],
    ['413 inside a 200', endpointError(413)],
    ['400', { status: 400, body: 'Bad payload received by generic incoming webhook.' }],
  ])('is refused at once by %s, and the next one goes on', async (_, answer) => {
    world.teams.script(connector.webhookUrl, [answer])
    await world.context.worker.start()
    const { entityId } = await world.configure(source, connector.webhookUrl)
    await tell('a', 'b')
    const [refused] = await world.settled(entityId, ['refused', 'delivered'])
    expect(refused?.reason).toMatch(/Teams|too large/)
    expect(world.received(connector.webhookUrl)).toEqual(['a', 'b'])
  })

  it('expires after a day without success, and the next one is tried', async () => {
    world.teams.script(connector.webhookUrl, [{ status: 503 }, { status: 503 }])
    await world.context.worker.start()
    const { entityId } = await world.configure(source, connector.webhookUrl)
    await tell('a', 'b')
    await until('a first attempt', async () => (await world.deliveries(entityId))[0]?.attempts === 1)
    world.turn({ hours: 24 })
    const [expired] = await world.settled(entityId, ['expired', 'delivered'])
    expect(expired?.reason).toMatch(/24 hours/)
  })

  it('that cannot be drawn is refused, told in the log, and does not hold its lane', async () => {
    const { entityId } = await world.configure(source, connector.webhookUrl)
    const [lost] = (await tell('a', 'b')).json().events
    const file = new Sqlite(world.app.config.databaseUrl.replace('file:', ''))
    file.prepare('DELETE FROM event WHERE id = ?').run(lost.id)
    file.close()
    await world.context.worker.start()
    const [refused] = await world.settled(entityId, ['refused', 'delivered'])
    expect(refused).toMatchObject({ attempts: 0, reason: expect.stringContaining('card.failed') })
    expect(world.app.lines.filter((line) => line.includes('card.failed'))).toHaveLength(1)
  })
})

describe('a lane', () => {
  it('that is throttled waits while others go on', async () => {
    const other = world.connector()
    world.teams.script(connector.webhookUrl, [{ status: 429, headers: { 'retry-after': '60' } }])
    await world.context.worker.start()
    const throttled = await world.configure(source, connector.webhookUrl)
    const free = await world.configure(source, other.webhookUrl)
    await tell('a')
    await world.settled(free.entityId, ['delivered'])
    await until('an attempt', async () => (await world.deliveries(throttled.entityId))[0]?.attempts === 1)
    world.turn({ seconds: 59 })
    await tell('b')
    await world.settled(free.entityId, ['delivered', 'delivered'])
    expect(world.received(connector.webhookUrl)).toEqual(['a'])
    world.turn({ seconds: 1 })
    await world.settled(throttled.entityId, ['delivered', 'delivered'])
    expect(world.received(connector.webhookUrl)).toEqual(['a', 'a', 'b'])
  })

  it('keeps its order through every kind of failure', async () => {
    world.teams.script(connector.webhookUrl, [
      { status: 503 },
      { reset: true },
      endpointError(429),
      {},
      { status: 500 },
    ])
    await world.context.worker.start()
    const { entityId } = await world.configure(source, connector.webhookUrl)
    await tell('a')
    await tell('b', 'c', 'd', 'e', 'f')
    for (const [index, attempts] of [
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 1],
    ] as const) {
      await until('a failed attempt', async () => {
        const deliveries = await world.deliveries(entityId)
        return deliveries[index]?.state === 'pending' && deliveries[index].attempts === attempts
      })
      world.turn({ hours: 1 })
    }
    await world.settled(entityId, Array(6).fill('delivered'), { seconds: 1 })
    const sent = ['a', 'a', 'a', 'a', 'b', 'b', 'c', 'd', 'e', 'f']
    expect(world.received(connector.webhookUrl)).toEqual(sent)
  })

  it('is worked by one worker at a time', async () => {
    const slow = Array.from({ length: 6 }, () => ({ slowMs: 20 }))
    world.teams.script(connector.webhookUrl, slow)
    await world.context.worker.start()
    const { entityId } = await world.configure(source, connector.webhookUrl)
    let inFlight = 0
    let most = 0
    const { lanes } = world.context.storage
    const lease = lanes.lease
    lanes.lease = async (options) => {
      const leased = await lease(options)
      inFlight += leased.filter((lane) => lane.deliveries.length > 0).length
      most = Math.max(most, inFlight)
      return leased
    }
    const settle = lanes.settle
    lanes.settle = async (settled) => {
      const done = await settle(settled)
      inFlight -= settled.filter((lane) => lane.settlements.length > 0).length
      return done
    }
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) await tell(id)
    await world.settled(entityId, Array(6).fill('delivered'), { seconds: 1 })
    expect(most).toBe(1)
  })

  it('is swept within a second when a wake-up got lost', async () => {
    await world.context.worker.start()
    const { entityId } = await world.configure(source, connector.webhookUrl)
    // Written past everything that wakes the worker.
    const { storage } = world.context
    await storage.configurations.notify(entityId, { about: 'test', configurationName: 'Tasks' })
    await world.teams.arrival((one) => one.webhookUrl === connector.webhookUrl, 2500)
  })
})

describe('the metrics', () => {
  it('tell what waits, how late it is, and how the destinations are', async () => {
    await world.configure(source, connector.webhookUrl)
    await tell('a', 'b')
    world.clock.turn({ minutes: 5 })
    const late = await world.context.metrics.text()
    expect(late).toContain('cardwire_pending 2')
    expect(late).toContain('cardwire_oldest_due_seconds 300')
    expect(late).toContain('cardwire_destinations{health="healthy"} 1')
    expect(late).toContain('cardwire_destinations{health="gone"} 0')
    await world.context.worker.start()
    await arrived('b')
    await until('nothing late', async () =>
      (await world.context.metrics.text()).includes('cardwire_oldest_due_seconds 0'),
    )
  })
})

describe('a lease', () => {
  it('that would not outlive a request is renewed before it, and lets none start when it is lost', async () => {
    const { entityId } = await world.configure(source, connector.webhookUrl)
    await tell('a')
    const { lanes } = world.context.storage
    const { lease, renew } = lanes
    const renewed: number[] = []
    lanes.lease = (options) => lease({ ...options, leaseMs: 19_000 })
    lanes.renew = async (lane, leaseMs) => {
      renewed.push(leaseMs)
      return renewed.length === 1 ? undefined : renew(lane, leaseMs)
    }
    await world.context.worker.start()
    await world.settled(entityId, ['delivered'])
    expect(renewed).toEqual([60_000, 60_000])
    expect(world.received(connector.webhookUrl)).toEqual(['a'])
  })
})

describe('a lease that cannot be renewed for an error of ours', () => {
  it('forgets nothing of what was answered until then', async () => {
    const { entityId } = await world.configure(source, connector.webhookUrl)
    await tell('a', 'b')
    const { lanes } = world.context.storage
    const { lease, renew } = lanes
    let failures = 0
    // The second card of this lease would outlive it.
    lanes.lease = (options) => lease({ ...options, leaseMs: 21_000 })
    lanes.renew = async (lane, leaseMs) => {
      if (failures++ === 0) throw new Error('the disk is full')
      return renew(lane, leaseMs)
    }
    world.teams.script(connector.webhookUrl, [{ slowMs: 50 }])
    await world.context.worker.start()
    await world.teams.arrival((one) => one.webhookUrl === connector.webhookUrl)
    world.clock.turn({ seconds: 2 })
    await world.settled(entityId, ['delivered', 'delivered'])
    expect(world.received(connector.webhookUrl)).toEqual(['a', 'b'])
    expect(failures).toBeGreaterThan(0)
    expect(world.app.lines.some((line) => line.includes('lease.failed'))).toBe(true)
  })
})

describe('a URL that cannot be opened', () => {
  it('is told as failing, with nothing recorded as sent, and is sent to once it can be', async () => {
    const { entityId, destinationId } = await world.configure(source, connector.webhookUrl)
    const file = new Sqlite(world.app.config.databaseUrl.replace('file:', ''))
    const sealed = file.prepare('SELECT urlSealed FROM destination WHERE id = ?').pluck().get(destinationId)
    const write = file.prepare('UPDATE destination SET urlSealed = ? WHERE id = ?')
    write.run('v1.none.AAAA', destinationId)
    await world.context.worker.start()
    await tell('a')
    await until('its trouble told', () =>
      world.app.lines.some((line) => line.includes('destination.troubled') && line.includes('SECRET_KEY')),
    )
    expect(await world.deliveries(entityId)).toMatchObject([{ state: 'pending', attempts: 0 }])
    write.run(sealed, destinationId)
    file.close()
    world.turn({ minutes: 10 })
    await world.settled(entityId, ['delivered'])
  })
})

describe('a process that stopped', () => {
  it('between the commit of an event and its send sends after the restart', async () => {
    const { entityId } = await world.configure(source, connector.webhookUrl)
    await tell('a')
    await world.app.restart()
    await world.context.worker.start()
    const [delivery] = await world.settled(entityId, ['delivered'])
    expect(await outcomesOf(delivery?.id ?? '')).toEqual(['delivered'])
  })

  it('with requests in flight leaves an attempt that is unknown, and sends again in order', async () => {
    const { entityId } = await world.configure(source, connector.webhookUrl)
    await tell('a', 'b', 'c', 'd', 'e')
    // Leased and stamped as the worker does, and never settled: what a killed process leaves behind.
    await world.context.storage.lanes.lease({ limit: 9, leaseMs: 60_000, stampsPerLane: 4 })
    await world.app.restart()
    await world.context.worker.start()
    const deliveries = await world.settled(entityId, Array(5).fill('delivered'), { seconds: 1 })
    const outcomes = await Promise.all(deliveries.map(({ id }) => outcomesOf(id)))
    const twice = ['unknown', 'delivered']
    expect(outcomes).toEqual([twice, twice, twice, twice, ['delivered']])
    expect(world.received(connector.webhookUrl)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(world.app.lines.some((line) => line.includes('lanes.recovered'))).toBe(true)
  })

  it('in peace finished what was in flight, gave its leases back, and sent nothing twice', async () => {
    world.teams.script(connector.webhookUrl, [{ slowMs: 150 }])
    await world.context.worker.start()
    const { entityId } = await world.configure(source, connector.webhookUrl)
    await tell('a', 'b', 'c')
    await arrived('a')
    await world.context.worker.stop()
    await world.settled(entityId, ['delivered', 'pending', 'pending'])
    const [lane] = await world.context.storage.lanes.lease({ limit: 9, leaseMs: 1, stampsPerLane: 4 })
    expect(lane?.deliveries).toMatchObject([{ attempts: 0 }, { attempts: 0 }])
    expect(world.received(connector.webhookUrl)).toEqual(['a'])
  })
})

describe('a lease that was lost', () => {
  it('writes nothing: the next one counts', async () => {
    world.teams.script(connector.webhookUrl, [{ slowMs: 300 }])
    await world.context.worker.start()
    const { entityId } = await world.configure(source, connector.webhookUrl)
    await tell('a')
    await arrived('a')
    world.turn({ minutes: 2 })
    // As another process would: this one takes nothing over from itself.
    await world.context.storage.lanes.recover()
    world.context.worker.wake()
    const [delivery] = await world.settled(entityId, ['delivered'])
    await until('the late answer is told', () => world.app.lines.some((line) => line.includes('leaseLost')))
    expect(await outcomesOf(delivery?.id ?? '')).toEqual(['unknown', 'delivered'])
    expect(await world.deliveries(entityId)).toMatchObject([{ state: 'delivered', attempts: 2 }])
  })
})

describe('an error of ours', () => {
  it('while settling sends nothing twice: it is settled again', async () => {
    const { lanes } = world.context.storage
    const settle = lanes.settle
    lanes.settle = () => {
      lanes.settle = settle
      return Promise.reject(new Error('the disk is full'))
    }
    await world.context.worker.start()
    const { entityId } = await world.configure(source, connector.webhookUrl)
    await tell('a')
    await world.settled(entityId, ['delivered'])
    expect(world.received(connector.webhookUrl)).toEqual(['a'])
    expect(world.app.lines.some((line) => line.includes('settlement.delayed'))).toBe(true)
  })

  it('while leasing stops nothing for good', async () => {
    const { lanes } = world.context.storage
    const lease = lanes.lease
    lanes.lease = () => {
      lanes.lease = lease
      return Promise.reject(new Error('the disk is full'))
    }
    await world.context.worker.start()
    const { entityId } = await world.configure(source, connector.webhookUrl)
    await tell('a')
    await world.settled(entityId, ['delivered'])
    expect(world.app.lines.some((line) => line.includes('worker.failed'))).toBe(true)
  })
})

describe('a destination that is gone', () => {
  it('is never asked again: what waits, and what comes later, is cancelled with the reason', async () => {
    await world.context.worker.start()
    const { entityId } = await world.configure(source, connector.webhookUrl)
    world.clock.turn({ minutes: 2 })
    world.teams.removeConnector(connector.id)
    await tell('a', 'b')
    const [first] = await world.settled(entityId, ['cancelled', 'cancelled'])
    expect(first?.reason).toMatch(/410.*Set it up again/)
    expect(await outcomesOf(first?.id ?? '')).toEqual(['gone'])
    await tell('c')
    await world.settled(entityId, ['cancelled', 'cancelled', 'cancelled'])
    expect(world.received(connector.webhookUrl)).toEqual(['a'])
    expect((await world.context.storage.configurations.read(entityId))?.health).toBe('gone')
  })

  it('hands what waits to the next URL where there is one, in order', async () => {
    const next = world.connector()
    await world.context.worker.start()
    const { entityId } = await world.configure(source, connector.webhookUrl, {
      next: { url: next.webhookUrl, transport: 'connector' },
    })
    world.clock.turn({ minutes: 2 })
    world.teams.removeConnector(connector.id)
    await tell('a', 'b', 'c')
    await world.settled(entityId, ['delivered', 'delivered', 'delivered'])
    expect(world.received(connector.webhookUrl)).toEqual(['a'])
    expect(world.received(next.webhookUrl)).toEqual(['a', 'b', 'c'])
    await tell('d')
    await world.settled(entityId, Array(4).fill('delivered'))
    expect(world.received(next.webhookUrl)).toEqual(['a', 'b', 'c', 'd'])
    expect(world.received(connector.webhookUrl)).toEqual(['a'])
  })

  it('is waited for while its save completes', async () => {
    const saving = world.connector({ completed: false })
    await world.context.worker.start()
    const { entityId } = await world.configure(source, saving.webhookUrl)
    await tell('a')
    await until('an attempt', async () => (await world.deliveries(entityId))[0]?.attempts === 1)
    world.teams.completeConnector(saving.id)
    world.turn({ seconds: 5 })
    const [delivery] = await world.settled(entityId, ['delivered'])
    expect(await outcomesOf(delivery?.id ?? '')).toEqual(['gone', 'delivered'])
  })

  it('is asked again once it is saved again', async () => {
    await world.context.worker.start()
    const { entityId } = await world.configure(source, connector.webhookUrl)
    world.clock.turn({ minutes: 2 })
    world.teams.script(connector.webhookUrl, [{ status: 404 }])
    await tell('a')
    await world.settled(entityId, ['cancelled'])
    await world.configure(source, connector.webhookUrl, { entityId })
    await tell('b')
    await world.settled(entityId, ['cancelled', 'delivered'])
  })
})

describe('a change while a request is in flight', () => {
  it('by removal keeps what was delivered and cancels what was not', async () => {
    world.teams.script(connector.webhookUrl, [{ slowMs: 150 }])
    await world.context.worker.start()
    const { entityId } = await world.configure(source, connector.webhookUrl)
    await tell('a', 'b', 'c', 'd', 'e')
    await arrived('a')
    await world.context.storage.configurations.remove(entityId, 'admin')
    await until(
      'nothing pending',
      async () => (await world.context.storage.deliveries.counts()).pending === 0,
    )
    const deliveries = await world.deliveries(entityId)
    // Four were stamped before the removal, and what is stamped is sent.
    expect(deliveries.map(({ state }) => state)).toEqual([...Array(4).fill('delivered'), 'cancelled'])
    expect(await outcomesOf(deliveries[0]?.id ?? '')).toEqual(['delivered'])
  })

  it('by a pause holds what is to be tried again', async () => {
    world.teams.script(connector.webhookUrl, [{ status: 503, slowMs: 100 }])
    await world.context.worker.start()
    const { entityId } = await world.configure(source, connector.webhookUrl)
    await tell('a', 'b')
    await arrived('a')
    await world.configure(source, connector.webhookUrl, { entityId, fields: { paused: true } })
    await world.settled(entityId, ['held', 'held'])
    world.turn({ hours: 1 })
    await world.configure(source, connector.webhookUrl, { entityId })
    await world.settled(entityId, ['delivered', 'delivered'])
    expect(world.received(connector.webhookUrl)).toEqual(['a', 'a', 'b'])
  })
})
