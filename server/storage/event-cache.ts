import type { Event } from '../model/event.ts'
import { type Found, foundIn } from './found.ts'
import type { PrismaClient } from './generated/sqlite/client.ts'
import { sqlite } from './sqlite.ts'

/**
 * Reads events, which never change, once for as many lanes as tell them: one event to 10,000 channels is read once
 * and not with every lease. Keeps the last few hundred.
 */
export function createEventCache(reader: Pick<PrismaClient, '$queryRawUnsafe'>) {
  const kept = new Map<string, Event>()

  return {
    /** The events that are still kept, by id. */
    async read(eventIds: string[]): Promise<Map<string, Event>> {
      const wanted = new Set(eventIds)
      const found = new Map<string, Event>()
      const missing: string[] = []
      for (const id of wanted) {
        const event = kept.get(id)
        if (event) found.set(id, event)
        else missing.push(id)
      }
      if (missing.length === 0) return found
      const rows = await reader.$queryRawUnsafe<Found[]>(sqlite.events, JSON.stringify(missing))
      for (const event of foundIn<Event>(rows)) {
        found.set(event.id, event)
        keep(event)
      }
      return found
    },
  }

  function keep(event: Event): void {
    const [oldest] = kept.keys()
    if (oldest !== undefined && kept.size >= mostKept) kept.delete(oldest)
    kept.set(event.id, event)
  }
}

const mostKept = 256
