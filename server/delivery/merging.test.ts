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
  const alarming = (severity: string) =>
    world.createSource({
      kind: 'generic-json',
      name: 'Alarms',
      settings: {
        proof: { by: 'bearer' },
        eventTypes: [{ type: 'alarm', title: 'Alarm' }],
        id: { pointer: '/id' },
        type: { pointer: '/type' },
        title: { pointer: '/title' },
        severity: { template: severity },
      },
    })

  it('have a flood of one, and of the others what is critical has the next slot', async () => {
    const alarms = await alarming('critical')
    const flooded = await configure()
    const alarmed = await world.configure(alarms, connector.webhookUrl, {
      fields: { rule: make.rule({ eventTypes: ['alarm'] }) },
    })
    await world.context.worker.start()
    // Until an hour's cards are sent, and only the reserve is left.
    for (let flood = 0; sent().length < 80; flood++) {
      await tell(ids(100, `first${flood}-`))
      await untilTold(flooded.entityId, { seconds: 1 })
    }
    for (const round of [1, 2, 3]) {
      await tell(ids(50, `flood${round}-`))
      const alarm = { id: `alarm${round}`, type: 'alarm', title: `Title of alarm${round}` }
      expect((await world.tell(alarms, alarm)).statusCode).toBe(202)
      const before = sent().length
      await until('the alarm', () => {
        world.turn({ seconds: 2 })
        return world.received(connector.webhookUrl).includes(alarm.id)
      })
      expect(world.received(connector.webhookUrl).indexOf(alarm.id)).toBe(before)
    }
    await untilTold(flooded.entityId)
    expect(await states(alarmed.entityId)).toEqual(['delivered', 'delivered', 'delivered'])
  })

  it('take turns in the end: what has waited for half an hour longer goes before what is critical', async () => {
    const { lanes } = world.context.storage
    const { entityId } = await configure()
    const alarms = await alarming('critical')
    await world.configure(alarms, connector.webhookUrl, {
      fields: { rule: make.rule({ eventTypes: ['alarm'] }) },
    })
    const leased = async () => {
      const [lane] = await lanes.lease({
        limit: 1,
        leaseMs: 60_000,
        stampsPerLane: 4,
        stamps: async () => [0],
      })
      if (!lane?.head) throw new Error('nothing is due')
      return { lane, head: lane.head }
    }
    await tell(['patient'])
    world.clock.turn({ minutes: 29 })
    await world.tell(alarms, { id: 'alarm', type: 'alarm', title: 'Title of alarm' })
    const { lane, head } = await leased()
    expect(head.entityId).toBe(entityId)
    const longer = { ...head, createdAt: new Date(head.createdAt.getTime() - 2 * 60_000) }
    expect(await lanes.putFirst(lane, longer)).toBe(false)
    expect(await lanes.putFirst(lane, head)).toBe(true)
    await lanes.recover({ all: true })
    expect((await leased()).head.critical).toBe(true)
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
    expect(await lanes.compose(lane, { entityId, reason: 'digest' })).toMatchObject({ digest: { total: 3 } })
    await world.app.restart()
    await world.context.worker.start()
    const all = await world.settled(entityId, ['merged', 'merged', 'merged', 'delivered'])
    const outcomes = (await world.attempts(all[3]?.id ?? '')).map((one) => one.outcome)
    expect(outcomes).toEqual(['unknown', 'delivered'])
    expect(sent()).toHaveLength(1)
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
