import { createHmac } from 'node:crypto'
import { equalSecrets } from '../../lib/equal-secrets.ts'
import { bearerProof, hasBearer } from '../bearer.ts'
import type { RawRequest } from '../source.ts'
import type { GenericJsonSettings } from './settings.ts'

type Proof = GenericJsonSettings['proof']

/** Whether the request carries the prescribed proof. Looks at the raw bytes: nothing is decoded before. */
export function isProven(raw: RawRequest, secrets: readonly string[], proof: Proof): boolean {
  if (proof.by === 'bearer') return hasBearer(raw.headers, secrets)
  const given = raw.headers[proof.header.toLowerCase()]
  if (typeof given !== 'string') return false
  return secrets.filter((secret) => equalSecrets(given, signature(raw.body, secret, proof))).length > 0
}

/** The headers that prove this body. */
export function prove(body: Uint8Array, secret: string, proof: Proof): Record<string, string> {
  if (proof.by === 'bearer') return bearerProof(secret)
  return { [proof.header.toLowerCase()]: signature(body, secret, proof) }
}

/**
 * An empty secret signs nothing: anyone could have made that signature.
 * Signatures are compared as they are written, so a hexadecimal one must be in lower case, as all known senders
 * write it.
 */
function signature(body: Uint8Array, secret: string, proof: Extract<Proof, { by: 'hmac' }>): string {
  if (secret === '') return ''
  return `${proof.prefix ?? ''}${createHmac(proof.hash, secret).update(body).digest(proof.encoding)}`
}
