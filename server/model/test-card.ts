import { type Static, Type } from 'typebox'
import { OutcomeKind } from './delivery.ts'
import { Transport } from './destination.ts'
import { Locale } from './ids.ts'

/** A URL to try before anything is saved. */
export const TestCardInput = Type.Object(
  {
    webhookUrl: Type.String({
      minLength: 1,
      maxLength: 4096,
      description: 'Blanks and line breaks in it are dropped. Forgotten as soon as it has been tried.',
    }),
    transport: Type.Optional(Transport),
    name: Type.Optional(Type.String({ maxLength: 100, description: 'What the card says it was sent for.' })),
    locale: Type.Optional(Locale),
  },
  { additionalProperties: false },
)
export type TestCardInput = Static<typeof TestCardInput>

/** What Teams answered, read. */
export const TestCardResult = Type.Object({
  outcome: Type.Union([OutcomeKind, Type.Literal('waiting')], {
    description:
      '`delivered` is a connector’s word; `accepted` a workflow’s, which says nothing of what its flow then does. ' +
      '`waiting`: it could not be sent now, and was withdrawn.',
  }),
  transport: Transport,
  status: Type.Union([Type.Integer(), Type.Null()], {
    description: 'The HTTP status, if there was an answer.',
  }),
  answer: Type.Union([Type.String(), Type.Null()], { description: 'Teams’ own words.' }),
  why: Type.String({ description: 'Our reading of it, in the language of `Accept-Language`.' }),
  whatToDo: Type.Union([Type.String(), Type.Null()], { description: 'Null where there is nothing to do.' }),
})
export type TestCardResult = Static<typeof TestCardResult>
