import { fittingId } from '../../lib/fitting-id.ts'
import type { FieldValue, NewEvent, Severity } from '../../model/event.ts'
import { inLanguage, type Text, textBy } from '../../model/text.ts'
import { cleanText, oneLine } from '../clean-text.ts'
import { oncePerPerson, readMention } from '../mentions.ts'
import { UnreadableError } from '../source.ts'
import { utcTime } from '../utc-time.ts'
import { webAddress } from '../web-address.ts'
import { asField, asText, extract } from './extract.ts'
import type { From, GenericJsonSettings } from './settings.ts'
import type { Scope } from './template.ts'

/**
 * The event one item tells, or nothing where the settings say that it is none.
 *
 * Strict about what an event is (its type), lenient about what decorates it: a picture without a usable address
 * is left out rather than costing the channel its card.
 * @throws {UnreadableError} when its type is missing or not declared, or a template fails.
 */
export function readItem(scope: Scope, settings: GenericJsonSettings): NewEvent | undefined {
  const text = (setting: string, from: From | undefined) =>
    from === undefined ? '' : asText(extract(from, scope, setting))
  const type = readType(scope, settings)
  if (type === undefined) return undefined
  const title: Text = oneLine(text('title', settings.title)) || type.title
  const severity = readSeverity(text('severity', settings.severity))
  const actor = readActor(text, settings)
  const externalId = fittingId(cleanText(text('id', settings.id).trim()))
  const body = text('text', settings.text)
  const occurredAt = settings.occurredAt && readTime(extract(settings.occurredAt, scope, 'occurredAt'))
  const imageUrl = webAddress(text('imageUrl', settings.imageUrl), ['https:'])
  return {
    ...(externalId && { externalId }),
    type: type.type,
    subject: oneLine(text('subject', settings.subject), 400),
    title,
    ...(body.trim() && { text: body }),
    severity,
    ...(occurredAt && { occurredAt }),
    ...(actor && { actor }),
    links: readLinks(text, settings),
    ...readMentions(text, settings),
    facts: readFacts(text, settings),
    ...(imageUrl && { imageUrl }),
    fields: {
      ...readFields(scope, settings),
      type: type.type,
      title: inLanguage(title, 'en'),
      severity,
      ...(actor && { actor: actor.name }),
    },
  }
}

type Reading = (setting: string, from: From | undefined) => string

/** Undefined: the template gave nothing, so this is no event. */
function readType(scope: Scope, settings: GenericJsonSettings) {
  const type = oneLine(asText(extract(settings.type, scope, 'type')))
  if (type === '') {
    if ('template' in settings.type) return undefined
    throw new UnreadableError(`type: there is no text at ${settings.type.pointer || 'the root'}`)
  }
  const find = (wanted: string | undefined) =>
    settings.eventTypes.find((declared) => declared.type === wanted)
  const declared = find(type) ?? find(settings.otherwise)
  if (declared === undefined) {
    const known = settings.eventTypes.map((each) => each.type).join(', ')
    throw new UnreadableError(
      `type: ${oneLine(type, 200)} is not declared; declared are ${oneLine(known, 1_000)}`,
    )
  }
  return declared
}

function readSeverity(text: string): Severity {
  const word = text.trim().toLowerCase()
  return word === 'success' || word === 'warning' || word === 'critical' ? word : 'info'
}

function readActor(text: Reading, { actor }: GenericJsonSettings): NewEvent['actor'] {
  const name = oneLine(text('actor/name', actor?.name), 200)
  if (name === '') return undefined
  const imageUrl = webAddress(text('actor/imageUrl', actor?.imageUrl), ['https:'])
  return { name, ...(imageUrl && { imageUrl }) }
}

/** Numbers below 10^11 are seconds (until the year 5138), larger ones milliseconds (since 1973). */
function readTime(value: unknown): string | undefined {
  const number = typeof value === 'string' && /^\d{1,16}(\.\d{1,9})?$/.test(value) ? Number(value) : value
  if (typeof number === 'number') return utcTime(number < 1e11 ? number * 1_000 : number)
  return typeof number === 'string' ? utcTime(number.trim()) : undefined
}

function readLinks(text: Reading, settings: GenericJsonSettings): NewEvent['links'] {
  return (settings.links ?? []).flatMap(({ title, url: from }, index) => {
    const url = webAddress(text(`links/${index}/url`, from))
    return url ? [{ title: tidy(title), url }] : []
  })
}

function readMentions(text: Reading, settings: GenericJsonSettings): Pick<NewEvent, 'mentions'> {
  const people = (settings.mentions ?? []).flatMap(({ name, id }, index) => {
    return readMention(text(`mentions/${index}/name`, name), text(`mentions/${index}/id`, id)) ?? []
  })
  return people.length > 0 ? { mentions: oncePerPerson(people) } : {}
}

function readFacts(text: Reading, settings: GenericJsonSettings): NewEvent['facts'] {
  return (settings.facts ?? []).flatMap(({ name, value: from }, index) => {
    const value = text(`facts/${index}/value`, from).trim()
    return value ? [{ name: tidy(name), value }] : []
  })
}

/** What administrators wrote, fit for a card. */
function tidy(words: Text): Text {
  return textBy((language) => oneLine(inLanguage(words, language), 200))
}

function readFields(scope: Scope, settings: GenericJsonSettings): Record<string, FieldValue> {
  const fields = (settings.fields ?? []).flatMap(({ field, type, value: from }) => {
    const value = asField(extract(from, scope, `fields/${field}`), type)
    return value === undefined ? [] : [[field, value] as const]
  })
  return Object.fromEntries(fields)
}
