import type { Fact, Link } from '../model/event.ts'
import type { Card, List } from './card.ts'
import { cut } from './cut.ts'
import { createMarkdownCutter } from './cut-markdown.ts'
import type { Part } from './fit-words.ts'
import { createLosses, type Losses } from './losses.ts'
import { asMarkdown, oneLine } from './markdown.ts'

/** How much a card may keep. A level that is less in every number keeps less in every part. */
export interface Level {
  /** Characters of what is one line: titles, names. */
  line: number
  /** Characters of what may be long: the text, the values of facts. At 0 there is no text. */
  texts: number
  /** How many facts, links and items of a list. At 0 pictures go too. */
  rows: number
  /** How many links, where that is not said by `rows`. */
  links?: number
}

export interface Shortened {
  card: Card
  /** The parts that are not as they were, as `text, facts`; null when only needless blanks went. */
  shortened: string | null
}

/**
 * Makes shorter cards of a card, each telling in its readers' language what it lost: titles and texts end in "…",
 * rows in "and 8 more", and the note names the rest. The first of everything is kept longest, since whoever made
 * the list put it first.
 */
export function createShortener(card: Card, locale: string): (level: Level) => Shortened {
  const cutText = createMarkdownCutter(asMarkdown(card.text ?? ''))
  const cutTidied = createLineCutter()
  return (level) => {
    const losses = createLosses(locale)
    const cutLine: CutLine = (part, text, longest = level.line) => {
      const { line, isCut } = cutTidied(text, longest)
      if (isCut) losses.shortened(part)
      return line
    }
    const tools = { ...losses, ...level, cutLine }
    const text = shortenText(cutText, tools)
    const mentions = card.mentions && shortenMentions(card.mentions, tools)
    const list = card.list && shortenList(card.list, tools)
    const shorter: Card = {
      ...shortenRest(card, tools),
      summary: cutLine('title', card.summary),
      title: cutLine('title', card.title),
      ...(card.byline !== undefined && { byline: cutLine('byline', card.byline) }),
      ...(text !== '' && { text }),
      ...(mentions && { mentions }),
      facts: shortenFacts(card.facts, tools),
      links: shortenLinks(card.links, tools),
      ...(list && { list }),
    }
    const note = losses.note()
    return { card: { ...shorter, ...(note !== undefined && { note }) }, shortened: losses.parts() }
  }
}

interface Tools extends Level, Losses {
  cutLine: CutLine
}

type CutLine = (part: Part, text: string, longest?: number) => string

/** Lines are cut to the same lengths over and over while the best fit is looked for. */
function createLineCutter() {
  type Cut = { line: string; isCut: boolean }
  const known = new Map<string, Map<number, Cut>>()
  return (text: string, longest: number): Cut => {
    const cuts = known.get(text) ?? new Map<number, Cut>()
    known.set(text, cuts)
    const done = cuts.get(longest)
    if (done) return done
    const whole = oneLine(text)
    const line = cut(whole, longest)
    const fresh = { line, isCut: line !== whole }
    cuts.set(longest, fresh)
    return fresh
  }
}

/** Longer addresses are kept by no browser's history and no database of ours; nobody can read them either. */
const longestAddress = 4_096

const isTooLong = (address: string | undefined) => address !== undefined && address.length > longestAddress

/** What is neither a text nor a row, less pictures that are too long to name or have no place. */
function shortenRest(card: Card, { rows, leftOut }: Tools): Pick<Card, 'severity'> & Partial<Card> {
  const { severity, severityLabel, when, actorImageUrl, imageUrl } = card
  const isKept = (address: string | undefined) => address !== undefined && rows > 0 && !isTooLong(address)
  for (const address of [actorImageUrl, imageUrl]) {
    if (address !== undefined && !isKept(address)) leftOut('picture', 1)
  }
  return {
    severity,
    ...(severityLabel !== undefined && { severityLabel }),
    ...(when !== undefined && { when }),
    ...(actorImageUrl !== undefined && isKept(actorImageUrl) && { actorImageUrl }),
    ...(imageUrl !== undefined && isKept(imageUrl) && { imageUrl }),
  }
}

function shortenText(cutText: (longest: number) => string, { texts, leftOut, shortened }: Tools): string {
  const whole = cutText(Infinity)
  const short = texts === 0 ? '' : cutText(texts)
  if (short === whole) return whole
  if (short === '') leftOut('text', 1)
  else shortened('text')
  return short
}

/** Names stay whole: who is notified shall read their own. */
function shortenMentions(
  { label, people }: NonNullable<Card['mentions']>,
  { rows, leftOut }: Tools,
): Card['mentions'] {
  const kept = people.slice(0, rows)
  leftOut('people', people.length - kept.length)
  return kept.length === 0 ? undefined : { label, people: kept }
}

function shortenFacts(facts: readonly Fact[], { texts, rows, cutLine, folded, leftOut }: Tools): Fact[] {
  const kept = facts.slice(0, rows).map(({ name, value }) => ({
    name: cutLine('facts', name),
    value: cutLine('facts', value, texts),
  }))
  const left = facts.length - kept.length
  if (left === 0) return kept
  if (kept.length > 0) return [...kept, { name: '…', value: folded('facts', left) }]
  leftOut('facts', left)
  return []
}

function shortenLinks(links: readonly Link[], { rows, links: most = rows, cutLine, leftOut }: Tools): Link[] {
  const kept = links
    .filter(({ url }) => !isTooLong(url))
    .slice(0, most)
    .map(({ title, url }) => ({ title: cutLine('links', title), url }))
  leftOut('links', links.length - kept.length)
  return kept
}

function shortenList(list: List, { rows, cutLine, folded, leftOut }: Tools): List | undefined {
  const { items, total } = list
  const kept = items.slice(0, rows).map(({ url, ...item }) => ({
    ...item,
    title: cutLine('events', item.title),
    ...(url !== undefined && !isTooLong(url) && { url }),
  }))
  leftOut('links', items.slice(0, rows).filter(({ url }) => isTooLong(url)).length)
  if (kept.length === items.length) return { ...list, items: kept }
  if (kept.length > 0) return { items: kept, total, more: folded('events', total - kept.length) }
  leftOut('events', total)
  return undefined
}
