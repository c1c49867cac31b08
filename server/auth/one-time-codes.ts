import { createHash } from 'node:crypto'
import { equalSecrets } from '../lib/equal-secrets.ts'
import { challengeOf } from './challenge-of.ts'

/**
 * Hands something over from one window to another by a code that is worth nothing to anyone else.
 *
 * Who wants it says first the challenge of a verifier that only they know, and shows that verifier with the
 * code: so a code that is read on its way is of no use. It is good for one try within a minute, whether that
 * try succeeds or not. What is looked up is the code's digest, so that not even the time of a look-up tells
 * anything about the codes there are.
 *
 * What is kept is in this process's memory alone, and gone with it: who was half-way signs in again.
 */
export interface OneTimeCodes<Value> {
  issue(value: Value, challenge: string): string
  /** Undefined for every wrong reason alike: unknown, used, too late, another's. */
  redeem(code: string, verifier: string): Value | undefined
}

const LIFE_MS = 60_000
/** Nobody gets one without having signed in, so that this is far beyond what happens within a minute. */
const KEPT_AT_MOST = 10_000

/** @param now milliseconds since 1970. @param newCode long enough that nobody can guess it. */
export function createOneTimeCodes<Value>({
  now,
  newCode,
}: {
  now: () => number
  newCode: () => string
}): OneTimeCodes<Value> {
  const kept = new Map<string, { value: Value; challenge: string; until: number }>()

  /** The oldest come first. */
  function forgetOld(): void {
    for (const [digest, { until }] of kept) {
      if (until > now() && kept.size < KEPT_AT_MOST) return
      kept.delete(digest)
    }
  }

  return {
    issue(value, challenge) {
      forgetOld()
      const code = newCode()
      kept.set(digestOf(code), { value, challenge, until: now() + LIFE_MS })
      return code
    },
    redeem(code, verifier) {
      const digest = digestOf(code)
      const found = kept.get(digest)
      kept.delete(digest)
      if (!found || found.until <= now()) return undefined
      return equalSecrets(challengeOf(verifier), found.challenge) ? found.value : undefined
    },
  }
}

const digestOf = (code: string): string => createHash('sha256').update(code).digest('base64url')
