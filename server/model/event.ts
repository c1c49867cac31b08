import { type Static, Type } from 'typebox'
import { Timestamp, Uuid } from './ids.ts'
import { textOf } from './text.ts'

export const Severity = Type.Union(
  [Type.Literal('info'), Type.Literal('success'), Type.Literal('warning'), Type.Literal('critical')],
  { description: 'How much the event matters. Only `critical` may pass quiet hours and the reserve.' },
)
export type Severity = Static<typeof Severity>

/** As a card shows it: in its reader's language. */
export const Link = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 200 }),
    url: Type.String({
      pattern: '^https?://',
      maxLength: 4096,
      description: 'An absolute http or https address.',
    }),
  },
  { description: 'Where to read more.' },
)
export type Link = Static<typeof Link>

/** As a card shows it: in its reader's language. */
export const Fact = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 200 }), value: Type.String() },
  { description: 'One line of the table on a card.' },
)
export type Fact = Static<typeof Fact>

export const Actor = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    imageUrl: Type.Optional(Type.String({ pattern: '^https://', maxLength: 4096 })),
  },
  { description: 'Who made it happen.' },
)

/** `@everyone` and the like are nobody's id: channels, tags and bots cannot be mentioned through a webhook. */
export const Mention = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, description: 'What the card calls them.' }),
    id: Type.String({
      pattern:
        "^(?:[\\w.!#^~'+-]{1,113}@[\\w.-]{1,200}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$",
      description: 'Their user principal name or Entra object id.',
    }),
  },
  { description: 'Someone whom Teams shall notify of the card.' },
)
export type Mention = Static<typeof Mention>

/** More than a handful is a crowd, and Teams notifies each of them. */
export const mostMentions = 10

export const FieldValue = Type.Union([
  Type.String(),
  Type.Number(),
  Type.Boolean(),
  Type.Null(),
  Type.Array(Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
])
export type FieldValue = Static<typeof FieldValue>

/**
 * What a kind reads from a payload: an event before it has been remembered. The words that a kind adds are in every
 * language, since one event is told to channels of all of them; what the tracked system says stays as it is.
 */
export const NewEvent = Type.Object({
  externalId: Type.Optional(
    Type.String({ minLength: 1, maxLength: 400, description: "The tracked system's own id of this event." }),
  ),
  type: Type.String({ minLength: 1, maxLength: 200, description: "One of the source's event types." }),
  subject: Type.String({
    maxLength: 400,
    description: 'What it is about, stable over its events: a task, a build.',
  }),
  title: textOf({ minLength: 1, description: 'One line of plain text.' }),
  text: Type.Optional(Type.String({ description: 'More of it, in basic Markdown.' })),
  severity: Severity,
  occurredAt: Type.Optional(Timestamp),
  actor: Type.Optional(Actor),
  links: Type.Array(
    Type.Object({
      ...Link.properties,
      title: textOf({ minLength: 1, maxLength: 200, description: 'What a button says.' }),
    }),
  ),
  facts: Type.Array(
    Type.Object({
      ...Fact.properties,
      name: textOf({ minLength: 1, maxLength: 200, description: 'What stands before it.' }),
    }),
  ),
  imageUrl: Type.Optional(Type.String({ pattern: '^https://', maxLength: 4096 })),
  mentions: Type.Optional(Type.Array(Mention, { maxItems: mostMentions, description: 'Whom it is for.' })),
  fields: Type.Record(Type.String(), FieldValue, {
    description: 'What conditions can ask about: the same in every language.',
  }),
  for: Type.Optional(Uuid),
})
export type NewEvent = Static<typeof NewEvent>

/** Something that happened, in our own shape; remembered once per source and `externalId`. */
export interface Event extends Omit<NewEvent, 'externalId' | 'occurredAt' | 'for'> {
  id: Uuid
  sourceId: Uuid
  externalId: string
  /** RFC 3339, UTC; the moment of receipt where the tracked system does not say. */
  occurredAt: string
}
