import type { Event } from '../model/event.ts'
import { languageOf } from '../model/language.ts'
import { inLanguage } from '../model/text.ts'
import type { Card } from './card.ts'
import { timeIn } from './in-locale.ts'
import { oneLine } from './markdown.ts'
import { wordsFor } from './words.ts'

/** For whom a card is made. The same event makes equal cards for equal readers. */
export interface Reader {
  locale: string
  zone: string
  sourceName: string
}

/** The card that tells one event, in its reader's language as far as the event was told in it. */
export function cardFromEvent(event: Event, { locale, zone, sourceName }: Reader): Card {
  const { severity, text, actor, imageUrl, mentions = [] } = event
  const language = languageOf(locale)
  // Teams refuses a card without a summary; a title of nothing but invisible characters is not one.
  const title = oneLine(inLanguage(event.title, language)) || oneLine(event.type) || sourceName
  return {
    summary: title,
    title,
    severity,
    ...(severity !== 'info' && { severityLabel: wordsFor(locale).severity[severity] }),
    ...(text !== undefined && { text }),
    byline: actor ? `${actor.name} · ${sourceName}` : sourceName,
    when: timeIn(event.occurredAt, locale, zone),
    ...(actor?.imageUrl !== undefined && { actorImageUrl: actor.imageUrl }),
    ...(imageUrl !== undefined && { imageUrl }),
    ...(mentions.length > 0 && { mentions: { label: wordsFor(locale).mentions, people: mentions } }),
    facts: event.facts.map((fact) => ({ ...fact, name: inLanguage(fact.name, language) })),
    links: event.links.map((link) => ({ ...link, title: inLanguage(link.title, language) })),
  }
}
