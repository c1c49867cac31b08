/**
 * Lets concurrent requests share a commit, since what a commit costs is the disk's promise and not the rows.
 *
 * While one transaction is being written, what arrives gathers for the next; nothing waits for more to come. Each
 * caller is answered only after the commit that holds its part.
 */
export function createSharedCommits<Part, Result>(write: (parts: Part[]) => Promise<Result[]>) {
  interface Waiting {
    part: Part
    done(result: Result): void
    failed(error: unknown): void
  }
  let gathered: Waiting[] = []
  let writing = false

  async function writeAll(): Promise<void> {
    writing = true
    while (gathered.length > 0) {
      const batch = gathered.splice(0, mostAtOnce)
      try {
        const results = await write(batch.map((one) => one.part))
        batch.forEach((one, index) => {
          const result = results[index]
          if (result === undefined) one.failed(new Error('A commit answered fewer parts than it was given.'))
          else one.done(result)
        })
      } catch (error) {
        for (const one of batch) one.failed(error)
      }
    }
    writing = false
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

/** Keeps a single transaction, and what its statements carry, within a few megabytes. */
const mostAtOnce = 256
