/**
 * Text as it may be kept and shown: every database and every transport takes it. Lone halves of surrogate
 * pairs become U+FFFD; control characters go, save tabs and line breaks.
 */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(controls, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
}

/** The same on one line: blanks and line breaks become one blank. Longer than `max`, it ends in an ellipsis. */
export function oneLine(text: string, max = Number.POSITIVE_INFINITY): string {
  const line = cleanText(text).replace(/\s+/g, ' ').trim()
  if (line.length <= max) return line
  return `${cleanText(line.slice(0, max - 2)).trimEnd()}…`
}

// A carriage return has become a line feed before.
const controls = /(?![\t\n])\p{Control}/gu
