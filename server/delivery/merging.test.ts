import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Connector } from '../../e2e/teams/model.ts'
import { endpointError } from '../../e2e/teams/webhooks/answers.ts'
import type { Rule } from '../model/rule.ts'
import { make } from '../testing/make.ts'
import { until } from '../testing/until.ts'
import { startTestWorld, type TestSource, type TestWorld } from '../testing/world.ts'

let world: TestWorld
let source: TestSource
let connector: Connector
beforeEach(async () => {
  world = await startTestWorld()
  world.teams.setSwitches({ withoutLimits: false })
  source = await world.createSource()
  connector = world.connector()
})
afterEach(() => world.close())

const configure = (rule: Partial<Rule> = {}) =>
  world.configure(source, connector.webhookUrl, { fields: { rule: make.rule(rule) } })
const ids = (count: number, prefix = 'e') => Array.from({ length: count }, (_, index) => `${prefix}${index}`)
const tell = async (named: string[]) => {
  const answer = await world.tell(
    source,
    named.map((id) => world.task(id)),
  )
  expect(answer.statusCode).toBe(202)
}
const sent = () => world.teams.received.filter((one) => one.webhookUrl === connector.webhookUrl)
const states = async (entityId: string) => (await world.deliveries(entityId)).map(({ state }) => state)
const count = (all: string[], state: string) => all.filter((one) => one === state).length

/** Lets the clock go on, a few seconds with every look, until nothing is owed any more. */
async function untilTold(entityId: string, step = { seconds: 5 }) {
  await until(
    'everything told',
    async () => {
      const open = (await states(entityId)).some((state) => state === 'pending' || state === 'held')
      if (open) world.turn(step)
      return !open
    },
    { withinMs: 12_000 },
  )
}

describe('more than Teams takes', () => {
  it('goes singly while there is room and then into digests, of which none is lost and no window breaks', async () => {
    const { entityId } = await configure()
    await tell(ids(150))
    await world.context.worker.start()
    await until('the first cards', () => sent().length >= 4)
    await untilTold(entityId)
    const all = await world.deliveries(entityId)
    const digests = all.filter((one) => one.kind === 'digest')
    expect(digests.length).toBeGreaterThan(0)
    const events = all.filter((one) => one.kind === 'event').map((one) => one.state)
    expect(count(events, 'delivered') + count(events, 'merged')).toBe(150)
    expect(count(events, 'delivered')).toBeGreaterThanOrEqual(4)
    expect(sent().filter((one) => one.overLimit !== undefined)).toEqual([])
    expect(sent()).toHaveLength(count(events, 'delivered') + digests.length)
    const [digest] = digests
    expect(digest?.state).toBe('delivered')
  })

  it('is told with its count, in one card that says why', async () => {
    const { entityId } = await configure()
    await tell(ids(150))
    await world.context.worker.start()
    await untilTold(entityId)
    const merged = count(await states(entityId), 'merged')
    expect(sent().at(-1)?.text).toContain(`${merged} events`)
  })
})

