import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'

/**
 * What is missing from the migrations for them to make exactly the schema, as SQL; empty when nothing is.
 *
 * `prisma migrate diff` needs an engine that has to be downloaded. The same engine is published as WebAssembly,
 * which needs no network; it is internal to Prisma and therefore used in development and tests only.
 */
export async function missingMigration(): Promise<string> {
  const engine = await startEngine()
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...migrationList() },
      to: {
        tag: 'schemaDatamodel',
        files: [{ path: schemaPath, content: readFileSync(schemaPath, 'utf8') }],
      },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    })
    const script = stdout ?? ''
    return script.includes('This is an empty migration.') ? '' : script.replaceAll(bigKey, growingKey)
  } finally {
    engine.free()
  }
}

/**
 * The schema says BigInt for keys that grow, since that is what they are in PostgreSQL. SQLite makes a key grow
 * only where its type is INTEGER, which holds 64 bits as well, and the engine does not know that.
 */
const bigKey = '"id" BIGINT NOT NULL PRIMARY KEY'
const growingKey = '"id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT'

const directory = fileURLToPath(new URL('.', import.meta.url))
const schemaPath = join(directory, 'schema.prisma')
const migrationsPath = join(directory, 'migrations')

async function startEngine() {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm')
  const bytes = readFileSync(join(entry, '..', 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, {
    // Generated bindings, typed as what they export and not as what WebAssembly imports.
    './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports,
  })
  bindings.__wbg_set_wasm(instance.exports)
  ;(instance.exports.__wbindgen_start as () => void)()
  const adapter = new PrismaBetterSqlite3({ url: ':memory:' }, { timestampFormat: 'unixepoch-ms' })
  adapter.connectToShadowDb = understoodByEngine(adapter.connectToShadowDb.bind(adapter))
  return bindings.SchemaEngine.new(
    { datamodels: [[schemaPath, readFileSync(schemaPath, 'utf8')]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  )
}

/**
 * Two things the engine says that better-sqlite3 does not take: a whole migration as one raw statement, and an
 * index's name in double quotes where a string is meant.
 */
function understoodByEngine(
  connect: PrismaBetterSqlite3['connectToShadowDb'],
): PrismaBetterSqlite3['connectToShadowDb'] {
  return async () => {
    const shadow = await connect()
    const executeRaw = shadow.executeRaw.bind(shadow)
    const queryRaw = shadow.queryRaw.bind(shadow)
    shadow.executeRaw = async (query) => {
      if (query.args.length > 0) return executeRaw(query)
      await shadow.executeScript(query.sql.replaceAll(growingKey, bigKey))
      return 0
    }
    shadow.queryRaw = (query) =>
      queryRaw({ ...query, sql: query.sql.replace(/(FROM sqlite_master .*name = )"([^"]+)"/, "$1'$2'") })
    return shadow
  }
}

function migrationList() {
  const names = readdirSync(migrationsPath, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()
  return {
    baseDir: migrationsPath,
    lockfile: {
      path: 'migration_lock.toml',
      content: readFileSync(join(migrationsPath, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: readFileSync(join(migrationsPath, name, 'migration.sql'), 'utf8'),
        },
      },
    })),
  }
}

/** `npm run db:diff -- add_something` writes the missing migration under that name. */
async function main(name: string | undefined): Promise<void> {
  const script = await missingMigration()
  if (!script) return console.log('The migrations make exactly the schema.')
  if (!name) return console.log(`${script}\nTo write it: npm run db:diff -- name_of_the_change`)
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = join(migrationsPath, `${stamp}_${name}`)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'migration.sql'), script)
  console.log(`Wrote ${folder}`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(process.argv[2])
