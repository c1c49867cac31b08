import type { DigestContent } from '../model/delivery.ts'
import type { Severity } from '../model/event.ts'
import { languageOf } from '../model/language.ts'
import { inLanguage, type Text } from '../model/text.ts'
import type { Card, Item } from './card.ts'
import { digestWords } from './digest-words.ts'
import { fitWords } from './fit-words.ts'
import type { Reader } from './from-event.ts'
import { clockIn, spanIn } from './in-locale.ts'
import { oneLine } from './markdown.ts'
import { wordsFor } from './words.ts'

/** Several events of one configuration that are told in one card. */
export interface Digest extends DigestContent {
  configurationName?: string
  /** What the event types are called; one without a name goes by its type. */
  typeTitles: Readonly<Record<string, Text>>
  /** All of them, or the most important. */
  events: readonly DigestEvent[]
}

export interface DigestEvent {
  type: string
  title: Text
  severity: Severity
  /** RFC 3339. */
  occurredAt: string
  url?: string
}

/**
 * The card that tells several events: how many, why together, how many of each type, and then the events
 * themselves, the most severe first and of those the newest. What is not among them is counted all the same.
 */
export function cardFromDigest(digest: Digest, { locale, zone, sourceName }: Reader): Card {
  const language = languageOf(locale)
  const words = digestWords[language]
  const { from, to, total, configurationName } = digest
  const title = words.title(total, sourceName)
  const events = digest.events.toSorted(byImportance)
  const items = events.map(
    ({ severity, occurredAt, url, ...event }): Item => ({
      severity,
      title: oneLine(inLanguage(event.title, language)) || event.type,
      when: clockIn(occurredAt, locale, zone, { from, to }),
      ...(url !== undefined && { url }),
    }),
  )
  const left = total - items.length
  const severity = severityOf(events)
  return {
    summary: title,
    title,
    severity,
    ...(severity !== 'info' && { severityLabel: wordsFor(locale).severity[severity] }),
    text: words.why[digest.reason],
    byline: configurationName ?? sourceName,
    when: spanIn(from, to, locale, zone),
    facts: Object.entries(digest.counts)
      .toSorted(([, one], [, other]) => other - one)
      .map(([type, count]) => ({
        name: inLanguage(digest.typeTitles[type] ?? type, language),
        value: words.count(count),
      })),
    links: [],
    ...(items.length > 0 && {
      list: { items, total, ...(left > 0 && { more: fitWords[language].more(left) }) },
    }),
  }
}

/** Good news is no more urgent than other news. */
const urgency: Record<Severity, number> = { critical: 0, warning: 1, success: 2, info: 2 }

/** Of what is as urgent as another, the newer first. */
function byImportance(one: DigestEvent, other: DigestEvent): number {
  const difference = urgency[one.severity] - urgency[other.severity]
  return difference || Date.parse(other.occurredAt) - Date.parse(one.occurredAt)
}

/** That of the most urgent; good news does not colour what else there is. */
function severityOf([first]: readonly DigestEvent[]): Severity {
  return first === undefined || urgency[first.severity] === urgency.info ? 'info' : first.severity
}
