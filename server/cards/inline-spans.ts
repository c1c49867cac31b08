import { address } from './cut.ts'
import type { Spans } from './markdown-spans.ts'

/**
 * Finds in one block what must be kept whole (escapes, links, addresses, marks) and what is opened and closed
 * (code, emphasis), by CommonMark's rules: code binds before links, links before emphasis, and emphasis opens
 * before a word and closes behind one.
 */
export function readInline(text: string, from: number, to: number, spans: Spans): void {
  const block = text.slice(from, to)
  const ticks = findTicks(block)
  const openings: Delimiter[] = []
  let brackets: number[] = []
  token.lastIndex = 0
  for (let found = token.exec(block); found; found = token.exec(block)) {
    const [mark] = found
    const at = found.index
    const end = at + mark.length
    if (mark === '[') brackets.push(at)
    else if (mark === ']') {
      const bracket = brackets.pop()
      const linkEnd = bracket === undefined ? undefined : endOfLink(block, end)
      if (bracket === undefined || linkEnd === undefined) continue
      keepWhole(spans, from + bracket, from + linkEnd, true)
      while ((openings.at(-1)?.from ?? -1) > bracket) openings.pop()
      brackets = []
      token.lastIndex = linkEnd
    } else if (mark.startsWith('`')) {
      const closing = ticks.next(mark.length, end)
      keepWhole(spans, from + at, from + end, false)
      if (closing === undefined) continue
      spans.pairs.push({ opened: from + end, closing: from + closing, mark })
      keepWhole(spans, from + closing, from + closing + mark.length, true)
      token.lastIndex = closing + mark.length
    } else if (/^[*_~]/.test(mark)) {
      const isClosing = pairUp(readDelimiter(block, mark, at), openings, from, spans)
      keepWhole(spans, from + at, from + end, isClosing)
    } else keepWhole(spans, from + at, from + end, true)
  }
}

/** Escapes, marks, and addresses, which may hold marks. */
const token = new RegExp(`\\\\[!-/:-@[-\`{-~]|\`+|\\*+|_+|~+|[[\\]]|${address.source}`, 'gi')

/** What is inside something whole needs no span of its own. */
function keepWhole({ whole }: Spans, from: number, to: number, canBeLast: boolean): void {
  while ((whole.at(-1)?.from ?? -1) >= from) whole.pop()
  whole.push({ from, to, canBeLast })
}

/** Where each run of backticks stands, by its length: code is closed by the next run as long as the first. */
function findTicks(block: string) {
  const runs = new Map<number, number[]>()
  for (const { index, 0: run } of block.matchAll(/`+/g)) {
    const known = runs.get(run.length)
    if (known) known.push(index)
    else runs.set(run.length, [index])
  }
  for (const known of runs.values()) known.reverse()
  return {
    next(length: number, from: number): number | undefined {
      const ahead = runs.get(length) ?? []
      while ((ahead.at(-1) ?? from) < from) ahead.pop()
      return ahead.at(-1)
    },
  }
}

/** The end of `(address)` or `(address "title")`. */
const linkTail =
  /\(\s*(?:<[^<>\n]*>|(?:[^\s()\\<]|\\.|\([^\s()]*\))(?:[^\s()\\]|\\.|\([^\s()]*\))*)(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/y

function endOfLink(block: string, from: number): number | undefined {
  linkTail.lastIndex = from
  const found = linkTail.exec(block)
  return found ? from + found[0].length : undefined
}

interface Delimiter {
  character: string
  /** What is not paired yet: openings are used up from their end, closings from their start. */
  from: number
  to: number
  length: number
  opens: boolean
  closes: boolean
}

function readDelimiter(block: string, mark: string, from: number): Delimiter {
  const to = from + mark.length
  const before = kindOf(block.slice(Math.max(0, from - 2), from), -1)
  const after = kindOf(block.slice(to, to + 2), 0)
  const isLeft = after !== 'blank' && (after === 'word' || before !== 'word')
  const isRight = before !== 'blank' && (before === 'word' || after !== 'word')
  const character = mark.charAt(0)
  const isUnderscore = character === '_'
  return {
    character,
    from,
    to,
    length: mark.length,
    opens: isLeft && (!isUnderscore || !isRight || before === 'sign'),
    closes: isRight && (!isUnderscore || !isLeft || after === 'sign'),
  }
}

/** Of the first or the last character of a stretch; the edges of a block count as blanks. */
function kindOf(stretch: string, at: 0 | -1): 'blank' | 'sign' | 'word' {
  const character = Array.from(stretch).at(at) ?? ' '
  if (/\s/.test(character)) return 'blank'
  return /[\p{P}\p{S}]/u.test(character) ? 'sign' : 'word'
}

/** A mark looks no further back than this for its other half, so that no text takes longer than others. */
const deepest = 50

/** Pairs a closing mark with what it closes, and keeps what may yet be closed. Says whether all of it closed something. */
function pairUp(delimiter: Delimiter, openings: Delimiter[], offset: number, { pairs }: Spans): boolean {
  while (delimiter.closes && delimiter.from < delimiter.to) {
    const index = lastIndexOf(openings, (opening) => isPair(opening, delimiter))
    const opening = openings[index]
    if (!opening) break
    openings.length = index + 1
    const left = Math.min(opening.to - opening.from, delimiter.to - delimiter.from)
    const used = delimiter.character === '~' ? left : Math.min(2, left)
    pairs.push({
      opened: offset + opening.to,
      closing: offset + delimiter.from,
      mark: delimiter.character.repeat(used),
    })
    opening.to -= used
    delimiter.from += used
    if (opening.from === opening.to) openings.pop()
  }
  if (delimiter.from === delimiter.to) return true
  if (delimiter.opens) openings.push(delimiter)
  return false
}

function isPair(opening: Delimiter, closing: Delimiter): boolean {
  if (opening.character !== closing.character) return false
  if (opening.character === '~') return opening.length === 2 && closing.length === 2
  const isEither = (opening.opens && opening.closes) || (closing.opens && closing.closes)
  const isThird = (opening.length + closing.length) % 3 === 0
  return !isEither || !isThird || (opening.length % 3 === 0 && closing.length % 3 === 0)
}

function lastIndexOf(openings: Delimiter[], wanted: (opening: Delimiter) => boolean): number {
  const first = Math.max(0, openings.length - deepest)
  for (let index = openings.length - 1; index >= first; index -= 1) {
    const opening = openings[index]
    if (opening && wanted(opening)) return index
  }
  return -1
}
