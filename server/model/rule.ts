import { type Static, Type } from 'typebox'
import { TimeZone } from './ids.ts'

const Scalar = Type.Union([Type.String({ maxLength: 1000 }), Type.Number(), Type.Boolean()])

export const ConditionOperator = Type.Union(
  [
    Type.Literal('is'),
    Type.Literal('is not'),
    Type.Literal('contains'),
    Type.Literal('matches'),
    Type.Literal('exists'),
    Type.Literal('>'),
    Type.Literal('<'),
    Type.Literal('in'),
  ],
  { description: '`matches` is a glob (`*`, `?`); text compares without regard to case.' },
)
export type ConditionOperator = Static<typeof ConditionOperator>

export const Condition = Type.Object(
  {
    field: Type.String({ minLength: 1, maxLength: 200, description: "One of the event's fields." }),
    op: ConditionOperator,
    value: Type.Optional(Type.Union([Scalar, Type.Array(Scalar, { maxItems: 100 })])),
  },
  {
    additionalProperties: false,
    description:
      'A question about one field. A list holds if any element does; a missing field fails every operator but `is not`.',
  },
)
export type Condition = Static<typeof Condition>

const TimeOfDay = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', description: 'HH:MM, 24 hours.' })

export const QuietHours = Type.Object(
  {
    days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), {
      minItems: 1,
      maxItems: 7,
      uniqueItems: true,
      description: 'Days on which a quiet time begins: 1 is Monday, 7 is Sunday.',
    }),
    from: TimeOfDay,
    to: TimeOfDay,
    zone: TimeZone,
    criticalPasses: Type.Boolean({ description: 'Whether critical events are sent all the same.' }),
  },
  {
    additionalProperties: false,
    description: 'When nothing is sent; what was held comes as one digest at the end.',
  },
)
export type QuietHours = Static<typeof QuietHours>

export const Digest = Type.Object(
  {
    every: Type.Union([Type.Literal('5m'), Type.Literal('hour'), Type.Literal('day')]),
    at: Type.Optional(TimeOfDay),
    zone: TimeZone,
  },
  { additionalProperties: false, description: 'Collect events and tell them together.' },
)
export type Digest = Static<typeof Digest>

export const Rule = Type.Object(
  {
    eventTypes: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
      minItems: 1,
      maxItems: 200,
      uniqueItems: true,
      description: 'The event types the channel wants.',
    }),
    include: Type.Array(Condition, { maxItems: 50, default: [], description: 'All of these must hold.' }),
    exclude: Type.Array(Condition, { maxItems: 50, default: [], description: 'Any of these mutes.' }),
    quietHours: Type.Union([QuietHours, Type.Null()], { default: null }),
    digest: Type.Union([Digest, Type.Null()], { default: null }),
  },
  { additionalProperties: false, description: 'Which events a configuration wants, and when.' },
)
export type Rule = Static<typeof Rule>
