import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../errors.ts'

/**
 * The id by which Teams knows this server's app: the setting, else one made once and kept beside the database.
 *
 * It must never change: under another id Teams takes the next package for another app, and every channel would
 * have to be set up again. It is kept in a file, not in the database, so that a package can be made while a
 * server has the database to itself.
 *
 * @throws {AppError} on PostgreSQL without the setting: several machines have no folder in common.
 */
export async function teamsAppId(config: {
  teamsAppId: string | undefined
  databaseUrl: string
}): Promise<string> {
  if (config.teamsAppId) return config.teamsAppId
  const file = /^file:([^?]+)/.exec(config.databaseUrl)?.[1]
  if (!file) {
    throw new AppError('internal', {
      public: `With PostgreSQL the app's id must be a setting, the same for every process: set TEAMS_APP_ID, for example to ${randomUUID()}`,
    })
  }
  return keptAppId(dirname(file))
}

/** The id in `teams-app-id` of the folder, made now if there is none. Of processes racing here all get the same. */
export async function keptAppId(dataDirectory: string): Promise<string> {
  const path = join(dataDirectory, 'teams-app-id')
  const kept = await readId(path)
  if (kept) return kept

  // Linked into place complete, so that nobody ever reads half an id; a link never replaces what is there.
  const draft = `${path}.${randomUUID()}`
  await mkdir(dataDirectory, { recursive: true })
  await writeFile(draft, `${randomUUID()}\n`, { mode: 0o600 })
  try {
    await link(draft, path)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  } finally {
    await rm(draft)
  }
  return keptAppId(dataDirectory)
}

async function readId(path: string): Promise<string | undefined> {
  try {
    const id = (await readFile(path, 'utf8')).trim()
    if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)) return id
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
  throw new AppError('internal', {
    public: `${path} does not hold a UUID. Put the app's id back (the Teams admin center shows it), or set TEAMS_APP_ID.`,
  })
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
