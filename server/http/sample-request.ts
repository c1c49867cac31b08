import { isDeepStrictEqual } from 'node:util'
import type { SampleRequest } from '../model/source.ts'
import type { Kind } from '../sources/source.ts'

/**
 * One of the kind's own examples as the tracked system would send it, proof included. Undefined where none was made
 * with these settings: the body that they read is known to the tracked system alone.
 */
export function sampleRequest(
  kind: Kind,
  settings: Record<string, unknown>,
  secret: string,
): SampleRequest | undefined {
  const example = kind.examples.find(
    (one) => one.types.length > 0 && isDeepStrictEqual(one.settings, settings),
  )
  if (!example) return undefined
  const body = JSON.stringify(example.body)
  const proof = kind.proof(Buffer.from(body), secret, settings)
  return { headers: { 'content-type': 'application/json', ...example.headers, ...proof }, body }
}
