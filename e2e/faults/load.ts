import { setTimeout as wait } from 'node:timers/promises'
import { Agent, request } from 'undici'
import type { Chance } from './chance.ts'
import { type EventType, eventTypes, type SourceName } from './scene.ts'

/** One event as its sender knows it. */
export interface SentEvent {
  /** Stands in the event's title, and so on every card that tells it. */
  mark: string
  source: SourceName
  type: EventType
  /** When it was first tried; it may have been taken then, though no answer came. */
  sentAt: number
  /** When the 202 came, and the id in it. */
  ackedAt: number | undefined
  id: string | undefined
}

export interface Load {
  readonly events: readonly SentEvent[]
  /** What no sender should ever be answered. */
  readonly complaints: readonly string[]
  /** Sends no new events, and waits until the last has its 202. */
  stop(): Promise<void>
}

export interface Sender {
  name: SourceName
  url: string
  secret: string
  eventsPerSecond: number
}

/** So many requests may be unanswered, as while the server is frozen; then no new ones are made. */
const mostUnanswered = 40

/**
 * The tracked systems: each sends its events at its own rate, alone or a few in one request, and each request again
 * until it was answered 202. Now and then one is sent once more after that, and must be known.
 */
export function startLoad({ senders, chance }: { senders: readonly Sender[]; chance: Chance }): Load {
  const agent = new Agent({ connections: mostUnanswered, headersTimeout: 5000, bodyTimeout: 5000 })
  const events: SentEvent[] = []
  const complaints: string[] = []
  const unanswered = new Set<Promise<void>>()
  const stopped = new AbortController()
  const sending = senders.map(send)

  return {
    events,
    complaints,
    async stop() {
      stopped.abort()
      await Promise.all(sending)
      await Promise.all(unanswered)
      await agent.close()
    },
  }

  async function send(sender: Sender): Promise<void> {
    const own = chance.branch(sender.name)
    while (!stopped.signal.aborted) {
      const count = own.happens(0.1) ? own.whole(2, 5) : 1
      const pause = (own.between(0.2, 1.8) * count * 1000) / sender.eventsPerSecond
      await wait(pause, undefined, { signal: stopped.signal }).catch(() => undefined)
      if (stopped.signal.aborted || unanswered.size >= mostUnanswered) continue
      const batch = Array.from({ length: count }, () => make(sender.name, own))
      const told = tell(sender, batch, own).finally(() => unanswered.delete(told))
      unanswered.add(told)
    }
  }

  function make(source: SourceName, own: Chance): SentEvent & { payload: object } {
    const mark = `cw${String(events.length).padStart(5, '0')}`
    const type = own.pick(eventTypes)
    const event = { mark, source, type, sentAt: Date.now(), ackedAt: undefined, id: undefined }
    const task = {
      id: `task ${mark.slice(2)}`,
      title: `${mark} ${own.pick(titles)}`,
      description: textOf(own),
    }
    events.push(event)
    return Object.assign(event, { payload: { id: `event ${mark.slice(2)}`, type, task } })
  }

  async function tell(
    sender: Sender,
    batch: (SentEvent & { payload: object })[],
    own: Chance,
  ): Promise<void> {
    const payloads = batch.map((one) => one.payload)
    const isList = payloads.length > 1 || sender.name === 'alarm'
    const body = JSON.stringify(isList ? payloads : payloads[0])
    const again = own.happens(0.03)
    for (const known of again ? [false, true] : [false]) {
      const received = await untilTaken(sender, body)
      if (received.length !== batch.length)
        complaints.push(`${received.length} of ${batch.length} events named`)
      for (const [index, event] of batch.entries()) {
        const { id, duplicate } = received[index] ?? {}
        if (known && (!duplicate || id !== event.id)) complaints.push(`${event.mark} was not known again`)
        event.id ??= id
        event.ackedAt ??= Date.now()
      }
    }
  }

  async function untilTaken(sender: Sender, body: string): Promise<{ id?: string; duplicate?: boolean }[]> {
    for (;;) {
      const answer = await post(sender, body)
      if (answer?.status === 202) return (JSON.parse(answer.text) as { events: object[] }).events
      // 503 is a server that stops; no answer is one that has.
      if (answer && answer.status !== 503)
        complaints.push(`A sender was answered ${answer.status}: ${answer.text}`)
      await wait(150)
    }
  }

  async function post({ url, secret }: Sender, body: string) {
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
    try {
      const { statusCode, body: answer } = await request(url, {
        method: 'POST',
        headers,
        body,
        dispatcher: agent,
      })
      return { status: statusCode, text: await answer.text() }
    } catch {
      return undefined
    }
  }
}

const titles = [
  'Berth 7 is free',
  'Ünïcödé \u{1F6A2} at the pier',
  'الرصيف السابع',
  'x < y & **not bold**',
] as const

/** Mostly short; now and then more than Teams takes, in letters that take more bytes than one. */
function textOf(own: Chance): string {
  if (!own.happens(0.02)) return own.pick(titles)
  return own.pick(titles).repeat(own.whole(500, 3000))
}
