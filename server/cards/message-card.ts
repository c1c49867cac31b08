import type { Link, Severity } from '../model/event.ts'
import type { MessageCard } from '../model/message-card.ts'
import type { Card } from './card.ts'
import { asLink, asMarkdown, asName, asPlain, asTitle, oneLine } from './markdown.ts'
import { asRows, signs } from './rows.ts'

/** Teams shows at most this many buttons; further links stand below. */
const maxButtons = 4

/**
 * The card as Teams' connectors take it: title, who and when beside a picture, text, facts, image, buttons.
 *
 * The severity is in the title's sign and in words below it. Teams' current client ignores `themeColor`; older
 * ones and the incoming mail of a group draw it.
 */
export function drawMessageCard(card: Card): MessageCard {
  const sign = signs[card.severity] && `${signs[card.severity]} `
  const buttons = card.links.slice(0, maxButtons)
  return {
    '@type': 'MessageCard',
    '@context': 'https://schema.org/extensions',
    summary: oneLine(card.summary),
    title: `${sign}${asTitle(card.title)}`,
    themeColor: colours[card.severity],
    sections: [drawSection(card), ...drawList(card), ...drawMoreLinks(card), ...drawNote(card)],
    ...(buttons.length > 0 && { potentialAction: buttons.map(drawButton) }),
  }
}

type Section = MessageCard['sections'][number]

function drawSection(card: Card): Section {
  const subtitle = [card.severityLabel, card.when].filter((part) => part !== undefined).map(asTitle)
  const text = asMarkdown(card.text ?? '')
  const section: Section = { markdown: true }
  if (card.byline) section.activityTitle = asPlain(card.byline)
  if (subtitle.length > 0) section.activitySubtitle = subtitle.join(' · ')
  if (card.actorImageUrl !== undefined) section.activityImage = card.actorImageUrl
  if (text !== '') section.text = text
  const facts = drawFacts(card)
  if (facts.length > 0) section.facts = facts
  if (card.imageUrl !== undefined) section.images = [{ image: card.imageUrl, title: oneLine(card.title) }]
  return section
}

/** A connector notifies nobody: whom the card is for is only named. */
function drawFacts({ mentions, facts }: Card): NonNullable<Section['facts']> {
  const names = mentions?.people.map(({ name }) => asName(name)).join(', ') ?? ''
  return [
    ...(mentions ? [{ name: mentions.label, value: asPlain(names) }] : []),
    ...facts.map(({ name, value }) => ({ name: asTitle(name) || '–', value: asPlain(value) })),
  ]
}

function drawList({ list }: Card): Section[] {
  if (!list) return []
  return [{ facts: asRows(list).map(({ label, text }) => ({ name: label, value: text })), markdown: true }]
}

function drawNote({ note }: Card): Section[] {
  return note === undefined ? [] : [{ text: `_${asPlain(note)}_`, markdown: true }]
}

/** A section of their own: code that the text leaves open ends with its section. */
function drawMoreLinks({ links }: Card): Section[] {
  const more = links.slice(maxButtons).map(({ title, url }) => `- ${asLink(title, url)}`)
  return more.length === 0 ? [] : [{ text: more.join('\n'), markdown: true }]
}

function drawButton({ title, url }: Link) {
  return {
    '@type': 'OpenUri' as const,
    name: oneLine(title) || url,
    targets: [{ os: 'default' as const, uri: url }],
  }
}

/** Fluent's foregrounds for brand and status. */
const colours: Record<Severity, string> = {
  info: '5B5FC7',
  success: '107C10',
  warning: 'F7630C',
  critical: 'D13438',
}
