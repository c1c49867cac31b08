import { setTimeout as wait } from 'node:timers/promises'
import { channelsNamed } from './channels.ts'
import { postAll } from './load.ts'
import { startMeasured } from './measured-server.ts'
import { median } from './median.ts'
import type { Place } from './place.ts'
import type { Row } from './report.ts'
import { residentMb } from './resident.ts'
import { asSender } from './source.ts'
import { taskEvent } from './task-event.ts'
import { startWatching } from './watch.ts'

/** What is asked while others wait: each of the channels that are well gets a card now and then. */
const probe = { perSecond: 50, seconds: 3 }
const probedCount = 40

/** One round's figures: while nothing waits, a hundredth of it, and all of it. */
interface Round {
  claimMs: { none: number; few: number; all: number }
  sameMb: { none: number; all: number }
  restartedMb: { none: number; all: number }
}

/**
 * What it costs that ten deliveries wait for each of many channels, as in an outage of Teams: their endpoint, which
 * was well, answers 429 with a `Retry-After` of an hour, and more events come in. All of them come in by the front
 * door.
 *
 * What a claim costs is measured where it is felt: how long a card of a channel that is well takes from its 202 to
 * its first byte. A claim that looks at what waits would take a millisecond for each few thousand of these.
 */
export async function measureWaiting(options: {
  place: Place
  main: string
  rounds: number
  destinations: number
}): Promise<Row[]> {
  const rounds: Round[] = []
  for (let round = 0; round < options.rounds; round += 1) rounds.push(await measureOnce(options))
  const { few, all } = counts(options.destinations)
  const claim = (count: number, figure: (round: Round) => number): Row => ({
    what: `202 → first byte, median, while ${count.toLocaleString('en')} wait`,
    unit: 'ms',
    ours: rounds.map(figure),
    beside: { what: 'while none waits', figures: rounds.map((one) => one.claimMs.none) },
    goal: { differenceBelow: 1 },
  })
  const memory = (what: string, figures: (round: Round) => { none: number; all: number }): Row => ({
    what: `memory while ${all.toLocaleString('en')} wait, ${what}`,
    unit: 'MB',
    ours: rounds.map((one) => figures(one).all),
    beside: { what: 'while none waits', figures: rounds.map((one) => figures(one).none) },
    goal: { differenceBelow: 50 },
  })
  return [
    claim(few, (one) => one.claimMs.few),
    claim(all, (one) => one.claimMs.all),
    memory('in the process that took them in', (one) => one.sameMb),
    memory('after a restart', (one) => one.restartedMb),
  ]
}

const first = 'task.updated'
const later = 'task.completed'

/** A tenth of the channels gets one event of the first type, the others eleven of the later: ten for each. */
function counts(destinations: number) {
  const few = Math.round(destinations / 10)
  return { few, all: few + laterEvents * (destinations - few) }
}
const laterEvents = 11

async function measureOnce(options: { place: Place; main: string; destinations: number }): Promise<Round> {
  const { place, destinations } = options
  const { few } = counts(destinations)
  const watch = await startWatching(place)
  const probed = channelsNamed('well-', probedCount, { wantsOwn: true })
  const channels = [
    ...probed,
    ...channelsNamed('in-outage/first-', few, { eventType: first }),
    ...channelsNamed('in-outage/later-', destinations - few, { eventType: later }),
  ]
  const cardwire = await startMeasured({ ...options, webhookOrigin: watch.origin, channels })
  const sender = asSender(cardwire.source)
  const throttled = cardwire.database.prepare(
    "SELECT count(*) AS n FROM destination WHERE health = 'throttled'",
  )
  const waiting = cardwire.database.prepare("SELECT count(*) AS n FROM delivery WHERE state = 'pending'")
  const claimMs = async () => median((await watch.delays({ ...sender, channels: probed }, probe)).since202)

  let taken = 0

  const restartedNone = await residentMb(cardwire.pid())
  // Warms everything up, the memory that such a burst takes for a while included.
  await claimMs()
  await takeIn(first, 1)
  await takeIn(later, 1)
  await cardwire.settled()
  const claimNone = await claimMs()
  const sameNone = await residentMb(cardwire.pid())
  await watch.beginOutage()
  await takeIn(first, 1)
  await untilThrottled(few)
  const claimFew = await claimMs()
  await takeIn(later, 1)
  await untilThrottled(destinations)
  await takeIn(later, laterEvents - 1)
  const claimAll = await claimMs()
  const sameAll = await residentMb(cardwire.pid())
  await cardwire.restart()
  const restartedAll = await residentMb(cardwire.pid())
  const { all } = counts(destinations)
  const found = (waiting.get() as { n: number }).n
  if (found !== all) throw new Error(`${found} deliveries wait, not ${all}.`)
  await cardwire.stop()
  await watch.stop()
  return {
    claimMs: { none: claimNone, few: claimFew, all: claimAll },
    sameMb: { none: sameNone, all: sameAll },
    restartedMb: { none: restartedNone, all: restartedAll },
  }

  async function takeIn(type: typeof first | typeof later, count: number): Promise<void> {
    const bodyOf = () => taskEvent({ id: `${type}-${(taken += 1)}`, type })
    await postAll({ ...sender, urlOf: () => sender.url, count, connections: 1, expected: 202, bodyOf })
  }

  async function untilThrottled(count: number): Promise<void> {
    while ((throttled.get() as { n: number }).n < count) await wait(20)
  }
}
