import { randomUUID } from 'node:crypto'
import { dirname, join } from 'node:path'
import { AppError } from '../errors.ts'
import { keptSecret } from '../lib/kept-secret.ts'

/**
 * The id by which Teams knows this server's app: the setting, else one made once and kept beside the database.
 *
 * It must never change: under another id Teams takes the next package for another app, and every channel would
 * have to be set up again. It is kept in a file, not in the database, so that a package can be made while a
 * server has the database to itself.
 *
 * @throws {AppError} on PostgreSQL without the setting: several machines have no folder in common.
 */
export function teamsAppId(config: { teamsAppId: string | undefined; databaseUrl: string }): string {
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
export function keptAppId(dataDirectory: string): string {
  const path = join(dataDirectory, 'teams-app-id')
  const { secret: id } = keptSecret(path, randomUUID)
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)) return id
  throw new AppError('internal', {
    public: `${path} does not hold a UUID. Put the app's id back (the Teams admin center shows it), or set TEAMS_APP_ID.`,
  })
}
