import { createSignal } from './signal.ts'

/**
 * Lets concurrent work share a commit, since what a commit costs is the disk's promise and not the rows.
 *
 * While one transaction is being written, what arrives gathers for the next. Each caller is answered only after the
 * commit that holds its part. A database in this process writes without ever going back to the event loop, so
 * before each commit the loop is let go round once: everything that has arrived by then comes along.
 *
 * @param write answers a result for each part, in order.
 * @param options.mostAtOnce keeps one transaction, and what its statements carry, within a few megabytes.
 * @param options.expected how many parts are under way, for work that nobody waits for: a commit then waits until
 *   all or `mostAtOnce` of them have come, and `patienceMs` at the most. Absent: nothing waits for more to come.
 */
export function createSharedCommits<Part, Result>(
  write: (parts: Part[]) => Promise<Result[]>,
  options: { mostAtOnce: number; patienceMs?: number; expected?: () => number },
) {
  const { mostAtOnce, patienceMs = 0, expected = () => 0 } = options
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
      await writeTogether(gathered.splice(0, mostAtOnce))
    }
    writing = false
  }

  async function writeTogether(batch: Waiting[]): Promise<void> {
    try {
      const results = await write(batch.map((one) => one.part))
      if (results.length !== batch.length)
        throw new Error('A commit answered for other parts than it was given.')
      for (const [index, result] of results.entries()) batch[index]?.done(result)
    } catch (error) {
      for (const one of batch) one.failed(error)
    }
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