describe('several configurations on one destination', () => {
  const alarming = (severity: object) =>
    world.createSource({
      kind: 'generic-json',
      name: 'Alarms',
      settings: {
        proof: { by: 'bearer' },
        eventTypes: [{ type: 'alarm', title: 'Alarm' }],
        items: '',
        id: { pointer: '/id' },
        type: { pointer: '/type' },
        title: { pointer: '/title' },
        severity,
      },
    })

  /** A configuration of its own for alarms, of which each says how severe it is. */
  const wantsAlarms = async () => {
    const alarms = await alarming({ pointer: '/severity' })
    const configuration = await world.configure(alarms, connector.webhookUrl, {
      fields: { rule: make.rule({ eventTypes: ['alarm'] }) },
    })
    const alarm = async (named: string[], severity = 'critical') => {
      const said = named.map((id) => ({ id, type: 'alarm', title: `Title of ${id}`, severity }))
      expect((await world.tell(alarms, said)).statusCode).toBe(202)
    }
    return { ...configuration, alarm }
  }

  /** As if an hour's cards had been sent some time ago: only the reserve is left, and its next slot is now. */
  function leaveOnlyReserve() {
    const db = new Sqlite(world.app.config.databaseUrl.slice('file:'.length))
    const at = world.clock.now().getTime() - 5 * 60_000
    const attempt = db.prepare(
      `INSERT INTO attempt (deliveryId, destinationId, startedAt, endedAt, outcome, sizeBytes)
       SELECT 0, id, ?, ?, 'delivered', 1 FROM destination`,
    )
    for (let card = 0; card < 80; card++) attempt.run(at, at)
    db.close()
  }

  /** How many requests come before the one that shows it, of those that are made from now on. */
  async function requestsBefore(mark: string): Promise<number> {
    const before = sent().length
    await until(mark, () => {
      world.turn({ seconds: 2 })
      return sent().some((one) => one.text.includes(mark))
    })
    return sent().findIndex((one) => one.text.includes(mark)) - before
  }

  const leased = async () => {
    const [lane] = await world.context.storage.lanes.lease({
      limit: 1,
      leaseMs: 60_000,
      stampsPerLane: 4,
      stamps: async () => [4],
    })
    if (!lane?.head) throw new Error('nothing is due')
    return { lane, head: lane.head }
  }

  it('have a flood of one, and of the others what is critical has the next slot', async () => {
    const flooded = await configure()
    const { entityId, alarm } = await wantsAlarms()
    leaveOnlyReserve()
    await tell(ids(100, 'flood'))
    await alarm(['alarm1'])
    await world.context.worker.start()
    expect(await requestsBefore('alarm1')).toBe(0)
    await tell(ids(50, 'more'))
    await alarm(['alarm2', 'alarm3'])
    expect(await requestsBefore('alarm2')).toBe(0)
    await untilTold(flooded.entityId)
    expect(await states(entityId)).toEqual(['delivered', 'merged', 'merged', 'delivered'])
  })

  it('let what is critical go before what was in flight when the process stopped', async () => {
    const flooded = await configure()
    const { alarm } = await wantsAlarms()
    leaveOnlyReserve()
    await tell(ids(4, 'stamped'))
    expect((await leased()).lane.deliveries).toHaveLength(4)
    await world.app.restart()
    await alarm(['alarm'])
    await world.context.worker.start()
    expect(await requestsBefore('alarm')).toBe(0)
    await untilTold(flooded.entityId)
    const stamped = await world.deliveries(flooded.entityId)
    expect(stamped.map(({ kind, state }) => `${kind} ${state}`)).toEqual(Array(4).fill('event delivered'))
  })

  it('let what is critical go before notices', async () => {
    const flooded = await configure()
    const { alarm } = await wantsAlarms()
    leaveOnlyReserve()
    const { configurations } = world.context.storage
    const test = { about: 'test', configurationName: 'Tasks' } as const
    for (const _ of ids(3)) await configurations.notify(flooded.entityId, test)
    await alarm(['alarm'])
    await world.context.worker.start()
    expect(await requestsBefore('alarm')).toBe(0)
    await untilTold(flooded.entityId)
  })

  it("let what is critical go before others' digests", async () => {
    const patient = await configure({ digest: { every: '5m', zone: 'UTC' } })
    const { alarm } = await wantsAlarms()
    await tell(ids(3, 'later'))
    world.turn({ minutes: 6 })
    leaveOnlyReserve()
    await alarm(['alarm'])
    await world.context.worker.start()
    expect(await requestsBefore('alarm')).toBe(0)
    await untilTold(patient.entityId)
  })

  it('take turns in the end: what has waited for half an hour longer goes before what is critical', async () => {
    const { lanes } = world.context.storage
    const { entityId } = await configure()
    const { alarm } = await wantsAlarms()
    await tell(['patient'])
    world.clock.turn({ minutes: 29 })
    await alarm(['alarm'])
    world.clock.turn({ minutes: 1 })
    await alarm(['later'])
    const { lane, head } = await leased()
    expect(head.entityId).toBe(entityId)
    const within = (minutes: number) => new Date(head.createdAt.getTime() + minutes * 60_000)
    expect(await lanes.putFirst(lane, { unlessOf: entityId, before: within(28) })).toBe(false)
    expect(await lanes.putFirst(lane, { unlessOf: entityId, before: within(30) })).toBe(true)
    await lanes.recover({ all: true })
    const { head: first } = await leased()
    expect(first).toMatchObject({ critical: true, createdAt: within(29) })
  })

  it('tell what was put first, however much else of its configuration waits', async () => {
    const { lanes } = world.context.storage
    const { entityId: other } = await configure()
    const { entityId, alarm } = await wantsAlarms()
    await tell(['other'])
    for (const part of ids(11, 'part')) await alarm(ids(1000, part), 'info')
    await alarm(['urgent'])
    const { lane } = await leased()
    await lanes.putFirst(lane, { unlessOf: other, before: undefined })
    await lanes.recover({ all: true })
    const next = await leased()
    expect(next.head).toMatchObject({ entityId, critical: true })
    const composed = await lanes.compose(next.lane, { entityId, reason: 'pressure' })
    if (typeof composed !== 'object') throw new Error('nothing was composed')
    expect(composed.told).toContain(next.head.id)
    expect(composed.digest.critical).toBe(true)
  })

  it('compose nothing once the lease is lost', async () => {
    const { lanes } = world.context.storage
    const { entityId } = await configure()
    await tell(ids(3))
    const { lane } = await leased()
    await lanes.recover({ all: true })
    expect(await lanes.compose(lane, { entityId, reason: 'pressure' })).toBe('lost')
  })
})

