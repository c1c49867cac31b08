import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { JWK } from 'jose'
import type { RememberedConnector } from './connectors.ts'
import type { Post, Session, Switches, Tab } from './model.ts'
import type { RememberedWorkflow } from './workflows.ts'

/** What outlives a restart. */
export type Remembered = {
  session?: Session
  switches?: Switches
  connectors: RememberedConnector[]
  workflows: RememberedWorkflow[]
  tabs: Tab[]
  posts: Post[]
  keys: JWK[]
}

/**
 * One JSON file, replaced whole, so that a process killed while writing leaves the previous one. Without a
 * path nothing is read, and nothing is gathered either.
 */
export type StateFile = {
  remembered: Remembered
  save: () => void
  /** For posts and runs, which come in floods: losing the last half second of them costs nobody anything. */
  saveSoon: () => void
  close: () => void
}

const SOON_MS = 500

export function createStateFile(path: string | undefined, gather: () => Remembered): StateFile {
  const nothing: Remembered = { connectors: [], workflows: [], tabs: [], posts: [], keys: [] }
  const ignore = () => undefined
  if (path === undefined) return { remembered: nothing, save: ignore, saveSoon: ignore, close: ignore }

  let timer: NodeJS.Timeout | undefined
  function save() {
    clearTimeout(timer)
    timer = undefined
    replaceFile(String(path), JSON.stringify(gather()))
  }

  return {
    remembered: { ...nothing, ...JSON.parse(readIfThere(path) ?? '{}') },
    save,
    saveSoon() {
      timer ??= setTimeout(save, SOON_MS)
    },
    close: save,
  }
}

/** Readable by its owner alone: it holds webhook URLs and the issuer's private keys, though simulated ones. */
function replaceFile(path: string, text: string) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.new`, text, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
