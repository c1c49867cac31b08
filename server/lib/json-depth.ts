/** Deeper than any real payload (GitHub's deepest is 9), and shallow enough for whoever walks it recursively. */
export const maxDepth = 64

const quote = 0x22
const backslash = 0x5c
const openers = new Set([0x5b, 0x7b])
const closers = new Set([0x5d, 0x7d])

/**
 * Whether JSON is nested more deeply than that, without parsing it: brackets outside strings are counted. In UTF-8 no
 * byte of a longer character looks like one of them.
 */
export function isTooDeep(json: Uint8Array): boolean {
  let depth = 0
  let isInString = false
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0
    if (isInString) {
      if (byte === backslash) at += 1
      else if (byte === quote) isInString = false
    } else if (byte === quote) isInString = true
    else if (openers.has(byte)) {
      depth += 1
      if (depth > maxDepth) return true
    } else if (closers.has(byte)) depth -= 1
  }
  return false
}
