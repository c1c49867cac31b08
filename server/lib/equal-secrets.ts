import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * Whether two secrets are the same, in a time that tells nothing about either: both are hashed first, so that
 * not even their lengths show. An empty secret equals nothing, since it would prove nothing.
 */
export function equalSecrets(given: string | Uint8Array, secret: string | Uint8Array): boolean {
  const equal = timingSafeEqual(digest(given), digest(secret))
  return equal && secret.length > 0
}

function digest(secret: string | Uint8Array): Buffer {
  return createHash('sha256').update(secret).digest()
}
