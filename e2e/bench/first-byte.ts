import { join } from 'node:path'
import { channelsNamed } from './channels.ts'
import { startChild } from './child.ts'
import { startMeasured } from './measured-server.ts'
import { median, percentile } from './median.ts'
import type { Place } from './place.ts'
import type { Row } from './report.ts'
import { asSender } from './source.ts'
import { type Delays, startWatching } from './watch.ts'

const perSecond = 200

/** Each gets one card every two seconds, so that no window of Teams' holds anything back. */
const channelCount = 400

/**
 * From the 202 to the first byte of the POST, at a rate that is kept whatever is answered; beside it a bare route
 * that inserts, answers and posts, which is what the three processes cost on this machine without any of our work.
 */
export async function measureFirstByte(options: {
  place: Place
  main: string
  rounds: number
  seconds: number
}): Promise<Row[]> {
  const { place, rounds, seconds } = options
  const watch = await startWatching(place)
  const channels = channelsNamed('channel-', channelCount, { wantsOwn: true })
  const cardwire = await startMeasured({ ...options, webhookOrigin: watch.origin, channels })
  const webhookUrl = `${watch.origin}/webhookb2/bare`
  const bareServer = await startChild(place, './bare-sender.ts', [
    join(place.folder(), 'bare.db'),
    webhookUrl,
  ])
  const toUs = { ...asSender(cardwire.source), channels }
  const toBare = { url: `http://127.0.0.1:${bareServer.port}/`, channels }
  const [ours, bare]: [Delays[], Delays[]] = [[], []]
  // The first round warms both up.
  for (let round = 0; round <= rounds; round += 1) {
    const rate = { perSecond, seconds: round === 0 ? 3 : seconds }
    const delays = await watch.delays(toUs, rate)
    const bareDelays = await watch.delays(toBare, rate)
    if (round === 0) continue
    ours.push(delays)
    bare.push(bareDelays)
  }
  await cardwire.stop()
  await bareServer.stop()
  await watch.stop()

  const row = (name: string, figure: (delays: Delays) => number): Row => ({
    what: `${name}, ${perSecond} events/s`,
    unit: 'ms',
    ours: ours.map(figure),
    beside: { what: 'bare insert, 202, post', figures: bare.map(figure) },
  })
  return [
    {
      ...row('202 → first byte of the POST, p99', (one) => percentile(one.since202, 99)),
      goal: { below: 50 },
    },
    row('the same, median', (one) => median(one.since202)),
    row('the event due to be sent → first byte of the POST, p99', (one) => percentile(one.sinceDue, 99)),
  ]
}
