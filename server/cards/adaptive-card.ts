import type { Link, Severity } from '../model/event.ts'
import type { Card } from './card.ts'
import { asLink, asMarkdown, asPlain, oneLine } from './markdown.ts'
import { asRows } from './rows.ts'

/** Teams folds what is beyond six buttons away; four keep both drawings of a card alike. */
const maxButtons = 4

/**
 * The card as workflows take it: an Adaptive Card 1.4 in the envelope of a message. Colour comes from the style
 * of the container around the title, and nothing on it posts back, since a flow would not hear of it.
 */
export function drawAdaptiveCard(card: Card): object {
  const buttons = card.links.slice(0, maxButtons)
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      drawTitle(card),
      ...drawByline(card),
      ...drawText(asMarkdown(card.text ?? '')),
      ...drawFacts(card),
      ...drawList(card),
      ...drawImage(card),
      ...drawText(drawMoreLinks(card.links.slice(maxButtons))),
      ...drawQuiet(card.note),
    ],
    ...(buttons.length > 0 && {
      actions: buttons.map(({ title, url }) => ({ type: 'Action.OpenUrl', title: oneLine(title), url })),
    }),
    msteams: { width: 'Full' },
  }
  const contentType = 'application/vnd.microsoft.card.adaptive'
  return { type: 'message', attachments: [{ contentType, contentUrl: null, content }] }
}

function drawTitle({ title, severity, severityLabel }: Card): object {
  const label = { type: 'TextBlock', text: severityLabel, size: 'Small', weight: 'Bolder', wrap: true }
  return {
    type: 'Container',
    style: styles[severity],
    bleed: true,
    items: [
      { type: 'TextBlock', text: asPlain(title), size: 'Large', weight: 'Bolder', wrap: true },
      ...(severityLabel === undefined ? [] : [{ ...label, spacing: 'None' }]),
    ],
  }
}

function drawByline({ byline, when, actorImageUrl }: Card): object[] {
  const lines = [
    ...(byline ? [{ type: 'TextBlock', text: asPlain(byline), weight: 'Bolder', wrap: true }] : []),
    ...(when
      ? [
          {
            type: 'TextBlock',
            text: asPlain(when),
            isSubtle: true,
            size: 'Small',
            spacing: 'None',
            wrap: true,
          },
        ]
      : []),
  ]
  if (lines.length === 0 || actorImageUrl === undefined) return lines
  const picture = { type: 'Image', url: actorImageUrl, size: 'Small', style: 'Person', altText: '' }
  const columns = [
    { type: 'Column', width: 'auto', items: [picture] },
    { type: 'Column', width: 'stretch', verticalContentAlignment: 'Center', items: lines },
  ]
  return [{ type: 'ColumnSet', columns }]
}

function drawText(text: string): object[] {
  return text === '' ? [] : [{ type: 'TextBlock', text, wrap: true }]
}

function drawFacts({ facts }: Card): object[] {
  if (facts.length === 0) return []
  return [
    {
      type: 'FactSet',
      facts: facts.map(({ name, value }) => ({ title: asPlain(name), value: asPlain(value) })),
    },
  ]
}

function drawList({ list }: Card): object[] {
  if (!list) return []
  const facts = asRows(list).map(({ label, text }) => ({ title: label, value: text }))
  return [{ type: 'FactSet', facts, separator: true, spacing: 'Medium' }]
}

function drawQuiet(text: string | undefined): object[] {
  if (text === undefined) return []
  return [{ type: 'TextBlock', text: asPlain(text), isSubtle: true, size: 'Small', wrap: true }]
}

function drawImage({ imageUrl, title }: Card): object[] {
  return imageUrl === undefined ? [] : [{ type: 'Image', url: imageUrl, altText: oneLine(title) }]
}

function drawMoreLinks(links: readonly Link[]): string {
  return links.map(({ title, url }) => `- ${asLink(title, url)}`).join('\n')
}

const styles: Record<Severity, string> = {
  info: 'emphasis',
  success: 'good',
  warning: 'warning',
  critical: 'attention',
}
