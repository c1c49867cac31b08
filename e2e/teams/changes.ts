/**
 * Tells open pages what to fetch again. Only topics travel, gathered for a moment, so that a load run
 * through the endpoints costs the pages one message and, with no page open, nothing at all.
 */
export type Changes = {
  tell(topic: Topic): void
  subscribe(listener: (topics: Topic[]) => void): () => void
  close(): void
}

/** `state`, `runs` of workflows, or a channel's id for its feed. */
export type Topic = string

const GATHER_MS = 30

export function createChanges(): Changes {
  const listeners = new Set<(topics: Topic[]) => void>()
  const gathered = new Set<Topic>()
  let timer: NodeJS.Timeout | undefined

  function flush() {
    timer = undefined
    const topics = [...gathered]
    gathered.clear()
    for (const listener of listeners) listener(topics)
  }

  return {
    tell(topic) {
      if (listeners.size === 0) return
      gathered.add(topic)
      timer ??= setTimeout(flush, GATHER_MS)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      clearTimeout(timer)
      listeners.clear()
    },
  }
}