const night = { days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '07:00', zone: 'Europe/Paris' }

describe('quiet hours', () => {
  // Nine in the morning in UTC is ten in Paris.
  const evening = { hours: 13 }

  it('hold what happens in them, and tell it at their end in one card', async () => {
    const { entityId } = await configure({ quietHours: { ...night, criticalPasses: false } })
    await world.context.worker.start()
    world.turn(evening)
    await tell(ids(3))
    expect(await states(entityId)).toEqual(['held', 'held', 'held'])
    world.turn({ hours: 7, minutes: 59 })
    await tell(['late'])
    expect(await states(entityId)).toEqual(['held', 'held', 'held', 'held'])
    expect(sent()).toEqual([])
    world.turn({ minutes: 1 })
    await world.settled(entityId, ['merged', 'merged', 'merged', 'merged', 'delivered'])
    expect(sent()).toHaveLength(1)
    expect(sent()[0]?.text).toContain('4 events')
  })

  it('send one that is alone as it is', async () => {
    const { entityId } = await configure({ quietHours: { ...night, criticalPasses: false } })
    await world.context.worker.start()
    world.turn(evening)
    await tell(['alone'])
    world.turn({ hours: 8 })
    await world.settled(entityId, ['delivered'])
    expect(world.received(connector.webhookUrl)).toEqual(['alone'])
  })

  it('hold what was waiting when they began', async () => {
    const { entityId } = await configure({ quietHours: { ...night, criticalPasses: false } })
    world.teams.script(connector.webhookUrl, [{ status: 429, headers: { 'retry-after': '3600' } }])
    await world.context.worker.start()
    world.turn({ hours: 11, minutes: 30 })
    await tell(['a', 'b'])
    await until('an attempt', async () => (await world.deliveries(entityId))[0]?.attempts === 1)
    world.turn({ hours: 1 })
    await world.settled(entityId, ['held', 'held'])
    world.turn({ hours: 9 })
    // The first was tried, and may have been seen: it is not merged; the second is alone then.
    await world.settled(entityId, ['delivered', 'delivered'])
    expect(world.received(connector.webhookUrl)).toEqual(['a', 'a', 'b'])
  })

  it('go on after a pause that ends in them', async () => {
    const { entityId } = await configure({ quietHours: { ...night, criticalPasses: false } })
    const save = (paused: boolean) =>
      world.configure(source, connector.webhookUrl, {
        entityId,
        fields: { paused, rule: make.rule({ quietHours: { ...night, criticalPasses: false } }) },
        ...(!paused && { held: { by: 'quiet hours', until: new Date('2026-03-03T06:00:00Z') } }),
      })
    await world.context.worker.start()
    await save(true)
    await tell(['a', 'b'])
    world.turn(evening)
    await save(false)
    expect(await states(entityId)).toEqual(['held', 'held'])
    world.turn({ hours: 8 })
    await world.settled(entityId, ['merged', 'merged', 'delivered'])
  })

  it('do not let go of what a person holds', async () => {
    const { entityId } = await configure({ quietHours: { ...night, criticalPasses: false } })
    await world.context.worker.start()
    world.turn(evening)
    await tell(['a', 'b'])
    await world.configure(source, connector.webhookUrl, { entityId, fields: { paused: true } })
    world.turn({ hours: 8 })
    // What comes after must have passed what was let go.
    const other = world.connector()
    const free = await world.configure(source, other.webhookUrl)
    await tell(['c'])
    await world.settled(free.entityId, ['delivered'])
    expect(await states(entityId)).toEqual(['held', 'held', 'held'])
  })
})

