import type { Fact, Link, Mention, Severity } from '../model/event.ts'

/**
 * What is to be shown, independent of transport. `message-card.ts` and `adaptive-card.ts` draw the same card;
 * nothing that a drawing cannot show belongs here.
 */
export interface Card {
  /** One line of plain text, for notifications and lists. */
  summary: string
  title: string
  severity: Severity
  /** The severity in words, in the configuration's language; absent where it says nothing (info). */
  severityLabel?: string
  /** Basic Markdown. */
  text?: string
  /** Who and where from, in words: "Ada Lovelace · Tasks of the platform team". */
  byline?: string
  /** When, in the configuration's language and zone. */
  when?: string
  actorImageUrl?: string
  imageUrl?: string
  /** Whom it is for, before the facts: Adaptive Cards notify them, MessageCards can only name them. */
  mentions?: { label: string; people: Mention[] }
  facts: Fact[]
  links: Link[]
  /** What a digest tells, the most important first. */
  list?: List
  /** What the card says about itself, in the configuration's language: how it was shortened. */
  note?: string
}

export interface List {
  items: Item[]
  /** How many there are, told or not. */
  total: number
  /** "and 8 more", in the configuration's language, where not all are told. */
  more?: string
}

/** One line of a list. */
export interface Item {
  severity: Severity
  title: string
  url?: string
  /** When, as short as its list allows. */
  when?: string
}
