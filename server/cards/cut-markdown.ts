import { ellipsisRoom, withEllipsis, wordBoundary } from './cut.ts'
import { type Pair, readMarkdown, type Whole } from './markdown-spans.ts'

/**
 * Cuts Markdown so that what is read of the rest is the beginning of what was read of the whole: at a word, never
 * inside a link, an address or an escape, and with every emphasis and code that was open closed again.
 *
 * The text, which must have come from `asMarkdown`, is read once and can then be cut at many lengths. What is left
 * is empty where nothing can be kept, as of a link that is longer than what is asked for.
 */
export function createMarkdownCutter(text: string): (longest: number) => string {
  let ends: Ends | undefined
  return (longest) => {
    if (text.length <= longest) return text
    ends ??= findEnds(text)
    const at = ends.lastBefore(wordBoundary(text, longest - ellipsisRoom))
    return at === 0 ? '' : `${withEllipsis(text.slice(0, at))}${ends.marksOpenAt(at)}`
  }
}

type Ends = ReturnType<typeof findEnds>

/** Where the text can end, and what is open there. */
function findEnds(text: string) {
  const { whole, pairs } = readMarkdown(text)
  const fences = pairs.filter(({ mark }) => mark.startsWith('\n'))
  const isIn = (at: number) => (pair: Pair) => pair.opened < at && at <= pair.closing

  /** One step back from where it cannot end; each rule may call for the others again. */
  function stepBack(from: number): number {
    const at = text.slice(0, from).trimEnd().length
    const span = lastBeginningBefore(whole, at)
    if (span && (at < span.to || (at === span.to && !span.canBeLast))) return span.from
    // At the end of a line it would have broken the line.
    if (span?.to !== at && text[at - 1] === '\\') return at - 1
    return withoutBareLine(text, at, fences.some(isIn(at)) ? /^[\s>]*$/ : /^[\s>#=_~*+\-\d.)]*$/)
  }

  return {
    lastBefore(from: number): number {
      let at = from
      for (let next = stepBack(at); next !== at; next = stepBack(at)) at = next
      return at
    },
    marksOpenAt(at: number): string {
      const open = pairs.filter(isIn(at))
      return open.map(({ mark }) => mark).join('')
    },
  }
}

/** The last span that begins before `at`; spans stand in order. */
function lastBeginningBefore(whole: readonly Whole[], at: number): Whole | undefined {
  let low = 0
  let high = whole.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((whole[middle]?.from ?? at) < at) low = middle + 1
    else high = middle
  }
  return whole[low - 1]
}

/** Without a last line that holds nothing but marks: of a quotation, a list, a heading, a line below a heading. */
function withoutBareLine(text: string, at: number, bare: RegExp): number {
  const start = text.lastIndexOf('\n', at - 1) + 1
  return bare.test(text.slice(start, at)) ? start : at
}
