/**
 * Lets concurrent work share a commit, since what a commit costs is the disk's promise and not the rows.
 *
 * While one transaction is being written, what arrives gathers for the next. Each caller is answered only after the
 * commit that holds its part. A database in this process writes without ever going back to the event loop, so
 * before each commit the loop is let go round once: everything that has arrived by then comes along, and nothing
 * waits for more to come.
 *
 * @param write answers a result for each part, in order.
 * @param mostAtOnce keeps one transaction, and what its statements carry, within a few megabytes.
 */
export function createSharedCommits<Part, Result>(
  write: (parts: Part[]) => Promise<Result[]>,
  { mostAtOnce }: { mostAtOnce: number },
) {
  interface Waiting {
    part: Part
    done(result: Result): void
    failed(error: unknown): void
  }
  const gathered: Waiting[] = []
  let writing = false

  async function writeAll(): Promise<void> {
    writing = true
    while (gathered.length > 0) {
      await new Promise((resolve) => setImmediate(resolve))
      await writeTogether(gathered.splice(0, mostAtOnce))
    }
    writing = false
  }

  async function writeTogether(batch: Waiting[]): Promise<void> {
    try {
      const results = await write(batch.map((one) => one.part))
      for (const [index, result] of results.entries()) batch[index]?.done(result)
    } catch (error) {
      for (const one of batch) one.failed(error)
    }
  }

  return {
    write(part: Part): Promise<Result> {
      return new Promise((done, failed) => {
        gathered.push({ part, done, failed })
        if (!writing) void writeAll()
      })
    },
  }
}
