import type { Event } from '../model/event.ts'
import { type Found, foundIn } from './found.ts'
import type { PrismaClient } from './generated/sqlite/client.ts'

/**
 * The newest events of a source and type, newest first. It looks no further back than some thousand events of all
 * sources: whoever wants an example would rather have none than wait for one.
 */
export function createLatestEvents(reader: Pick<PrismaClient, '$queryRawUnsafe'>) {
  return async (sourceId: string, type: string): Promise<Event[]> => {
    const rows = await reader.$queryRawUnsafe<Found[]>(latestEvents, sourceId, type)
    return foundIn<Event>(rows)
  }
}

const latestEvents = `
  SELECT json_group_array(json(body)) AS found FROM (
    SELECT body FROM (SELECT * FROM event ORDER BY receivedAt DESC LIMIT 5000)
    WHERE sourceId = ? AND type = ? LIMIT 20)`
