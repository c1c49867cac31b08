import { createHash } from 'node:crypto'
import type { AttemptRecord } from './lane.ts'
import { sqlite } from './sqlite.ts'

/** What is about to be settled together, and the bodies that were sent, each once. */
export interface SentCards {
  digestOf(attempt: AttemptRecord): string
  /** now, and each body under its digest, for `keepCards`. */
  statement(): [sql: string, at: number, cards: string]
}

/**
 * The bodies that were sent, so that a card can be shown as it was, whatever is changed afterwards. Of one event to
 * 10,000 channels only a handful of bodies differ: each is digested and written once.
 */
export function gatherSentCards(at: number): SentCards {
  const digests = new Map<string, string>()
  return {
    digestOf({ body }) {
      const known = digests.get(body)
      if (known !== undefined) return known
      const digest = createHash('sha256').update(body).digest().toString('base64url', 0, 16)
      digests.set(body, digest)
      return digest
    },
    statement() {
      const cards = Object.fromEntries([...digests].map(([body, digest]) => [digest, body]))
      return [sqlite.keepCards, at, JSON.stringify(cards)]
    },
  }
}
