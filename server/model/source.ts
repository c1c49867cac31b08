import { type Static, Type } from 'typebox'
import { Timestamp, Uuid } from './ids.ts'
import { textOf } from './text.ts'

export const EventType = Type.Object({
  type: Type.String({ minLength: 1, maxLength: 200, description: 'Its key in rules: `task.created`.' }),
  title: Type.String({ minLength: 1, maxLength: 200, description: 'What people read: Created.' }),
})
export type EventType = Static<typeof EventType>

export const Field = Type.Object({
  field: Type.String({ description: 'Its key in conditions.' }),
  title: Type.String(),
  type: Type.Union([
    Type.Literal('text'),
    Type.Literal('number'),
    Type.Literal('boolean'),
    Type.Literal('list'),
  ]),
})
export type Field = Static<typeof Field>

export const Access = Type.Union([Type.Literal('everyone'), Type.Literal('approval')], {
  description: 'With `approval`, each configuration of the source waits for an administrator.',
})
export type Access = Static<typeof Access>

/** The two as a kind or its settings declare them, before a reader's language is known. */
export const DeclaredEventType = Type.Object({
  ...EventType.properties,
  title: textOf({ minLength: 1, maxLength: 200, description: 'What people read: Created.' }),
})
export type DeclaredEventType = Static<typeof DeclaredEventType>
export const DeclaredField = Type.Object({
  ...Field.properties,
  title: textOf({ minLength: 1, maxLength: 200, description: 'What people read: Assignee.' }),
})
export type DeclaredField = Static<typeof DeclaredField>

/** How the source's kind names what rules are made of. */
const titles = {
  kindTitle: Type.String({ description: 'What people call its kind.' }),
  eventTypes: Type.Array(EventType, { description: 'What it can tell, with what people call it.' }),
  fields: Type.Array(Field, { description: 'What conditions can ask about, with what people call it.' }),
}

/** What a person in Teams may know of a source, in their language: enough to choose from it. */
export const SourceChoice = Type.Object({
  id: Uuid,
  kind: Type.String(),
  title: Type.String({ description: "The source's name." }),
  access: Access,
  ...titles,
  choices: Type.Record(Type.String(), Type.Unknown(), {
    description: 'JSON Schema of what each configuration sets for this source.',
  }),
})
export type SourceChoice = Static<typeof SourceChoice>

const name = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: '\\S',
  description: 'What people call it.',
})
const settings = Type.Record(Type.String(), Type.Unknown(), { description: "By the kind's settings schema." })

export const NewSource = Type.Object(
  {
    kind: Type.String({ description: 'The id of a kind: `tasks`, `generic-json`.' }),
    name,
    settings: Type.Optional(settings),
    secret: Type.Optional(
      Type.String({
        minLength: 16,
        maxLength: 512,
        pattern: '^[\\x21-\\x7e]+$',
        description:
          'At least 16 visible ASCII characters without blanks, since it travels in headers. Made when absent.',
      }),
    ),
    access: Type.Optional(Access),
  },
  { additionalProperties: false },
)
export type NewSource = Static<typeof NewSource>

export const SourceEdit = Type.Object(
  {
    name,
    settings,
    access: Access,
    paused: Type.Optional(Type.Boolean({ description: 'A paused source answers 503 and keeps nothing.' })),
    secrets: Type.Optional(
      Type.Union([Type.Literal('keep'), Type.Literal('rotate'), Type.Literal('retire')], {
        description: 'Rotate adds a new secret beside the newest; retire leaves only the newest valid.',
      }),
    ),
  },
  { additionalProperties: false },
)
export type SourceEdit = Static<typeof SourceEdit>

/** What an edit of a source's settings would take from whom. */
export const Losses = Type.Object({
  eventTypes: Type.Array(EventType, { description: 'What it can tell now, and could not then.' }),
  configurations: Type.Array(Type.String(), {
    description: 'The names of those whose rules want one of these: the first ten.',
  }),
  more: Type.Integer({ description: 'How many more there are.' }),
})
export type Losses = Static<typeof Losses>

/** A request that a source takes, for whoever wants to see it work before the tracked system sends anything. */
export const SampleRequest = Type.Object({
  headers: Type.Record(Type.String(), Type.String(), { description: 'With the proof that this body needs.' }),
  body: Type.String(),
})
export type SampleRequest = Static<typeof SampleRequest>

/** A request that a source did not take. Of what it carried and how it proved itself, nothing is kept. */
export const Refusal = Type.Object({
  at: Timestamp,
  code: Type.String({ description: 'As its sender was answered: `proof-invalid`.' }),
  why: Type.String({
    description:
      'In words: in the language of `Accept-Language`, but for what the kind found wrong, which it tells in English.',
  }),
})
export type Refusal = Static<typeof Refusal>

/** One connected system, as administrators see it, in their language. Its secrets are shown once, when they are made. */
export const Source = Type.Object({
  id: Uuid,
  kind: Type.String(),
  name: Type.String(),
  ...titles,
  key: Type.String({ description: 'Names the source in its URL.' }),
  url: Type.String({ description: 'Where the tracked system sends its events.' }),
  proof: Type.String({ description: 'How it proves itself there, in words.' }),
  settings: Type.Record(Type.String(), Type.Unknown()),
  access: Access,
  paused: Type.Boolean(),
  secrets: Type.Integer({ description: 'How many secrets are valid now: two while one is being rotated.' }),
  configurations: Type.Integer({ description: 'How many configurations depend on it.' }),
  lastEventAt: Type.Union([Timestamp, Type.Null()]),
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type Source = Static<typeof Source>
