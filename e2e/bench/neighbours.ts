import { type Channel, channelsNamed } from './channels.ts'
import { postOnSchedule } from './load.ts'
import { startMeasured } from './measured-server.ts'
import { percentile } from './median.ts'
import type { Place } from './place.ts'
import type { Row } from './report.ts'
import { asSender } from './source.ts'
import { taskEvent } from './task-event.ts'
import { startWatching } from './watch.ts'

/** One channel in trouble: how its endpoint answers, by its name, and how much it is sent. */
const troubles = [
  { what: 'flooded at 200 events/s', name: 'flooded/', perSecond: 200 },
  { what: 'answering 429 with Retry-After', name: 'throttled/', perSecond: 20 },
  { what: 'never answering', name: 'never/', perSecond: 20 },
] as const

/** What the others are sent: each a card every three seconds, so that no window of Teams' holds anything back. */
const othersPerSecond = 100
const otherCount = 300

/**
 * How much one channel in trouble delays all others: the same load on these with and without it, from the moment
 * at which an event was due to be sent to the first byte of its card, so that whatever is held up anywhere counts.
 */
export async function measureNeighbours(options: {
  place: Place
  main: string
  rounds: number
  seconds: number
}): Promise<Row[]> {
  const { place, rounds, seconds } = options
  const others = channelsNamed('other-', otherCount, { wantsOwn: true })
  // New ones each round: what one has behind it is not to be seen in the next.
  const troubled = troubles.map(({ name }) => channelsNamed(name, rounds, { wantsOwn: true }))
  const watch = await startWatching(place)
  const channels = [...others, ...troubled.flat()]
  const cardwire = await startMeasured({ ...options, webhookOrigin: watch.origin, channels })
  const sender = asSender(cardwire.source)
  const othersP99 = async (forSeconds: number) => {
    const rate = { perSecond: othersPerSecond, seconds: forSeconds }
    return percentile((await watch.delays({ ...sender, channels: others }, rate)).sinceDue, 99)
  }
  const alone: number[] = []
  const beside: number[][] = troubles.map(() => [])
  // Warms everything up.
  await othersP99(3)
  for (let round = 0; round < rounds; round += 1) {
    alone.push(await othersP99(seconds))
    for (const [index, { perSecond }] of troubles.entries()) {
      const channel = troubled[index]?.[round]
      if (!channel) throw new Error('There is no channel for this round.')
      const [p99] = await Promise.all([othersP99(seconds), trouble(channel, perSecond)])
      beside[index]?.push(p99)
      await cardwire.remove(channel.name)
      await cardwire.settled()
    }
  }
  await cardwire.stop()
  await watch.stop()
  return troubles.map(({ what }, index) => ({
    what: `${otherCount} channels beside one ${what}, p99`,
    unit: 'ms',
    ours: beside[index] ?? [],
    beside: { what: 'the same without it', figures: alone },
    goal: { differenceBelow: 100 },
  }))

  async function trouble({ name }: Channel, perSecond: number): Promise<void> {
    const bodyOf = (index: number) => taskEvent({ id: `${name}-${index}`, assignee: name })
    await postOnSchedule({ ...sender, perSecond, seconds, expected: 202, bodyOf })
  }
}
