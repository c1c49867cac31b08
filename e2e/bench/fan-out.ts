import { setTimeout as wait } from 'node:timers/promises'
import { channelsNamed } from './channels.ts'
import { startChild } from './child.ts'
import { postAll } from './load.ts'
import { startMeasured } from './measured-server.ts'
import type { Place } from './place.ts'
import { profileReport, readProfile } from './profile.ts'
import type { Row } from './report.ts'
import { asSender } from './source.ts'
import { taskEvent } from './task-event.ts'

export interface FanOutOptions {
  place: Place
  main: string
  rounds: number
  destinations: number
}

/** What made the bare loop fastest here, of 16, 64, 128 and 256. */
const bareConnections = 64

/**
 * One event to many destinations, from the event's POST until every delivery is settled, beside a bare `undici`
 * loop that posts the same bytes to the same endpoint.
 */
export async function measureFanOut(options: FanOutOptions): Promise<Row[]> {
  const { rounds, destinations } = options
  const fanOut = await startFanOut(options)
  const [ours, bare]: [number[], number[]] = [[], []]
  // The first round warms both up.
  for (let round = 0; round <= rounds; round += 1) {
    const { seconds, last } = await fanOut.once()
    const bareSeconds = await postAll({
      count: destinations,
      connections: bareConnections,
      expected: 200,
      urlOf: (index) => `${fanOut.origin}/webhookb2/${index}`,
      bodyOf: () => last,
    })
    if (round === 0) continue
    ours.push(destinations / seconds)
    bare.push(destinations / bareSeconds)
  }
  await fanOut.stop()
  const what = `one event to ${destinations.toLocaleString('en')} destinations, settled`
  const beside = { what: 'bare undici loop, same bytes', figures: bare }
  return [{ what, unit: 'cards/s', ours, beside, goal: { ratioAtLeast: 0.6 } }]
}

/** Where the server's time goes in fan-outs, after its start. */
export async function profileFanOut(options: FanOutOptions): Promise<string> {
  const { place, rounds, destinations } = options
  const folder = place.folder()
  const fanOut = await startFanOut(options, ['--cpu-prof', `--cpu-prof-dir=${folder}`])
  const speeds: string[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const { seconds } = await fanOut.once()
    speeds.push(Math.round(destinations / seconds).toLocaleString('en'))
  }
  await fanOut.stop()
  return `${speeds.join(', ')} cards/s\n\n${profileReport(readProfile(folder), fanOut.readyMs)}`
}

/** A destination gets a card a round, and Teams' windows let four a second through. */
const betweenRoundsMs = 500

async function startFanOut(options: FanOutOptions, nodeOptions?: string[]) {
  const { place, destinations } = options
  const receiver = await startChild(place, './receiver.ts')
  const origin = `http://127.0.0.1:${receiver.port}`
  const channels = channelsNamed('', destinations)
  const cardwire = await startMeasured({ ...options, webhookOrigin: origin, channels, nodeOptions })
  const { url, headers } = asSender(cardwire.source)
  const taken = async () => (await (await fetch(origin)).json()) as { count: number; last: string }
  let events = 0

  return {
    origin,
    readyMs: cardwire.readyMs(),

    /** One event; how long it took until all was settled, and the bytes that came last. */
    async once(): Promise<{ seconds: number; last: string }> {
      await wait(betweenRoundsMs)
      await taken()
      const body = taskEvent({ id: `event-${(events += 1)}` })
      const start = performance.now()
      const answer = await fetch(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
      })
      if (answer.status !== 202) throw new Error(await answer.text())
      await cardwire.settled()
      const seconds = (performance.now() - start) / 1000
      const { count, last } = await taken()
      // What the budget held back or told in a digest would make this another thing than a fan-out.
      if (count !== destinations) throw new Error(`${count} cards came to ${destinations} destinations.`)
      return { seconds, last }
    },

    async stop() {
      await cardwire.stop()
      await receiver.stop()
    },
  }
}
