import { mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { projectRoot } from '../lib/project-root.ts'
import { PrismaClient } from './generated/sqlite/client.ts'
import { migrate } from './migrate.ts'
import { lockForThisProcess } from './process-lock.ts'

/**
 * One SQLite file through two Prisma clients, each with a single connection.
 *
 * A query that Prisma runs outside a transaction shares the connection with whatever transaction is open on it,
 * and would be rolled back with it. So the writer is used for transactions only, which Prisma puts in a queue,
 * and everything else reads through the reader, which sees committed rows and never waits (WAL).
 */
export interface Database {
  reader: PrismaClient
  /** One transaction whose statements are known beforehand. The hot paths use this. */
  writer: PrismaClient
  /** One transaction that decides while it runs. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export type Transaction = Omit<
  PrismaClient,
  '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends' | '$use'
>

const adapterOptions = { timestampFormat: 'unixepoch-ms' } as const

/**
 * Opens, locks and migrates the file, which is made when it does not exist.
 * @param url `file:` and a path, relative to the working directory.
 */
export async function openDatabase(url: string, now: () => Date): Promise<Database> {
  const path = resolve(url.replace(/^file:/, ''))
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const lock = lockForThisProcess(path)
  try {
    await prepare(path, now)
    const writer = new PrismaClient({
      adapter: new PrismaBetterSqlite3({ url: `file:${path}` }, adapterOptions),
      transactionOptions: patient,
    })
    const reader = new PrismaClient({
      adapter: new PrismaBetterSqlite3({ url: `file:${path}`, readonly: true }, adapterOptions),
    })
    for (const pragma of durable) await writer.$queryRawUnsafe(pragma)
    return {
      writer,
      reader,
      transaction: (work) => writer.$transaction(work),
      async close() {
        await reader.$disconnect()
        await writer.$disconnect()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/**
 * A disk that is busy for a while, or one request that makes millions of deliveries, must cost time and no events:
 * Prisma's own two and five seconds are too few.
 */
const patient = { maxWait: 120_000, timeout: 120_000 }

/** FULL: a commit is on disk before it is answered, through a power cut too. */
const durable = ['PRAGMA synchronous = FULL', 'PRAGMA foreign_keys = ON', 'PRAGMA busy_timeout = 5000']

/** WAL is a property of the file and stays; it cannot be set once other connections read. */
async function prepare(path: string, now: () => Date): Promise<void> {
  const connection = await new PrismaBetterSqlite3({ url: `file:${path}` }, adapterOptions).connect()
  try {
    await connection.executeScript('PRAGMA journal_mode = WAL')
    await migrate(connection, join(projectRoot, 'prisma', 'migrations'), now)
  } finally {
    await connection.dispose()
  }
}
