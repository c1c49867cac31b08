import { type Static, Type } from 'typebox'

/**
 * A UUID in its usual text form. Version 7 where we make it, anything valid where Teams or a person does. In lower
 * case alone: ids are compared as text, and one written in two ways would be two.
 */
export const Uuid = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  description: 'A UUID, in lower case.',
})
export type Uuid = Static<typeof Uuid>

/** A delivery's or attempt's number: ever-growing, 64 bits, a string in JSON since JSON numbers lose digits. */
export const GrowingNumber = Type.String({
  pattern: '^[0-9]{1,19}$',
  description: 'An ever-growing 64-bit number, written as a string.',
})
export type GrowingNumber = Static<typeof GrowingNumber>

export const Timestamp = Type.String({ format: 'date-time', description: 'RFC 3339, UTC.' })

export const TimeZone = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'An IANA time zone, such as Europe/Paris.',
})

export const Locale = Type.String({
  minLength: 2,
  maxLength: 35,
  description: 'A BCP 47 language tag, such as fr-FR.',
})
