import type { IncomingHttpHeaders } from 'node:http'
import { Type } from 'typebox'
import type { NewEvent } from '../../model/event.ts'
import { readJson } from '../read-json.ts'
import { type Kind, maxEvents, type RawRequest, UnreadableError } from '../source.ts'
import { examples, presets } from './examples.ts'
import { at } from './extract.ts'
import { settingsFaults } from './faults.ts'
import { isProven, proofInWords, prove } from './proof.ts'
import { readItem } from './read-item.ts'
import { GenericJsonSettings } from './settings.ts'
import { words } from './words.ts'

const choices = Type.Object({}, { additionalProperties: false })

/**
 * Any system that posts JSON: its settings say, value by value, where an event's parts are.
 *
 * What becomes of a payload is decided by its type alone. A declared type is an event of that type. One that is
 * not declared is an event of the type named by `otherwise`; where that is not set, the request is refused and
 * says so, since dropping it would go unnoticed. A type whose *template* gives nothing is no event: that is how
 * settings pass over a ping.
 */
export const genericJson: Kind<typeof GenericJsonSettings, typeof choices> = {
  id: 'generic-json',
  title: { en: 'Any JSON', fr: 'JSON quelconque', zh: '任意 JSON' },
  settings: GenericJsonSettings,
  words,
  choices,
  eventTypes: (settings) => settings.eventTypes,
  fields: (settings) => [
    { field: 'type', title: { en: 'Event type', fr: 'Type', zh: '事件类型' }, type: 'text' },
    { field: 'title', title: { en: 'Title', fr: 'Titre', zh: '标题' }, type: 'text' },
    { field: 'severity', title: { en: 'Severity', fr: 'Gravité', zh: '严重程度' }, type: 'text' },
    { field: 'actor', title: { en: 'Who did it', fr: 'Fait par', zh: '操作人' }, type: 'text' },
    ...(settings.fields ?? []).map(({ field, title, type }) => ({ field, title, type })),
  ],
  faults: settingsFaults,
  authentic: (raw, secrets, settings) => isProven(raw, secrets, settings.proof),
  read: readBody,
  proof: (body, secret, settings) => prove(body, secret, settings.proof),
  proofInWords: ({ proof }) => proofInWords(proof),
  presets,
  examples,
}

function readBody(raw: RawRequest, settings: GenericJsonSettings): NewEvent[] {
  const body = readJson(raw.body)
  const headers = visible(raw.headers, settings)
  const items = readItems(body, settings)
  return items.flatMap((item, index) => {
    try {
      return readItem({ body, item, headers }, settings) ?? []
    } catch (error) {
      if (!(error instanceof UnreadableError) || settings.items === undefined) throw error
      throw new UnreadableError(`${settings.items}/${index}: ${error.message}`)
    }
  })
}

function readItems(body: unknown, { items: pointer }: GenericJsonSettings): unknown[] {
  if (pointer === undefined) return [body]
  const items = at(body, pointer)
  if (!Array.isArray(items)) throw new UnreadableError(`items: there is no list at ${pointer || 'the root'}`)
  if (items.length > maxEvents) {
    throw new UnreadableError(`items: ${items.length} at once; a request may hold ${maxEvents}`)
  }
  return items
}

/** Headers as templates may see them: none that proves anything, lest a secret end on a card. */
function visible(headers: IncomingHttpHeaders, { proof }: GenericJsonSettings): Record<string, string> {
  const hidden = new Set(['authorization', 'proxy-authorization', 'cookie'])
  if (proof.by === 'hmac') hidden.add(proof.header.toLowerCase())
  const shown = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' && !hidden.has(name.toLowerCase())
      ? [[name.toLowerCase(), value] as const]
      : [],
  )
  return Object.fromEntries(shown)
}
