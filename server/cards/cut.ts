/**
 * One line of plain text, cut to at most so many characters: at a word, told by "…", and never through an
 * address, since what is left of one leads elsewhere.
 */
export function cut(line: string, longest: number): string {
  if (line.length <= longest) return line
  const at = wordBoundary(line, longest - ellipsisRoom)
  return withEllipsis(line.slice(0, outsideAddress(line, at)))
}

/** What a client makes a link of by itself, less the marks of Markdown and what ends a sentence. */
export const address = /https?:\/\/[^\s<>*`[\]()"\\]*[^\s<>*`[\]()"\\_~.,:;!?]/

const addresses = new RegExp(address, 'gi')

function outsideAddress(line: string, at: number): number {
  for (const { index, 0: found } of line.matchAll(addresses)) {
    if (at <= index) break
    if (at < index + found.length) return index
  }
  return at
}

/** As much is left for the ellipsis: what is cut off is never shorter than the sign that says so. */
export const ellipsisRoom = 5

/** An address is kept apart from the ellipsis, which a client would take for a part of it. */
export function withEllipsis(text: string): string {
  const kept = text.trimEnd()
  const lastWord = kept.slice(Math.max(kept.lastIndexOf(' '), kept.lastIndexOf('\n')) + 1)
  return `${kept}${/:\/\/[^)]*$/.test(lastWord) ? ' ' : ''}…`
}

/**
 * The last place at or before `at` where a word ends, in any script. Where that is far or the very beginning,
 * because what stands there is longer than words are, the last place between two characters as people see them.
 */
export function wordBoundary(text: string, at: number): number {
  if (at >= text.length) return text.length
  const start = text.slice(0, at + longestWord)
  const word = words.segment(start).containing(at)?.index ?? 0
  if (word > 0 && at - word < longestWord) return word
  return graphemes.segment(start).containing(at)?.index ?? 0
}

const longestWord = 64
const words = new Intl.Segmenter('en', { granularity: 'word' })
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
