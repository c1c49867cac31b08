import { UnreadableError } from './source.ts'

/** Deeper than any real payload (GitHub's deepest is 9), and shallow enough for whoever walks it recursively. */
const maxDepth = 64

/**
 * The JSON of a request's body.
 *
 * Never quotes the body in its faults: they are shown to administrators and kept.
 * @throws {UnreadableError} when it is not UTF-8, not JSON, or nested too deeply.
 */
export function readJson(body: Uint8Array): unknown {
  if (isDeeperThan(maxDepth, body)) {
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

const quote = 0x22
const backslash = 0x5c
const openers = new Set([0x5b, 0x7b])
const closers = new Set([0x5d, 0x7d])

/** Counts brackets outside strings. In UTF-8 no byte of a longer character looks like one of them. */
function isDeeperThan(limit: number, body: Uint8Array): boolean {
  let depth = 0
  let isInString = false
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] ?? 0
    if (isInString) {
      if (byte === backslash) at += 1
      else if (byte === quote) isInString = false
    } else if (byte === quote) isInString = true
    else if (openers.has(byte)) {
      depth += 1
      if (depth > limit) return true
    } else if (closers.has(byte)) depth -= 1
  }
  return false
}
