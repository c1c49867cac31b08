import { readInline } from './inline-spans.ts'

/** A stretch of text that is either kept whole or not at all. */
export interface Whole {
  from: number
  to: number
  /** False for marks that would mean something else as the last thing of a text. */
  canBeLast: boolean
}

/** What is opened by one mark and closed by another: emphasis, code, a fence. */
export interface Pair {
  /** Where the opening mark ends, and where the closing one begins. */
  opened: number
  closing: number
  /** What closes it. */
  mark: string
}

export interface Spans {
  /** In order, and apart from each other. */
  whole: Whole[]
  /** In the order in which they close: what is inside another comes before it. */
  pairs: Pair[]
}

/**
 * Finds where Markdown must not be cut, or only with care.
 *
 * It reads line by line: fences first, since nothing in them means anything; then blocks, since no emphasis
 * reaches beyond its block; then what stands in each block. Which Markdown a client of Teams speaks cannot be
 * known, so it reads as CommonMark does. Not covered: links whose addresses are defined elsewhere in the text,
 * and tables. Its time grows with the text's length alone, whatever the text holds.
 */
export function readMarkdown(text: string): Spans {
  const spans: Spans = { whole: [], pairs: [] }
  let fence: Fence | undefined
  let block = 0
  let before = edge
  for (let from = 0, end = 0; from < text.length; from = end) {
    end = lineEnd(text, from)
    const line = text.slice(from, end)
    if (fence && !isOutside(fence, line)) {
      block = end
      if (!isClosing(fence, line)) continue
      spans.pairs.push(fencePair(fence, from))
      spans.whole.push({ from, to: end, canBeLast: true })
      fence = undefined
      continue
    }
    if (fence) spans.pairs.push(fencePair(fence, from))
    fence = openFence(line, from)
    const now = fence ? edge : readLine(line)
    if (startsBlock(now, before)) {
      readInline(text, block, from, spans)
      block = now.isEdge ? end : from
    }
    if (fence) spans.whole.push({ from, to: end, canBeLast: false })
    before = now
  }
  if (fence) spans.pairs.push(fencePair(fence, text.length))
  else readInline(text, block, text.length, spans)
  return spans
}

interface Line {
  /** Nothing stands in it, and nothing reaches across it: a blank line, a rule. */
  isEdge: boolean
  isQuoted: boolean
  isHeading: boolean
  isItem: boolean
}

const edge: Line = { isEdge: true, isQuoted: false, isHeading: false, isItem: false }

/** What begins a line tells what it is; no beginning is longer. */
const longestBeginning = 200

function readLine(line: string): Line {
  const quote = /^[ \t]*>[ \t>]*/.exec(line)?.[0] ?? ''
  const start = line.slice(quote.length, quote.length + longestBeginning)
  return {
    isEdge: /^\s*$|^\s*(?:[-=]+|(?:[-] ?){3,}|(?:[*] ?){3,}|(?:[_] ?){3,})\s*$/.test(start),
    isQuoted: quote !== '',
    isHeading: /^\s*#{1,6}\s/.test(start),
    isItem: /^\s*(?:[-+*]|\d{1,9}[.)])\s/.test(start),
  }
}

function startsBlock(line: Line, before: Line): boolean {
  const beginsQuote = line.isQuoted && !before.isQuoted
  return line.isEdge || line.isHeading || line.isItem || beginsQuote || before.isEdge || before.isHeading
}

interface Fence {
  opened: number
  /** What stands before the fence on each of its lines: the signs of a quotation, the indent of a list. */
  prefix: string
  fence: string
  isQuoted: boolean
  isInList: boolean
}

function openFence(line: string, from: number): Fence | undefined {
  const found = /^([\s>]*(?:(?:[-+*]|\d{1,9}[.)])\s+)?)(`{3,}|~{3,})/.exec(line.slice(0, longestBeginning))
  const [beginning, before = '', fence = ''] = found ?? []
  if (beginning === undefined || (fence.startsWith('`') && line.includes('`', beginning.length)))
    return undefined
  const prefix = before.replace(/[^\s>]/g, ' ')
  const isInList = prefix !== before
  return { opened: from + line.length, prefix, fence, isQuoted: before.includes('>'), isInList }
}

function isClosing({ fence }: Fence, line: string): boolean {
  const [, found] = /^[\s>]*(`{3,}|~{3,})\s*$/.exec(line.slice(0, longestBeginning)) ?? []
  return found?.startsWith(fence) === true
}

/** A fence in a quotation or a list ends with it. */
function isOutside({ prefix, isQuoted, isInList }: Fence, line: string): boolean {
  if (isQuoted) return !/^\s*>/.test(line)
  return isInList && /\S/.test(line.slice(0, prefix.length))
}

function fencePair({ opened, prefix, fence }: Fence, closing: number): Pair {
  return { opened, closing, mark: `\n${prefix}${fence}` }
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from)
  return at === -1 ? text.length : at + 1
}