describe('what passes quiet hours', () => {
  it('takes along nothing that does not', async () => {
    const alarms = await world.createSource({
      kind: 'generic-json',
      name: 'Alarms',
      settings: {
        proof: { by: 'bearer' },
        eventTypes: [{ type: 'alarm', title: 'Alarm' }],
        items: '',
        id: { pointer: '/id' },
        type: { pointer: '/type' },
        title: { pointer: '/title' },
        severity: { pointer: '/severity' },
      },
    })
    const { entityId } = await world.configure(alarms, connector.webhookUrl, {
      fields: {
        rule: make.rule({ eventTypes: ['alarm'], quietHours: { ...night, criticalPasses: true } }),
      },
    })
    const alarm = (id: string, severity: string) =>
      world.tell(alarms, [{ id, type: 'alarm', title: `Title of ${id}`, severity }])
    await alarm('calm', 'info')
    await alarm('urgent1', 'critical')
    await alarm('urgent2', 'critical')
    world.turn({ hours: 13 })
    const { lanes } = world.context.storage
    const [lane] = await lanes.lease({ limit: 1, leaseMs: 60_000, stampsPerLane: 4 })
    if (!lane) throw new Error('nothing is due')
    const passing = { entityId, reason: 'pressure', criticalOnly: true } as const
    expect(await lanes.compose(lane, passing)).toMatchObject({ digest: { digest: { total: 2 } } })
  })
})

/** What the metrics say of how many ended so. */
async function counted(state: string): Promise<number> {
  const line = `cardwire_deliveries_total{state="${state}",transport="connector"} `
  const metrics = await world.context.metrics.text()
  return Number(
    metrics
      .split('\n')
      .find((one) => one.startsWith(line))
      ?.slice(line.length),
  )
}

describe('a digest', () => {
  const hourly = { every: 'hour', zone: 'Europe/Paris' } as const

  it('tells at the end of its window what happened in it', async () => {
    const { entityId } = await configure({ digest: hourly })
    await world.context.worker.start()
    world.turn({ minutes: 10 })
    await tell(ids(2))
    world.turn({ minutes: 49 })
    expect(sent()).toEqual([])
    world.turn({ minutes: 1 })
    await world.settled(entityId, ['merged', 'merged', 'delivered'])
    expect([await counted('merged'), await counted('delivered')]).toEqual([2, 1])
    await tell(ids(2, 'next'))
    world.turn({ hours: 1 })
    const told = ['merged', 'merged', 'delivered', 'merged', 'merged', 'delivered']
    await world.settled(entityId, told)
    expect(sent()).toHaveLength(2)
  })

  it('keeps its members waiting until it is taken, and then merges them all', async () => {
    world.teams.script(connector.webhookUrl, [endpointError(503)])
    const { entityId } = await configure({ digest: hourly })
    await world.context.worker.start()
    await tell(ids(3))
    world.turn({ hours: 1 })
    await until('an attempt', async () => (await world.deliveries(entityId))[3]?.attempts === 1)
    expect(await states(entityId)).toEqual(['pending', 'pending', 'pending', 'pending'])
    await tell(['later'])
    world.turn({ seconds: 5 })
    const [, , , digest] = await world.settled(entityId, ['merged', 'merged', 'merged', 'delivered', 'held'])
    const outcomes = (await world.attempts(digest?.id ?? '')).map((one) => one.outcome)
    expect(outcomes).toEqual(['unreachable', 'delivered'])
  })

  it('shares its end with its members when it is refused', async () => {
    world.teams.script(connector.webhookUrl, [endpointError(400)])
    const { entityId } = await configure({ digest: hourly })
    await world.context.worker.start()
    await tell(ids(2))
    world.turn({ hours: 1 })
    const all = await world.settled(entityId, ['refused', 'refused', 'refused'])
    expect(await counted('refused')).toBe(3)
    expect(new Set(all.map((one) => one.reason)).size).toBe(1)
  })

  it('shares its end with its members when its destination is gone', async () => {
    world.teams.script(connector.webhookUrl, [{ status: 410 }])
    const { entityId } = await configure({ digest: hourly })
    await world.context.worker.start()
    await tell(ids(2))
    world.turn({ hours: 1 })
    const all = await world.settled(entityId, ['cancelled', 'cancelled', 'cancelled'])
    expect(all.map((one) => one.reason)).toEqual(Array(3).fill(expect.stringContaining('410')))
  })

  it('shares its end with its members when its configuration is removed before it is tried again', async () => {
    world.teams.script(connector.webhookUrl, [endpointError(503)])
    const { entityId } = await configure({ digest: hourly })
    await world.context.worker.start()
    await tell(ids(2))
    world.turn({ hours: 1 })
    await until('an attempt', async () => (await world.deliveries(entityId))[2]?.attempts === 1)
    await world.context.storage.configurations.remove(entityId, 'admin')
    await world.settled(entityId, ['cancelled', 'cancelled', 'cancelled'])
  })

  it('whose process stopped while it was in flight is told again, and its members once', async () => {
    const { entityId } = await configure({ digest: hourly })
    await tell(ids(3))
    world.turn({ hours: 1 })
    const { lanes } = world.context.storage
    await lanes.letGo()
    const [lane] = await lanes.lease({ limit: 9, leaseMs: 60_000, stampsPerLane: 4 })
    if (!lane) throw new Error('nothing is due')
    const composed = await lanes.compose(lane, { entityId, reason: 'digest' })
    expect(composed).toMatchObject({ digest: { digest: { total: 3 } } })
    await world.app.restart()
    await world.context.worker.start()
    const all = await world.settled(entityId, ['merged', 'merged', 'merged', 'delivered'])
    const outcomes = (await world.attempts(all[3]?.id ?? '')).map((one) => one.outcome)
    expect(outcomes).toEqual(['unknown', 'delivered'])
    expect(sent()).toHaveLength(1)
  })

  it('whose process stopped, and whose configuration is removed before the next one starts, ends with its members', async () => {
    const { entityId } = await configure({ digest: hourly })
    await tell(ids(3))
    world.turn({ hours: 1 })
    const { lanes, configurations } = world.context.storage
    await lanes.letGo()
    const [lane] = await lanes.lease({ limit: 9, leaseMs: 60_000, stampsPerLane: 4 })
    if (!lane) throw new Error('nothing is due')
    await lanes.compose(lane, { entityId, reason: 'digest' })
    await configurations.remove(entityId, 'admin')
    await world.app.restart()
    await world.context.worker.start()
    await world.settled(entityId, Array(4).fill('cancelled'))
  })

  it('in flight while its configuration is removed is what its members say', async () => {
    const { entityId } = await configure({ digest: hourly })
    await tell(ids(3))
    world.teams.script(connector.webhookUrl, [{ slowMs: 150 }])
    await world.context.worker.start()
    world.turn({ hours: 1 })
    await world.teams.arrival((one) => one.webhookUrl === connector.webhookUrl)
    await world.context.storage.configurations.remove(entityId, 'admin')
    await world.settled(entityId, ['merged', 'merged', 'merged', 'delivered'])
  })
})

