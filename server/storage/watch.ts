import type { Health } from '../model/destination.ts'
import type { Database } from './database.ts'
import { sqlite } from './sqlite.ts'

/** What is measured when someone asks, and not counted as it happens. */
export interface Watched {
  /** Deliveries that wait to be sent. */
  pending: number
  /** When the first of all is due: a lane, the end of a lease, or something to be let go; undefined when nothing is. */
  oldestDueAt: Date | undefined
  destinations: Record<Health, number>
}

/** Cheap with a hundred thousand deliveries waiting: it reads the indexes of what waits alone. */
export async function watch({ database: { reader } }: { database: Database }): Promise<Watched> {
  const [row] = await reader.$queryRawUnsafe<{ pending: bigint | number; oldest: bigint | number | null }[]>(
    sqlite.watch,
  )
  const groups = await reader.destination.groupBy({
    by: ['health'],
    where: { orphanedAt: null },
    _count: true,
  })
  const destinations = { healthy: 0, throttled: 0, failing: 0, gone: 0, disabled: 0 }
  for (const { health, _count } of groups) destinations[health as Health] = _count
  return {
    pending: Number(row?.pending ?? 0),
    oldestDueAt: row?.oldest == null ? undefined : new Date(Number(row.oldest)),
    destinations,
  }
}
