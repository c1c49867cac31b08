import type { Notice } from '../model/delivery.ts'
import type { Card } from './card.ts'
import { listIn } from './in-locale.ts'
import { asPlain } from './markdown.ts'
import { wordsFor } from './words.ts'

/** The card that tells a channel something about itself. */
export function cardFromNotice(notice: Notice, { locale }: { locale: string }): Card {
  const words = wordsFor(locale)
  const { title, text } = words[notice.about]
  const name = 'sourceName' in notice ? notice.sourceName : notice.configurationName
  const eventTypes = 'eventTypes' in notice ? notice.eventTypes : []
  return {
    summary: title,
    title,
    severity: 'info',
    text: text(asPlain(name)),
    byline: 'Cardwire',
    facts: eventTypes.length > 0 ? [{ name: words.events, value: listIn(eventTypes, locale) }] : [],
    links: [],
  }
}
