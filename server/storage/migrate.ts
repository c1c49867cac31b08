import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'

/**
 * Applies the migrations that the database has not seen, at start and without any download.
 *
 * The SQL files are those `npm run db:diff` writes; the ledger is Prisma's own, with Prisma's checksums, so
 * that `prisma migrate deploy` sees the same history wherever it can run. Each migration and its line in the
 * ledger are one transaction: a crash leaves it applied or not, never half.
 *
 * @returns the names it applied, in order.
 * @throws {Error} when an applied migration's file was changed or is missing: the schema would be a guess.
 */
export async function migrate(
  database: SqlDriverAdapter,
  folder: string,
  now: () => Date,
): Promise<string[]> {
  await database.executeScript(ledger)
  const applied = await readLedger(database)
  const migrations = readMigrations(folder)
  refuseRewrittenHistory(applied, migrations)

  const missing = migrations.filter(({ name }) => !applied.has(name))
  for (const { name, sql, checksum } of missing) {
    const at = now().getTime()
    await database.executeScript(
      `BEGIN;
       ${sql}
       INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at", "applied_steps_count")
       VALUES ('${checksum.slice(0, 36)}', '${checksum}', '${name}', ${at}, ${at}, 1);
       COMMIT;`,
    )
  }
  return missing.map(({ name }) => name)
}

const ledger = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL,
  "checksum" TEXT NOT NULL,
  "finished_at" DATETIME,
  "migration_name" TEXT NOT NULL,
  "logs" TEXT,
  "rolled_back_at" DATETIME,
  "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
);`

async function readLedger(database: SqlDriverAdapter): Promise<Map<string, string>> {
  const { rows } = await database.queryRaw({
    sql: 'SELECT "migration_name", "checksum" FROM "_prisma_migrations" WHERE "finished_at" IS NOT NULL AND "rolled_back_at" IS NULL',
    args: [],
    argTypes: [],
  })
  return new Map(rows.map(([name, checksum]) => [String(name), String(checksum)]))
}

interface Migration {
  name: string
  sql: string
  checksum: string
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

function refuseRewrittenHistory(applied: Map<string, string>, migrations: Migration[]): void {
  const known = new Map(migrations.map(({ name, checksum }) => [name, checksum]))
  for (const [name, checksum] of applied) {
    if (known.get(name) === checksum) continue
    throw new Error(
      known.has(name)
        ? `Migration ${name} was changed after it had been applied. Restore its file from the release it came with.`
        : `The database was made by a newer version: it knows migration ${name}, this version does not.`,
    )
  }
}
