import type { From, GenericJsonSettings } from './settings.ts'
import { templateFault } from './template.ts'

/** The fields every event of this kind has, whatever the settings say. */
export const ownFields = ['type', 'title', 'severity', 'actor'] as const

/** Faults that the schema cannot express, in words. */
export function settingsFaults(settings: GenericJsonSettings): string[] {
  const types = settings.eventTypes.map(({ type }) => type)
  const fields = (settings.fields ?? []).map(({ field }) => field)
  const taken = new Set<string>(ownFields)
  const { otherwise } = settings
  return [
    ...repeated(types).map((type) => `eventTypes: ${type} is listed twice`),
    ...repeated(fields).map((field) => `fields: ${field} is listed twice`),
    ...fields
      .filter((field) => taken.has(field))
      .map((field) => `fields: ${field} is always there; leave it out`),
    ...(otherwise === undefined || types.includes(otherwise)
      ? []
      : [`otherwise: ${otherwise} is not one of the event types`]),
    ...(['type', 'title'] as const)
      .filter((setting) => settings.items === undefined && isWhole(settings[setting]))
      .map((setting) => `${setting}: the whole body is no text; say where it is, such as /${setting}`),
    ...sayings(settings).flatMap(([setting, from]) => {
      const fault = 'template' in from ? templateFault(from.template) : undefined
      return fault === undefined ? [] : [`${setting}: ${fault}`]
    }),
  ]
}

/** What points at no part of the item. */
function isWhole(from: From): boolean {
  return 'pointer' in from && from.pointer === ''
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}

/** Every setting that says where a value comes from, with its place. */
function sayings(settings: GenericJsonSettings): (readonly [string, From])[] {
  const { id, type, title, subject, text, severity, occurredAt, imageUrl, actor } = settings
  const single = Object.entries({
    id,
    type,
    title,
    subject,
    text,
    severity,
    occurredAt,
    imageUrl,
    'actor/name': actor?.name,
    'actor/imageUrl': actor?.imageUrl,
  })
  return [
    ...single.flatMap(([setting, from]) => (from ? [[setting, from] as const] : [])),
    ...(settings.links ?? []).map(({ url }, index) => [`links/${index}/url`, url] as const),
    ...(settings.mentions ?? []).flatMap(({ name, id: who }, index) => [
      [`mentions/${index}/name`, name] as const,
      [`mentions/${index}/id`, who] as const,
    ]),
    ...(settings.facts ?? []).map(({ value }, index) => [`facts/${index}/value`, value] as const),
    ...(settings.fields ?? []).map(({ field, value }) => [`fields/${field}`, value] as const),
  ]
}
