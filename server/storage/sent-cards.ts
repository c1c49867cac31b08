import { createHash } from 'node:crypto'
import type { AttemptRecord } from './lane.ts'
import { sqlite } from './sqlite.ts'

/** The bodies of what is about to be settled together, each once. */
export interface SentCards {
  hashOf(attempt: AttemptRecord): string
  /** What writes them: statements with their values, none of which keeps everyone else waiting for long. */
  statements(at: number): [sql: string, at: number, cards: string][]
}

/**
 * The bodies that were sent, so that a card can be shown as it was, whatever is changed afterwards. Of one event to
 * 10,000 channels only a handful of bodies differ: each is hashed and written once.
 */
export function gatherSentCards(): SentCards {
  const hashes = new Map<string, string>()
  return {
    hashOf({ body }) {
      const known = hashes.get(body)
      if (known !== undefined) return known
      const hash = createHash('sha256').update(body).digest().toString('base64url', 0, 16)
      hashes.set(body, hash)
      return hash
    },
    statements: (at) => slices(hashes).map((cards) => [sqlite.keepCards, at, JSON.stringify(cards)]),
  }
}

/** Written in some ten milliseconds; between two statements others have their turn. */
const sliceCharacters = 512 * 1024

function slices(hashes: ReadonlyMap<string, string>): Record<string, string>[] {
  const made: Record<string, string>[] = []
  let room = 0
  for (const [body, hash] of hashes) {
    let slice = made.at(-1)
    if (!slice || room < body.length) {
      made.push((slice = {}))
      room = sliceCharacters
    }
    slice[hash] = body
    room -= body.length
  }
  return made
}
