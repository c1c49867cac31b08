import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMeasured } from './cardwire.ts'
import { startChild } from './child.ts'
import { post } from './load.ts'
import type { Row } from './report.ts'

/**
 * Events taken in, each durable before its 202, beside a bare Fastify route that does one insert per request with
 * better-sqlite3 at the same durability.
 */
export async function measureIntake(options: {
  rounds: number
  events: number
  connections: number
}): Promise<Row> {
  const { rounds, events, connections } = options
  const folder = mkdtempSync(join(tmpdir(), 'cardwire-bare-'))
  const bareServer = await startChild('./bare-intake.ts', [join(folder, 'bare.db')])
  const cardwire = await startMeasured({ port: 4178, webhookOrigin: 'http://127.0.0.1:1' })
  const ours: number[] = []
  const bare: number[] = []
  const { source } = cardwire
  const load = { count: events, connections, expected: 202 }
  const eventOf = (round: number, index: number) =>
    `{"id":"r${round}-${index}","type":"task.created","task":{"id":"${index}","title":"Write the release notes"}}`
  try {
    for (let round = -1; round < rounds; round++) {
      const seconds = await post({
        ...load,
        headers: { authorization: `Bearer ${source.secret}` },
        requestOf: (index) => ({ url: source.url, body: eventOf(round, index) }),
      })
      const bareSeconds = await post({
        ...load,
        requestOf: (index) => ({ url: `http://127.0.0.1:${bareServer.port}/`, body: eventOf(round, index) }),
      })
      // The first round warms both up.
      if (round < 0) continue
      ours.push(events / seconds)
      bare.push(events / bareSeconds)
    }
  } finally {
    await cardwire.close()
    await bareServer.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return {
    what: `events taken in, durable before 202, ${connections} connections`,
    unit: 'events/s',
    baseline: 'bare Fastify + better-sqlite3 insert',
    ours,
    bare,
    goal: 0.8,
  }
}
