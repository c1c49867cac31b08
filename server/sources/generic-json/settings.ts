import { type Static, Type } from 'typebox'
import { mostMentions } from '../../model/event.ts'
import { DeclaredEventType, Field } from '../../model/source.ts'
import { textOf } from '../../model/text.ts'

/** RFC 6901. */
const Pointer = Type.String({
  pattern: '^(?:/(?:[^~/]|~[01])*)*$',
  maxLength: 400,
  description: 'A JSON pointer, such as /task/title.',
  examples: ['/task/title'],
})

const closed = { additionalProperties: false }

/** Where a value comes from: a place in the JSON, or a text made of what is there. */
export const From = Type.Union(
  [
    Type.Object({ pointer: Pointer }, closed),
    Type.Object(
      {
        template: Type.String({
          minLength: 1,
          maxLength: 10_000,
          description:
            'A Liquid template. It sees body, item (the element of items, else the body) and headers (lower case).',
          examples: ['{{ item.number }}: {{ item.title }}'],
        }),
      },
      closed,
    ),
  ],
  { description: 'A JSON pointer into the item, or a Liquid template.' },
)
export type From = Static<typeof From>

const about = (description: string) => Type.Union(From.anyOf, { description })
const optional = (description: string) => Type.Optional(about(description))

const Hmac = Type.Object(
  {
    by: Type.Literal('hmac', { description: 'A signature over the raw body, keyed with the secret.' }),
    header: Type.String({
      pattern: '^[A-Za-z0-9-]+$',
      maxLength: 100,
      description: 'The header that carries it, such as X-Hub-Signature-256.',
    }),
    hash: Type.Enum(['sha1', 'sha256', 'sha512'], { description: 'The hash of the HMAC.' }),
    encoding: Type.Enum(['hex', 'base64'], { description: 'How its bytes are written.' }),
    prefix: Type.Optional(
      Type.String({ maxLength: 50, description: 'What stands before it in the header, such as sha256=.' }),
    ),
  },
  { ...closed, description: 'An HMAC in a header.' },
)

const Bearer = Type.Object(
  { by: Type.Literal('bearer', { description: 'Authorization: Bearer, and the secret.' }) },
  { ...closed, description: 'The secret itself as a bearer token.' },
)

const name = (description: string) =>
  Type.String({ minLength: 1, maxLength: 200, pattern: '\\S', description })

/** Administrators say words for people once, or in each language where channels speak several. */
const words = (description: string) => textOf({ minLength: 1, maxLength: 200, pattern: '\\S', description })

const EventTypes = Type.Array(DeclaredEventType, {
  minItems: 1,
  maxItems: 200,
  description: 'What channels can choose from.',
})

export const GenericJsonSettings = Type.Object(
  {
    proof: Type.Union([Bearer, Hmac], { description: 'How the sender proves itself.' }),
    eventTypes: EventTypes,
    otherwise: Type.Optional(
      name('The declared event type of whatever is of none of them. Without it such a request is refused.'),
    ),
    items: Type.Optional(
      Type.String({
        ...Pointer,
        description: 'A JSON pointer to an array in the body each of whose elements is an event.',
      }),
    ),
    id: optional("The sender's own id of the event: the same id is the same event."),
    type: about('The event type. A template that gives nothing says that this is no event.'),
    title: about("One line. Where it is empty, the event type's title stands in."),
    subject: optional('What it is about, stable over its events: an issue, a build.'),
    text: optional('More of it, in basic Markdown.'),
    severity: optional('info, success, warning or critical; anything else is info.'),
    occurredAt: optional(
      'An RFC 3339 time, or seconds or milliseconds since 1970; else the moment of receipt.',
    ),
    actor: Type.Optional(
      Type.Object(
        {
          name: about('What people call them.'),
          imageUrl: optional('A picture: an https address.'),
        },
        { ...closed, description: 'Who made it happen.' },
      ),
    ),
    imageUrl: optional('A picture of what happened: an https address.'),
    links: Type.Optional(
      Type.Array(
        Type.Object(
          { title: words('What the button says.'), url: about('An http or https address.') },
          closed,
        ),
        { maxItems: 10, description: 'Where to read more. Those without an address are left out.' },
      ),
    ),
    mentions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: about('What the card calls them.'),
            id: about('Their user principal name or Entra object id.'),
          },
          closed,
        ),
        {
          maxItems: mostMentions,
          description:
            'Whom Teams notifies, where a workflow carries the card. Those without a usable id are left out.',
        },
      ),
    ),
    facts: Type.Optional(
      Type.Array(
        Type.Object(
          { name: words('What stands before it.'), value: about('What stands in the line.') },
          closed,
        ),
        { maxItems: 50, description: "The lines of the card's table. Those without a value are left out." },
      ),
    ),
    fields: Type.Optional(
      Type.Array(
        Type.Object(
          {
            field: Type.String({
              pattern: '^[A-Za-z][A-Za-z0-9._-]*$',
              maxLength: 200,
              description: 'Its key in conditions.',
            }),
            title: words('What people read.'),
            type: Type.Union(Field.properties.type.anyOf, {
              description: 'What it holds. A list made by a template has one element a line.',
            }),
            value: about('Its value. Where there is none, or one of another type, the field is missing.'),
          },
          closed,
        ),
        {
          maxItems: 100,
          description: 'What conditions can ask about, beside type, title, severity and actor.',
        },
      ),
    ),
  },
  closed,
)
export type GenericJsonSettings = Static<typeof GenericJsonSettings>