describe('a card that Teams cannot take', () => {
  const error = endpointError(500)

  it('lets nobody try whose quiet hours have begun', async () => {
    world.teams.script(connector.webhookUrl, [error, error, error])
    const first = await configure()
    const quiet = {
      days: [1, 2, 3, 4, 5, 6, 7],
      from: '09:01',
      to: '10:00',
      zone: 'UTC',
      criticalPasses: false,
    }
    const other = await world.createSource({ name: 'Others' })
    const second = await world.configure(other, connector.webhookUrl, {
      fields: { rule: make.rule({ quietHours: quiet }) },
    })
    await tell(['poison'])
    await world.tell(other, world.task('quiet'))
    await world.context.worker.start()
    await until('three attempts', async () => {
      const [poison] = await world.deliveries(first.entityId)
      if (poison?.attempts !== 3) world.turn({ seconds: 30 })
      return poison?.attempts === 3
    })
    await until('it is held', async () => {
      world.turn({ seconds: 30 })
      return (await states(second.entityId)).includes('held')
    })
    expect(world.received(connector.webhookUrl)).not.toContain('quiet')
    await untilTold(first.entityId, { seconds: 60 })
    expect(world.received(connector.webhookUrl)).not.toContain('quiet')
  })

  it('is refused once the next one is taken, and holds up nobody for longer', async () => {
    world.teams.script(connector.webhookUrl, [error, error, error])
    const { entityId } = await configure()
    await tell(['poison', 'b', 'c'])
    await world.context.worker.start()
    await untilTold(entityId, { seconds: 30 })
    const [poison] = await world.settled(entityId, ['refused', 'delivered', 'delivered'])
    expect(poison).toMatchObject({
      attempts: 3,
      reason: expect.stringContaining('Teams cannot take this card'),
    })
    expect(world.received(connector.webhookUrl)).toEqual(['poison', 'poison', 'poison', 'b', 'c'])
  })

  it('is not to blame when the next one fails too: it is first again', async () => {
    world.teams.script(connector.webhookUrl, [error, error, error, error])
    const { entityId } = await configure()
    await tell(['a', 'b'])
    await world.context.worker.start()
    await until('the next one tried', async () => {
      const [, b] = await world.deliveries(entityId)
      if (b?.attempts !== 1) world.turn({ seconds: 30 })
      return b?.attempts === 1
    })
    expect((await world.context.storage.configurations.read(entityId))?.health).toBe('failing')
    await untilTold(entityId, { seconds: 60 })
    expect(world.received(connector.webhookUrl)).toEqual(['a', 'a', 'a', 'b', 'a', 'b'])
  })
})
