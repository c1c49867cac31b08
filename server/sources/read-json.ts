import { isTooDeep, maxDepth } from '../lib/json-depth.ts'
import { UnreadableError } from './source.ts'

/**
 * The JSON of a request's body.
 *
 * Never quotes the body in its faults: they are shown to administrators and kept.
 * @throws {UnreadableError} when it is not UTF-8, not JSON, or nested too deeply.
 */
export function readJson(body: Uint8Array): unknown {
  if (isTooDeep(body)) {
    throw new UnreadableError(`The body is nested deeper than ${maxDepth} levels.`)
  }
  const text = decode(body)
  try {
    const json: unknown = JSON.parse(text)
    return json
  } catch {
    throw new UnreadableError('The body is not JSON.')
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decode(body: Uint8Array): string {
  try {
    return utf8.decode(body)
  } catch {
    throw new UnreadableError('The body is not UTF-8.')
  }
}
