import Sqlite from 'better-sqlite3'

/**
 * Keeps a second process off the same SQLite file for as long as this one lives.
 *
 * The lock is an exclusive transaction held open on a file beside the database, so the operating system takes
 * it off however the process ends, and the database itself stays open to backups and to reading. It does not
 * protect a file shared over a network, where such locks are not to be trusted.
 *
 * @throws {Error} when another process holds it.
 */
export function lockForThisProcess(databasePath: string): { release(): void } {
  const lock = new Sqlite(`${databasePath}.lock`, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    throw new Error(
      `Another Cardwire process is using ${databasePath}. Stop it first, or give this one its own DATABASE_URL.`,
      { cause },
    )
  }
  return { release: () => void lock.close() }
}
