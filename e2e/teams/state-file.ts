import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { JWK } from 'jose'
import type { RememberedConnector } from './connectors.ts'
import type { Post, Session, Switches } from './model.ts'

/** What outlives a restart. */
export type Remembered = {
  session?: Session
  switches?: Switches
  connectors: RememberedConnector[]
  posts: Post[]
  keys: JWK[]
}

/** One JSON file, replaced whole, so that a process killed while writing leaves the previous one. */
export type StateFile = { read(): Remembered; write(remembered: Remembered): void }

export function createStateFile(path: string | undefined): StateFile {
  const empty: Remembered = { connectors: [], posts: [], keys: [] }
  if (path === undefined) return { read: () => empty, write: () => undefined }
  return {
    read() {
      const text = readIfThere(path)
      return text === undefined ? empty : { ...empty, ...JSON.parse(text) }
    },
    write(remembered) {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(`${path}.new`, JSON.stringify(remembered), { mode: 0o600 })
      renameSync(`${path}.new`, path)
    },
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
