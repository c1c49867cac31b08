import { createHash } from 'node:crypto'

/** The challenge by which a verifier is bound to what is asked for now and fetched later (RFC 7636, S256). */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}
