import type { Received } from '../model.ts'

/** Everything that was posted, and a way to wait for what has not been posted yet. */
export type ReceivedRecord = {
  readonly received: readonly Received[]
  /** Numbers the request and lets go whoever waits for it. */
  add: (request: Omit<Received, 'id' | 'text'>) => Received
  arrival: (wanted: (received: Received) => boolean, withinMs?: number) => Promise<Received>
  clear: () => void
  close: () => void
}

type Waiting = {
  wanted: (received: Received) => boolean
  resolve(found: Received): void
  timer: NodeJS.Timeout
}

export function createRecord(): ReceivedRecord {
  const received: Received[] = []
  const waiting = new Set<Waiting>()
  let lastId = 0

  return {
    received,
    add(request) {
      lastId += 1
      const one: Received = {
        id: lastId,
        ...request,
        get text() {
          return request.raw.toString('utf8')
        },
      }
      received.push(one)
      for (const waiter of waiting) {
        if (!waiter.wanted(one)) continue
        clearTimeout(waiter.timer)
        waiting.delete(waiter)
        waiter.resolve(one)
      }
      return one
    },
    arrival(wanted, withinMs = 5_000) {
      const found = received.find(wanted)
      if (found) return Promise.resolve(found)
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(waiter)
          reject(
            new Error(
              `Nothing like that arrived at the simulated Teams within ${withinMs} ms; ${received.length} requests did`,
            ),
          )
        }, withinMs)
        const waiter: Waiting = { wanted, resolve, timer }
        waiting.add(waiter)
      })
    },
    clear() {
      received.length = 0
    },
    close() {
      for (const { timer } of waiting) clearTimeout(timer)
      waiting.clear()
    },
  }
}
