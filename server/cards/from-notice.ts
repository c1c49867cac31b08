import type { Notice } from '../model/delivery.ts'
import { languageOf } from '../model/language.ts'
import { inLanguage } from '../model/text.ts'
import type { Card } from './card.ts'
import { listIn } from './in-locale.ts'
import { asPlain } from './markdown.ts'
import { type Words, wordsFor } from './words.ts'

/** The card that tells a channel something about itself. */
export function cardFromNotice(notice: Notice, { locale }: { locale: string }): Card {
  const words = wordsFor(locale)
  if (notice.about === 'trouble') return cardFromTrouble(notice, words, locale)
  const { title, text } = words[notice.about]
  const name = 'sourceName' in notice ? notice.sourceName : notice.configurationName
  const language = languageOf(locale)
  const eventTypes = 'eventTypes' in notice ? notice.eventTypes.map((type) => inLanguage(type, language)) : []
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

function cardFromTrouble(trouble: Notice & { about: 'trouble' }, words: Words, locale: string): Card {
  const { title, text } = words.trouble[trouble.health]
  const concerned = trouble.configurations.map(({ name, place }) => (place ? `${name} (${place})` : name))
  return {
    summary: title,
    title,
    severity: trouble.health === 'gone' ? 'critical' : 'warning',
    severityLabel: words.severity[trouble.health === 'gone' ? 'critical' : 'warning'],
    text: text(asPlain(trouble.reason)),
    byline: 'Cardwire',
    facts: concerned.length > 0 ? [{ name: words.trouble.channels, value: listIn(concerned, locale) }] : [],
    links: [],
  }
}
