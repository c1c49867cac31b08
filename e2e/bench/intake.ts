import { join } from 'node:path'
import { startChild } from './child.ts'
import { postAll } from './load.ts'
import { startMeasured } from './measured-server.ts'
import type { Place } from './place.ts'
import type { Row } from './report.ts'
import { asSender } from './source.ts'
import { taskEvent } from './task-event.ts'

const connections = 64

/**
 * Events taken in, each durable before its 202, beside a bare Fastify route that does one insert per request with
 * better-sqlite3 at the same durability.
 */
export async function measureIntake(options: {
  place: Place
  main: string
  rounds: number
  events: number
}): Promise<Row[]> {
  const { place, rounds, events } = options
  const bareServer = await startChild(place, './bare-intake.ts', [join(place.folder(), 'bare.db')])
  const cardwire = await startMeasured({ ...options, webhookOrigin: 'http://127.0.0.1:1' })
  const { url, headers } = asSender(cardwire.source)
  const [ours, bare]: [number[], number[]] = [[], []]
  // The first round warms both up.
  for (let round = 0; round <= rounds; round += 1) {
    const load = {
      count: events,
      connections,
      expected: 202,
      bodyOf: (index: number) => taskEvent({ id: `r${round}-${index}` }),
    }
    const seconds = await postAll({ ...load, headers, urlOf: () => url })
    const bareSeconds = await postAll({ ...load, urlOf: () => `http://127.0.0.1:${bareServer.port}/` })
    if (round === 0) continue
    ours.push(events / seconds)
    bare.push(events / bareSeconds)
  }
  await cardwire.stop()
  await bareServer.stop()
  const what = `events taken in, durable before 202, ${connections} connections`
  const beside = { what: 'bare Fastify + better-sqlite3 insert', figures: bare }
  return [{ what, unit: 'events/s', ours, beside, goal: { ratioAtLeast: 0.8 } }]
}
