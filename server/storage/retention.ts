import { setTimeout } from 'node:timers/promises'
import type { Database } from './database.ts'
import { sqlite } from './retention-sqlite.ts'

/**
 * Forgets what is old, a little at a time, so that the file stops growing while everyone else goes on working.
 *
 * Each table is walked by its key from the low end, where the oldest rows are: ids grow with time, so the walk ends
 * at the first batch in which everything is young, and what it reads is what it forgets and the few old rows that
 * stay. A batch is looked up by the reader, which keeps nobody waiting; only what may go is then deleted, in a
 * transaction of a few milliseconds, with a rest before the next. A run may be cut off between any two batches: the
 * next one starts at the low end again. What was found to be over cannot begin again in between, since a final state
 * is final and attempts are made only for what is not settled.
 *
 * - A delivery goes, with its attempts, when it was settled long enough ago. Pending and held ones are not settled.
 * - A member of a digest goes after that was settled, and a digest after its last member: what was merged can always
 *   say into what.
 * - An attempt that a window of Teams may still count stays, whatever the setting, and its delivery with it.
 * - What was sent goes when it was last sent so long ago, which is known to the hour. What waits still longer is then
 *   shown as it would be drawn.
 * - An event goes when it is old and its last delivery has gone.
 * - A destination goes when nobody has used it for as long, nothing waits in its lane and its last attempt has gone,
 *   so that adding the same URL again brings no fresh budget.
 *
 * There is no VACUUM: SQLite writes new rows into the pages that deleted ones have left, and the file stays as large
 * as its fullest month. Making it smaller would mean to write it anew as a whole while every writer waits.
 */
export interface Retention {
  /**
   * @param options.keepMs how long deliveries are kept after their end, and events.
   * @param options.signal ends the run after the batch that is being written.
   * @returns how many rows of each were deleted.
   */
  sweep(options: { keepMs: number; signal?: AbortSignal }): Promise<Swept>
}

export interface Swept {
  deliveries: number
  attempts: number
  cards: number
  events: number
  destinations: number
  auditEntries: number
  refusals: number
}

export function createRetention(tools: {
  database: Database
  now: () => Date
  /** Between two batches: longer than one takes, so that most of the time is everyone else's. */
  rest?: () => Promise<unknown>
  rowsPerBatch?: number
}): Retention {
  const { now, rest = () => setTimeout(restMs), rowsPerBatch = 250 } = tools
  const { reader, writer } = tools.database

  return {
    async sweep({ keepMs, signal }) {
      const at = now().getTime()
      const old = at - Math.max(keepMs, windowMs)
      const swept: Swept = {
        deliveries: 0,
        attempts: 0,
        cards: 0,
        events: 0,
        destinations: 0,
        auditEntries: 0,
        refusals: 0,
      }
      const walk = (statement: string, from: number | string, ...before: number[]) =>
        batches({ statement, from, before, signal })

      for await (const ids of walk(sqlite.deliveries, 0, old, at - windowMs)) {
        const { deleteDeliveries, deleteDigests, deleteAttempts } = sqlite
        const [single, digests, attempts] = await writer.$transaction([
          writer.$executeRawUnsafe(deleteDeliveries, ids),
          writer.$executeRawUnsafe(deleteDigests, ids),
          writer.$executeRawUnsafe(deleteAttempts, ids),
        ])
        swept.deliveries += single + digests
        swept.attempts += attempts
      }
      for await (const hashes of walk(sqlite.cards, 0, old - hourMs)) {
        swept.cards += await write(sqlite.deleteCards, old - hourMs, hashes)
      }
      for await (const ids of walk(sqlite.events, '', old)) {
        swept.events += await write(sqlite.deleteEvents, ids)
      }
      for await (const ids of walk(sqlite.destinations, '', old)) {
        swept.destinations += await write(sqlite.deleteDestinations, old, ids)
      }
      for await (const ids of walk(sqlite.auditEntries, 0, at - auditMs)) {
        swept.auditEntries += await write(sqlite.deleteAuditEntries, ids)
      }
      for await (const ids of walk(sqlite.refusals, 0, at - refusalMs)) {
        swept.refusals += await write(sqlite.deleteRefusals, ids)
      }
      return swept
    },
  }

  /** The keys of what may go, batch by batch, as JSON. */
  async function* batches({ statement, from, before, signal }: Walk): AsyncGenerator<string> {
    let cursor: Key | null = from
    while (cursor !== null && !signal?.aborted) {
      const rows: Batch[] = await reader.$queryRawUnsafe(statement, cursor, rowsPerBatch, ...before)
      const { last = null, found = '[]' } = rows[0] ?? {}
      if (found !== '[]') yield found
      if (last !== null) await rest()
      cursor = last
    }
  }

  async function write(statement: string, ...values: unknown[]): Promise<number> {
    const [changed] = await writer.$transaction([writer.$executeRawUnsafe(statement, ...values)])
    return changed
  }
}

const hourMs = 60 * 60 * 1000
/** An hour more than Teams' longest window. */
const windowMs = 25 * hourMs
const auditMs = 365 * 24 * hourMs
const refusalMs = 7 * 24 * hourMs
const restMs = 25

type Key = bigint | number | string

interface Walk {
  statement: string
  /** Below all keys. */
  from: Key
  /** What is older may go. */
  before: number[]
  signal: AbortSignal | undefined
}

interface Batch {
  /** The key to go on after; null when nothing of the batch was old. */
  last: Key | null
  /** The keys of what may go, as a JSON list. */
  found: string
}
