import Sqlite from 'better-sqlite3'
import { freePort } from '../free-port.ts'
import { channelsNamed } from './channels.ts'
import { endChild } from './child.ts'
import { startMeasured } from './measured-server.ts'
import type { Place } from './place.ts'
import type { Row } from './report.ts'
import { residentMb } from './resident.ts'
import { untilReady } from './server-process.ts'

interface StartOptions {
  place: Place
  main: string
  rounds: number
  destinations: number
}

/** Events on record, each delivered to every channel. */
const eventsOnRecord = 10

/**
 * From the start of the process until `/readyz` answers 200, and the memory of a server with nothing to do: on a
 * folder with nothing in it, where the database is made first, and on the database of a company. The files may be
 * in the machine's cache, as after an update; beside it stands the least that Node.js needs to answer anything.
 */
export async function measureStart(options: StartOptions): Promise<Row[]> {
  const { rounds, destinations } = options
  const empty: Started[] = []
  const filled: Started[] = []
  const bare: Started[] = []
  const company = await startCompany(options)
  for (let round = 0; round < rounds; round += 1) {
    empty.push(await startEmpty(options))
    filled.push(await startFilled(company))
    bare.push(await startBare(options.place))
  }
  await company.stop()

  const seconds = (started: Started[]) => started.map(({ readyMs }) => readyMs / 1000)
  const memory = (started: Started[]) => started.map(({ idleMb }) => idleMb)
  const node = 'Node.js with an empty HTTP server'
  const [channels, deliveries] = [destinations, destinations * eventsOnRecord].map((n) =>
    n.toLocaleString('en'),
  )
  const record = `${channels} channels and ${deliveries} deliveries on record`
  const ready = { unit: 's', beside: { what: node, figures: seconds(bare) }, goal: { below: 2 } } as const
  const idle = { unit: 'MB', beside: { what: node, figures: memory(bare) }, goal: { below: 200 } } as const
  return [
    { what: 'start to ready, nothing there', ours: seconds(empty), ...ready },
    { what: `start to ready, ${record}`, ours: seconds(filled), ...ready },
    { what: 'idle memory, nothing there', ours: memory(empty), ...idle },
    { what: `idle memory, ${record}`, ours: memory(filled), ...idle },
  ]
}

interface Started {
  readyMs: number
  idleMb: number
}

async function startEmpty({ place, main }: StartOptions): Promise<Started> {
  const cardwire = await startMeasured({ place, main, webhookOrigin: 'http://127.0.0.1:1' })
  const idleMb = await residentMb(cardwire.pid())
  await cardwire.stop()
  return { readyMs: cardwire.firstReadyMs, idleMb }
}

async function startCompany({ place, main, destinations }: StartOptions) {
  const channels = channelsNamed('', destinations)
  const company = await startMeasured({ place, main, webhookOrigin: 'http://127.0.0.1:1', channels })
  await company.restart(writeHistory)
  return company
}

async function startFilled(company: Awaited<ReturnType<typeof startCompany>>): Promise<Started> {
  await company.restart()
  return { readyMs: company.readyMs(), idleMb: await residentMb(company.pid()) }
}

async function startBare(place: Place): Promise<Started> {
  const port = await freePort()
  const script = `require('node:http').createServer((_, response) => response.end()).listen(${port}, '127.0.0.1')`
  const startedAt = performance.now()
  const child = place.spawn(['-e', script], { stdio: 'ignore' })
  if (!(await untilReady(child, `http://127.0.0.1:${port}/`))) throw new Error('Node.js ended.')
  const readyMs = performance.now() - startedAt
  const idleMb = await residentMb(child.pid ?? 0)
  await endChild(child)
  return { readyMs, idleMb }
}

/** What has been delivered in the last hours, as the server would have written it. */
function writeHistory(databasePath: string): void {
  const database = new Sqlite(databasePath)
  const hour = 60 * 60 * 1000
  const now = Date.now()
  const events = Array.from({ length: eventsOnRecord }, (_, index) => now - (index + 2) * hour)
  database.transaction(() => {
    const event = database.prepare(
      `INSERT INTO event (id, sourceId, externalId, type, occurredAt, receivedAt, body)
       SELECT 'past-' || @at, id, 'past-' || @at, 'task.created', @at, @at, '{"title":"Write the release notes"}' FROM source`,
    )
    for (const at of events) event.run({ at })
    database.exec(
      `INSERT INTO delivery (kind, eventId, entityId, destinationId, state, attempts, firstAttemptAt, settledAt, createdAt)
       SELECT 'event', e.id, c.entityId, c.destinationId, 'delivered', 1, e.receivedAt, e.receivedAt + 50, e.receivedAt
       FROM event e CROSS JOIN configuration c`,
    )
    database.exec(
      `INSERT INTO attempt (deliveryId, destinationId, startedAt, endedAt, outcome, status, answer, sizeBytes)
       SELECT id, destinationId, createdAt, settledAt, 'delivered', 200, '1', 512 FROM delivery`,
    )
  })()
  database.close()
}
