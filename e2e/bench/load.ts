import { setTimeout as wait } from 'node:timers/promises'
import { Agent, request } from 'undici'
import { monotonicMs } from './monotonic.ts'

export interface Load {
  url: string
  headers?: Record<string, string>
  bodyOf(index: number): string
  /** The status that is to be answered. */
  expected: number
}

/**
 * Posts over so many keep-alive connections at once, as fast as they are answered.
 * @returns seconds it took.
 * @throws {Error} when an answer is not the expected one.
 */
export async function postAll(
  load: Omit<Load, 'url'> & { urlOf(index: number): string; count: number; connections: number },
): Promise<number> {
  const { count, connections, urlOf } = load
  const agent = new Agent({ connections, pipelining: 1 })
  let next = 0
  const work = async () => {
    while (next < count) {
      const index = next++
      const read = await post({ ...load, url: urlOf(index) }, index, agent)
      await read()
    }
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: connections }, work))
  const seconds = (performance.now() - start) / 1000
  await agent.close()
  return seconds
}

/** When a request was due and when its answer began; see `monotonicMs`. */
export interface Sent {
  dueAt: number
  answeredAt: number
}

/**
 * Posts at fixed moments, whether the earlier ones were answered or not: a server that stops for a while is asked
 * all the same meanwhile, as by senders that know nothing of each other.
 */
export async function postOnSchedule(
  load: Load & { perSecond: number; seconds: number },
): Promise<readonly Sent[]> {
  const agent = new Agent({ pipelining: 1 })
  const startAt = monotonicMs()
  const sent: Promise<Sent>[] = []
  for (let index = 0; index < load.perSecond * load.seconds; index += 1) {
    const dueAt = startAt + (index * 1000) / load.perSecond
    const earlyMs = dueAt - monotonicMs()
    if (earlyMs > 0) await wait(earlyMs)
    sent.push(postDue(load, index, dueAt, agent))
  }
  const all = await Promise.all(sent)
  await agent.close()
  return all
}

async function postDue(load: Load, index: number, dueAt: number, agent: Agent): Promise<Sent> {
  const read = await post(load, index, agent)
  const answeredAt = monotonicMs()
  await read()
  return { dueAt, answeredAt }
}

/** Resolves when the answer begins, to what reads the rest of it. */
async function post(load: Load, index: number, dispatcher: Agent): Promise<() => Promise<void>> {
  const { url, headers, expected, bodyOf } = load
  const { statusCode, body } = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: bodyOf(index),
    dispatcher,
  })
  if (statusCode !== expected) throw new Error(`Answered ${statusCode}: ${await body.text()}`)
  return async () => void (await body.text())
}
