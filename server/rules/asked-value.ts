import type { FieldValue } from '../model/event.ts'

/** One value as conditions compare it: its text without regard to case, and its number or moment if it reads as one. */
export interface AskedValue {
  text: string
  /** A number, or text that reads as a decimal number. */
  number: number | undefined
  /** Milliseconds since 1970, of text that reads as an RFC 3339 date or time; a date begins at 00:00 UTC. */
  moment: number | undefined
}

/** What a condition asks about: one value, the elements of a list, or nothing for what is missing or null. */
export function askedValues(value: FieldValue | undefined): readonly AskedValue[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) return [askedValue(value)]
  return value.flatMap((element) => (element === null ? [] : [askedValue(element)]))
}

export function askedValue(value: string | number | boolean): AskedValue {
  if (typeof value === 'number') return { text: String(value), number: value, moment: undefined }
  const text = fold(String(value))
  return { text, number: readNumber(text), moment: readMoment(text) }
}

/** Lower case, with the one letter whose lower case depends on its place (the final sigma) made one. */
export function fold(text: string): string {
  return text.toLowerCase().replaceAll('ς', 'σ')
}

/** Longer texts are no numbers or times; not looking at them keeps this cheap. */
const longest = 40

function readNumber(text: string): number | undefined {
  return text.length <= longest && /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
}

function readMoment(text: string): number | undefined {
  if (text.length > longest || !/^\d{4}-\d\d-\d\d(t\d\d:\d\d:\d\d(\.\d+)?(z|[+-]\d\d:\d\d))?$/.test(text)) {
    return undefined
  }
  const moment = Date.parse(text.toUpperCase())
  return Number.isNaN(moment) ? undefined : moment
}
