import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Connector } from '../../e2e/teams/model.ts'
import { until } from '../testing/until.ts'
import { startTestWorld, type TestSource, type TestWorld } from '../testing/world.ts'

const operations = uuid()
let world: TestWorld
let source: TestSource
let connector: Connector
let operationsRoom: Connector
beforeEach(async () => {
  world = await startTestWorld({ operationsConfiguration: operations })
  source = await world.createSource()
  connector = world.connector()
  operationsRoom = world.connector()
  const other = await world.createSource({ name: 'Operations' })
  await world.configure(other, operationsRoom.webhookUrl, { entityId: operations })
})
afterEach(() => world.close())

const tell = (...ids: string[]) =>
  world.tell(
    source,
    ids.map((id) => world.task(id)),
  )
const notices = () => world.teams.received.filter((one) => one.webhookUrl === operationsRoom.webhookUrl)
const toldLines = () => world.app.lines.filter((line) => line.includes('destination.troubled'))

const failures = (count: number) => Array.from({ length: count }, () => ({ status: 503 }))

/** Ten minutes of errors and more. */
async function failFor(entityId: string, attempts: number) {
  world.teams.script(connector.webhookUrl, failures(attempts))
  await tell('a')
  for (let made = 1; made <= attempts; made++) {
    await until(`attempt ${made}`, async () => (await world.deliveries(entityId))[0]?.attempts === made)
    world.clock.turn({ hours: 1 })
    if (made < attempts) world.context.worker.wake()
  }
}

describe('a destination that fails', () => {
  it('is told once, in the log and in the operations channel, however long it goes on', async () => {
    await world.context.worker.start()
    const { entityId } = await world.configure(source, connector.webhookUrl)
    await failFor(entityId, 4)
    await until('the notice', () => notices().length > 0)
    world.context.worker.wake()
    await world.settled(entityId, ['delivered'])
    expect(toldLines()).toHaveLength(1)
    expect(notices()).toHaveLength(1)
    expect(notices()[0]?.text).toContain('Teams answered 503')
    expect(notices()[0]?.text).toContain('Platform')
    expect(world.app.lines.some((line) => line.includes('destination.recovered'))).toBe(true)
  })

  it('is told again when it fails again after it was healthy', async () => {
    await world.context.worker.start()
    const { entityId } = await world.configure(source, connector.webhookUrl)
    await failFor(entityId, 3)
    world.context.worker.wake()
    await world.settled(entityId, ['delivered'])
    world.teams.script(connector.webhookUrl, failures(3))
    await tell('b')
    for (const made of [1, 2, 3]) {
      await until('an attempt', async () => (await world.deliveries(entityId))[1]?.attempts === made)
      world.turn({ hours: 1 })
    }
    await world.settled(entityId, ['delivered', 'delivered'])
    await until('both notices', () => notices().length === 2)
    expect(toldLines()).toHaveLength(2)
  })

  it('is not told to itself', async () => {
    await world.context.worker.start()
    world.teams.script(operationsRoom.webhookUrl, failures(3))
    await world.context.storage.configurations.notify(operations, {
      about: 'test',
      configurationName: 'Operations',
    })
    world.context.worker.wake()
    for (const made of [1, 2, 3]) {
      await until('an attempt', async () => (await world.deliveries(operations))[0]?.attempts === made)
      world.turn({ hours: 1 })
    }
    await world.settled(operations, ['delivered'])
    expect(toldLines()).toHaveLength(1)
    // Only the test card: a notice about itself would follow it.
    expect(await world.deliveries(operations)).toHaveLength(1)
  })
})

describe('a destination that is gone', () => {
  it('is told once, and is healthy again when a test card is taken', async () => {
    await world.context.worker.start()
    const { entityId } = await world.configure(source, connector.webhookUrl)
    world.clock.turn({ minutes: 3 })
    world.teams.script(connector.webhookUrl, [{ status: 410 }, { status: 410 }])
    await tell('a')
    await world.settled(entityId, ['cancelled'])
    await until('the notice', () => notices().length === 1)
    const test = { about: 'test' as const, configurationName: 'Tasks' }
    const { configurations } = world.context.storage
    const health = async () => (await configurations.read(entityId))?.health

    await configurations.notify(entityId, test)
    world.context.worker.wake()
    await world.settled(entityId, ['cancelled', 'cancelled'])
    expect(await health()).toBe('gone')

    await configurations.notify(entityId, test)
    world.context.worker.wake()
    await world.settled(entityId, ['cancelled', 'cancelled', 'delivered'])
    expect(await health()).toBe('healthy')
    expect(toldLines()).toHaveLength(1)
    expect(notices()).toHaveLength(1)
  })
})
