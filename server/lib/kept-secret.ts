import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

export interface KeptSecret {
  secret: string
  /** Whether it was made just now. */
  isNew: boolean
  /** Whether other accounts of the machine can read the file. */
  isExposed: boolean
}

/**
 * The secret in a file that only its owner can read; made when there is none, and then kept for ever.
 *
 * It is linked into place complete and on disk, so that nobody ever reads half a secret and a power cut does
 * not leave data sealed with a key that was lost. Of processes racing here all get the same.
 *
 * @param make one line of text.
 * @throws {Error} when the file is empty, or cannot be read or made.
 */
export function keptSecret(path: string, make: () => string): KeptSecret {
  const found = readSecret(path)
  if (found !== undefined) return { secret: found, isNew: false, isExposed: isExposed(path) }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const isNew = place(path, make())
  const kept = readSecret(path)
  if (kept === undefined) throw new Error(`${path} was made and is gone again.`)
  return { secret: kept, isNew, isExposed: isExposed(path) }
}

function readSecret(path: string): string | undefined {
  try {
    const secret = readFileSync(path, 'utf8').trim()
    if (secret !== '') return secret
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
  throw new Error(`${path} is empty.`)
}

/** Whether it is ours that is there now; a link never replaces what another process placed first. */
function place(path: string, secret: string): boolean {
  const draft = `${path}.${process.pid}`
  rmSync(draft, { force: true })
  const file = openSync(draft, 'wx', 0o600)
  try {
    writeSync(file, `${secret}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  } finally {
    rmSync(draft)
  }
}

function isExposed(path: string): boolean {
  // Windows has no such bits; its files carry the folder's rights.
  return process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
