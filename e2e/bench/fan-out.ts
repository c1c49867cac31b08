import { setTimeout as wait } from 'node:timers/promises'
import { startMeasured } from './cardwire.ts'
import { startChild } from './child.ts'
import { post } from './load.ts'
import type { Row } from './report.ts'

/**
 * One event to many destinations, from the event's POST until every delivery is settled, beside a bare `undici`
 * loop that posts the same bytes to the same endpoint.
 */
export async function measureFanOut(options: { rounds: number; destinations: number }): Promise<Row> {
  const { rounds, destinations } = options
  const receiver = await startChild('./receiver.ts')
  const origin = `http://127.0.0.1:${receiver.port}`
  const cardwire = await startMeasured({ port: 4178, webhookOrigin: origin })
  const ours: number[] = []
  const bare: number[] = []
  try {
    await cardwire.configure(destinations)
    for (let round = -1; round < rounds; round++) {
      const seconds = await fanOutOnce(cardwire, round)
      const body = await (await fetch(origin)).text()
      const bareSeconds = await post({
        count: destinations,
        connections: bareConnections,
        expected: 200,
        requestOf: (index) => ({ url: `${origin}/webhookb2/${index}`, body }),
      })
      // The first round warms both up.
      if (round < 0) continue
      ours.push(destinations / seconds)
      bare.push(destinations / bareSeconds)
    }
  } finally {
    await cardwire.close()
    await receiver.stop()
  }
  return {
    what: `one event to ${destinations.toLocaleString('en')} destinations, settled`,
    unit: 'cards/s',
    baseline: 'bare undici loop, same bytes',
    ours,
    bare,
    goal: 0.6,
  }
}

/** What made the bare loop fastest here, of 16, 64, 128 and 256. */
const bareConnections = 64

async function fanOutOnce(
  cardwire: Awaited<ReturnType<typeof startMeasured>>,
  round: number,
): Promise<number> {
  const { source } = cardwire
  const start = performance.now()
  const answer = await fetch(source.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${source.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      id: `round-${round}`,
      type: 'task.created',
      actor: { name: 'Ada Lovelace' },
      task: {
        id: '1',
        title: 'Write the release notes',
        url: 'https://tasks.example/1',
        assignee: 'Grace Hopper',
      },
    }),
  })
  if (answer.status !== 202) throw new Error(await answer.text())
  while (cardwire.pending() > 0) await wait(10)
  return (performance.now() - start) / 1000
}
