import { setTimeout as wait } from 'node:timers/promises'
import type { Channel } from './channels.ts'
import { startChild } from './child.ts'
import { postOnSchedule } from './load.ts'
import type { Place } from './place.ts'
import { taskEvent } from './task-event.ts'

/** How long each event took until the first byte of its card came, in ms. */
export interface Delays {
  /** From the moment at which it was due to be sent: what holds up the 202 counts too. */
  sinceDue: number[]
  /** From its 202; none when the card came before that was read. */
  since202: number[]
}

/** The rate at which events are sent, whether they are answered or not. */
export interface Rate {
  perSecond: number
  seconds: number
}

/** A card that has not come by then is lost. */
const patienceMs = 30_000

/** An endpoint in a process of its own that notes when each card came. */
export async function startWatching(place: Place) {
  const receiver = await startChild(place, './watching-receiver.ts')
  const origin = `http://127.0.0.1:${receiver.port}`
  let series = 0

  return {
    origin,
    stop: receiver.stop,

    /** From now on channels named `in-outage/…` are told to wait for an hour. */
    async beginOutage() {
      await fetch(`${origin}/outage`, { method: 'PUT' })
    },

    /** Sends a task to each of the channels by turns, and waits until all their cards have come. */
    async delays(
      to: { url: string; headers?: Record<string, string>; channels: readonly Channel[] },
      rate: Rate,
    ): Promise<Delays> {
      const mark = `m${series++}n`
      const sent = await postOnSchedule({
        ...rate,
        ...to,
        expected: 202,
        bodyOf: (index) =>
          taskEvent({
            id: `${mark}${index}`,
            title: `${mark}${index} Write the release notes`,
            assignee: to.channels[index % to.channels.length]?.name ?? '',
          }),
      })
      const cameAt = await arrivals(mark, sent.length)
      const since = (at: (index: number) => number) =>
        sent.map((_, index) => Math.max((cameAt[`${mark}${index}`] ?? Number.NaN) - at(index), 0))
      return {
        sinceDue: since((index) => sent[index]?.dueAt ?? 0),
        since202: since((index) => sent[index]?.answeredAt ?? 0),
      }
    },
  }

  async function arrivals(mark: string, count: number): Promise<Record<string, number>> {
    const cameAt: Record<string, number> = {}
    const deadline = Date.now() + patienceMs
    for (;;) {
      Object.assign(cameAt, await (await fetch(origin)).json())
      const missing = count - Object.keys(cameAt).filter((one) => one.startsWith(mark)).length
      if (missing === 0) return cameAt
      if (Date.now() > deadline) throw new Error(`${missing} of ${count} cards did not come.`)
      await wait(100)
    }
  }
}
