import type { AdaptiveCard, AdaptiveElement, AdaptiveMessage } from '../model/adaptive-card.ts'
import type { Link, Mention, Severity } from '../model/event.ts'
import { boldHeadings } from './bold-headings.ts'
import type { Card } from './card.ts'
import { asLink, asMarkdown, asName, asPlain, asTitle, oneLine } from './markdown.ts'
import { asRows } from './rows.ts'

/** Teams folds what is beyond six buttons away; four keep both drawings of a card alike. */
const maxButtons = 4

/**
 * The card as workflows take it: an Adaptive Card 1.4 in the envelope of a message. Colour comes from the style
 * of the container around the title, and nothing on it posts back, since a flow would not hear of it.
 */
export function drawAdaptiveCard(card: Card): AdaptiveMessage {
  const buttons = card.links.slice(0, maxButtons)
  const content: AdaptiveCard = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      drawTitle(card),
      ...drawByline(card),
      ...drawText(boldHeadings(asMarkdown(card.text ?? ''))),
      ...drawFacts(card),
      ...drawList(card),
      ...drawImage(card),
      ...drawText(drawMoreLinks(card.links.slice(maxButtons))),
      ...drawQuiet(card.note),
    ],
    ...(buttons.length > 0 && { actions: buttons.map(drawButton) }),
    msteams: { width: 'Full', ...(card.mentions && { entities: drawMentions(card.mentions.people) }) },
  }
  const contentType = 'application/vnd.microsoft.card.adaptive'
  return { type: 'message', attachments: [{ contentType, contentUrl: null, content }] }
}

type Element<Type> = Extract<AdaptiveElement, { type: Type }>
type TextBlock = Element<'TextBlock'>

function drawTitle({ title, severity, severityLabel }: Card): Element<'Container'> {
  const label = { ...block(severityLabel ?? ''), size: 'Small', weight: 'Bolder', spacing: 'None' } as const
  return {
    type: 'Container',
    style: styles[severity],
    bleed: true,
    items: [
      { ...block(asPlain(title)), size: 'Large', weight: 'Bolder' },
      ...(severityLabel === undefined ? [] : [label]),
    ],
  }
}

function drawByline({ byline, when, actorImageUrl }: Card): AdaptiveElement[] {
  const who = asPlain(byline ?? '')
  const lines: TextBlock[] = [
    ...(who === '' ? [] : [{ ...block(who), weight: 'Bolder' as const }]),
    ...(when === undefined ? [] : [{ ...quiet(when), spacing: 'None' as const }]),
  ]
  if (actorImageUrl === undefined) return lines
  const image = { type: 'Image', url: actorImageUrl, size: 'Small', style: 'Person', altText: '' } as const
  const picture = { type: 'Column' as const, width: 'auto' as const, items: [image] }
  const words = {
    type: 'Column',
    width: 'stretch',
    verticalContentAlignment: 'Center',
    items: lines,
  } as const
  return [{ type: 'ColumnSet', columns: lines.length === 0 ? [picture] : [picture, words] }]
}

function drawText(text: string): TextBlock[] {
  return text === '' ? [] : [block(text)]
}

function drawFacts({ mentions, facts }: Card): Element<'FactSet'>[] {
  const rows = [
    ...(mentions
      ? [
          {
            title: mentions.label,
            value: drawMentions(mentions.people)
              .map(({ text }) => text)
              .join(', '),
          },
        ]
      : []),
    ...facts.map(({ name, value }) => ({ title: asPlain(name) || '–', value: asPlain(value) })),
  ]
  return rows.length === 0 ? [] : [{ type: 'FactSet', facts: rows }]
}

/** Teams looks for each text in the card and puts the mention there: people of one name need texts of their own. */
function drawMentions(people: readonly Mention[]) {
  const taken = new Set<string>()
  return people.map(({ id, name: given }) => {
    const name = asName(given)
    let text = name
    for (let more = 2; taken.has(text); more += 1) text = `${name} ${more}`
    taken.add(text)
    return { type: 'mention' as const, text: `<at>${text}</at>`, mentioned: { id, name } }
  })
}

function drawList({ list }: Card): Element<'FactSet'>[] {
  if (!list) return []
  const facts = asRows(list).map(({ label, text }) => ({ title: label, value: text }))
  return [{ type: 'FactSet', facts, separator: true, spacing: 'Medium' }]
}

function drawImage({ imageUrl, title }: Card): Element<'Image'>[] {
  return imageUrl === undefined ? [] : [{ type: 'Image', url: imageUrl, altText: asTitle(title) }]
}

/** In a text of their own: code that the event's text leaves open ends with it. */
function drawMoreLinks(links: readonly Link[]): string {
  return links.map(({ title, url }) => `- ${asLink(title, url)}`).join('\n')
}

function drawQuiet(note: string | undefined): TextBlock[] {
  return note === undefined ? [] : [quiet(note)]
}

function drawButton({ title, url }: Link) {
  return { type: 'Action.OpenUrl' as const, title: oneLine(title) || url, url }
}

const block = (text: string): TextBlock => ({ type: 'TextBlock', text, wrap: true })

const quiet = (text: string): TextBlock => ({ ...block(asPlain(text)), isSubtle: true, size: 'Small' })

const styles: Record<Severity, Element<'Container'>['style']> = {
  info: 'emphasis',
  success: 'good',
  warning: 'warning',
  critical: 'attention',
}
