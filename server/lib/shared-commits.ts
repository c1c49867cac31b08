import { createSignal } from './signal.ts'

/**
 * Lets concurrent work share a commit, since what a commit costs is the disk's promise and not the rows.
 *
 * While one transaction is being written, what arrives gathers for the next. Each caller is answered only after the
 * commit that holds its part. A database in this process writes without ever going back to the event loop, so
 * before each commit the loop is let go round once: everything that has arrived by then comes along.
 *
 * A part that cannot be written fails alone: those that came with it are written without it.
 *
 * @param write answers a result for each part, in order, or throws having written nothing.
 * @param options.mostAtOnce how many parts one transaction may hold.
 * @param options.sizeOf what a part weighs, and `options.mostSize` what one transaction may: what its statements carry
 *   stays within a few megabytes, and others are answered in between. A part that weighs more is written alone.
 * @param options.expected how many parts are under way, for work that nobody waits for: a commit then waits until
 *   all or `mostAtOnce` of them have come, and `patienceMs` at the most. Absent: nothing waits for more to come.
 */
export function createSharedCommits<Part, Result>(
  write: (parts: Part[]) => Promise<Result[]>,
  options: {
    mostAtOnce: number
    sizeOf?: (part: Part) => number
    mostSize?: number
    patienceMs?: number
    expected?: () => number
  },
) {
  const { mostAtOnce, patienceMs = 0, expected = () => 0 } = options
  const { sizeOf = () => 0, mostSize = Number.POSITIVE_INFINITY } = options
  interface Waiting {
    part: Part
    done(result: Result): void
    failed(error: unknown): void
  }
  const gathered: Waiting[] = []
  const enough = createSignal()
  let writing = false

  function isEnough(): boolean {
    return gathered.length >= Math.min(mostAtOnce, expected())
  }

  async function writeAll(): Promise<void> {
    writing = true
    while (gathered.length > 0) {
      enough.lower()
      await new Promise((resolve) => setImmediate(resolve))
      if (!isEnough()) await enough.wait(patienceMs)
      await writeTogether(gathered.splice(0, nextCount()))
    }
    writing = false
  }

  /** How many of those that wait go into the next transaction: one at least. */
  function nextCount(): number {
    let size = 0
    for (const [index, { part }] of gathered.entries()) {
      size += sizeOf(part)
      if (index > 0 && (index >= mostAtOnce || size > mostSize)) return index
    }
    return gathered.length
  }

  async function writeTogether(batch: Waiting[]): Promise<void> {
    const results = await write(batch.map((one) => one.part)).catch((error: unknown) => ({ error }))
    if ('error' in results) return writeApart(batch, results.error)
    if (results.length !== batch.length) {
      const fault = new Error('A commit answered for other parts than it was given.')
      for (const one of batch) one.failed(fault)
      return
    }
    for (const [index, result] of results.entries()) batch[index]?.done(result)
  }

  /** Nothing of it was written: whoever is to blame fails alone. */
  async function writeApart(batch: Waiting[], error: unknown): Promise<void> {
    if (batch.length === 1) {
      batch[0]?.failed(error)
      return
    }
    const half = batch.length >> 1
    await writeTogether(batch.slice(0, half))
    await writeTogether(batch.slice(half))
  }

  return {
    write(part: Part): Promise<Result> {
      return new Promise((done, failed) => {
        gathered.push({ part, done, failed })
        if (isEnough()) enough.raise()
        if (!writing) void writeAll()
      })
    },
  }
}
