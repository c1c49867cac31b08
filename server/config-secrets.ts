import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { settings } from './config-table.ts'
import { keptSecret } from './lib/kept-secret.ts'
import { key32, type SettingReader, token } from './lib/setting.ts'

interface Secrets {
  secretKeys: Buffer[]
  adminToken: string
  /** Where those are kept that were not given. */
  notes: string[]
}

/**
 * `SECRET_KEY` and `ADMIN_TOKEN` as they are given. On SQLite what is missing is kept in files beside the
 * database, made at the first start; on PostgreSQL both must be given, since several machines have no folder in
 * common. Nothing is made while there are faults.
 */
export function settleSecrets({ read, faults }: SettingReader, databaseUrl: string): Secrets {
  const secretKeys = read(settings.secretKeys)
  const adminToken = read(settings.adminToken)
  const isKeyMissing = secretKeys.length === 0
  const isTokenMissing = adminToken === undefined
  const given = { secretKeys, adminToken: adminToken ?? '', notes: [] }

  if (!databaseUrl.startsWith('file:')) {
    if (isKeyMissing) faults.push('SECRET_KEY must be set on PostgreSQL, the same for every process.')
    if (isTokenMissing) faults.push('ADMIN_TOKEN must be set on PostgreSQL, the same for every process.')
    return given
  }
  const database = databaseUrl.slice('file:'.length)
  if (isKeyMissing) checkKeyIsNotLost(faults, database)
  if (faults.length > 0) return given

  const folder = dirname(database)
  const key = isKeyMissing ? keep('SECRET_KEY', join(folder, KEY_FILE), asKeys, faults) : undefined
  const admin = isTokenMissing
    ? keep('ADMIN_TOKEN', join(folder, 'admin-token'), token(20), faults)
    : undefined
  return {
    secretKeys: key?.value ?? secretKeys,
    adminToken: admin?.value ?? given.adminToken,
    notes: [key, admin].flatMap((kept) => kept?.note ?? []),
  }
}

const KEY_FILE = 'secret-key'
const asKeys = (text: string) => [key32(text)]

/** A new key would open nothing that the old one sealed, and all of it would be lost without a word. */
function checkKeyIsNotLost(faults: string[], database: string): void {
  const file = join(dirname(database), KEY_FILE)
  if (!existsSync(database) || existsSync(file)) return
  faults.push(
    `SECRET_KEY is unset and ${file} is gone, but ${database} holds what that key sealed: put the file back, or set SECRET_KEY to what it held.`,
  )
}

/** The secret in a file, and a note that says where it is; a fault when it cannot be kept there. */
function keep<Value>(name: string, path: string, parse: (text: string) => Value, faults: string[]) {
  try {
    const { secret, isNew, isExposed } = keptSecret(path, () => randomBytes(32).toString('base64'))
    const where = `${name} ${isNew ? 'was made and is kept' : 'is kept'} in ${path}.`
    const note = isExposed ? `${where} Others on this machine can read it: chmod 600 ${path}` : where
    return { value: parse(secret), note }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    faults.push(`${name} is unset and cannot be kept in ${path}: ${why} Set it, or mend the file.`)
    return undefined
  }
}
