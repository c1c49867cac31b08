import type { FieldValue } from '../../model/event.ts'
import type { Field } from '../../model/source.ts'
import { cleanText } from '../clean-text.ts'
import { UnreadableError } from '../source.ts'
import type { From } from './settings.ts'
import { renderTemplate, type Scope } from './template.ts'

/**
 * What the setting points at or makes: any JSON from a pointer, text from a template, undefined where there is
 * nothing.
 * @param setting the setting's name, for faults.
 */
export function extract(from: From, scope: Scope, setting: string): unknown {
  if ('pointer' in from) return at(scope.item, from.pointer)
  try {
    return renderTemplate(from.template, scope).trim()
  } catch (error) {
    throw error instanceof UnreadableError ? new UnreadableError(`${setting}: ${error.message}`) : error
  }
}

/** Follows a JSON pointer through own properties only. */
export function at(json: unknown, pointer: string): unknown {
  let value = json
  for (const step of pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (!Object.hasOwn(value, key) || (Array.isArray(value) && !/^\d+$/.test(key))) return undefined
    value = Reflect.get(value, key)
  }
  return value
}

/** A value in words. Objects and null have none; the elements of a list are told with commas. */
export function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(scalarText).filter(Boolean).join(', ')
  return scalarText(value)
}

function scalarText(value: unknown): string {
  if (typeof value === 'string') return cleanText(value)
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** A value as a field of this type; undefined, which is a missing field, where it is none. */
export function asField(value: unknown, type: Field['type']): FieldValue | undefined {
  return readers[type](value)
}

const readers: Record<Field['type'], (value: unknown) => FieldValue | undefined> = {
  text: (value) => asText(value) || undefined,
  number: asNumber,
  boolean: asBoolean,
  list: asList,
}

function asBoolean(value: unknown): boolean | undefined {
  if (value === true || value === 'true') return true
  return value === false || value === 'false' ? false : undefined
}

function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

function asList(value: unknown): FieldValue | undefined {
  if (typeof value === 'string')
    return value
      .split('\n')
      .map((line) => cleanText(line).trim())
      .filter(Boolean)
  if (!Array.isArray(value)) return undefined
  const elements: (string | number | boolean)[] = []
  for (const element of value) {
    if (typeof element === 'string') elements.push(cleanText(element))
    if (typeof element === 'boolean') elements.push(element)
    if (typeof element === 'number' && Number.isFinite(element)) elements.push(element)
  }
  return elements
}
