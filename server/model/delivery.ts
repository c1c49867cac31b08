import { type Static, Type } from 'typebox'
import { Transport } from './destination.ts'
import { GrowingNumber, Timestamp, Uuid } from './ids.ts'
import { Text } from './text.ts'

/**
 * `held → pending →` one final state. `delivered` is a connector's word, `accepted` a workflow's (nobody can
 * know more), `merged` was told inside a digest, `refused` will never be taken, `expired` was tried too long,
 * `cancelled` lost its configuration or its destination.
 */
export const DeliveryState = Type.Union([
  Type.Literal('held'),
  Type.Literal('pending'),
  Type.Literal('delivered'),
  Type.Literal('accepted'),
  Type.Literal('merged'),
  Type.Literal('refused'),
  Type.Literal('expired'),
  Type.Literal('cancelled'),
])
export type DeliveryState = Static<typeof DeliveryState>

export const DeliveryKind = Type.Union([
  Type.Literal('event'),
  Type.Literal('digest'),
  Type.Literal('notice'),
])
export type DeliveryKind = Static<typeof DeliveryKind>

/** What a notice tells. Its words are chosen when the card is drawn, in the configuration's language. */
export const Notice = Type.Union([
  Type.Object({
    about: Type.Literal('welcome'),
    sourceName: Type.String(),
    eventTypes: Type.Array(Text),
  }),
  Type.Object({
    about: Type.Literal('test'),
    configurationName: Type.String(),
    locale: Type.Optional(
      Type.String({ description: 'Of a test that belongs to no configuration, which else says it.' }),
    ),
  }),
  Type.Object({ about: Type.Literal('moved'), configurationName: Type.String() }),
  Type.Object({
    about: Type.Literal('trouble'),
    health: Type.Union([Type.Literal('failing'), Type.Literal('gone')]),
    reason: Type.String(),
    configurations: Type.Array(Type.Object({ name: Type.String(), place: Type.String() })),
  }),
])
export type Notice = Static<typeof Notice>

/** Why several events are told in one card: too many for Teams' windows, or held until now. */
export const DigestReason = Type.Union([
  Type.Literal('pressure'),
  Type.Literal('quiet hours'),
  Type.Literal('digest'),
])
export type DigestReason = Static<typeof DigestReason>

/** What a digest tells, settled when it is composed; the events themselves are its members'. */
export const DigestContent = Type.Object({
  reason: DigestReason,
  total: Type.Integer({ minimum: 2 }),
  counts: Type.Record(Type.String(), Type.Integer(), { description: 'How many events of each type.' }),
  from: Timestamp,
  to: Timestamp,
})
export type DigestContent = Static<typeof DigestContent>

/** How Teams' answer to one attempt is read; `unknown` is an attempt whose process stopped before it settled. */
export const OutcomeKind = Type.Union([
  Type.Literal('delivered'),
  Type.Literal('accepted'),
  Type.Literal('refused'),
  Type.Literal('throttled'),
  Type.Literal('unreachable'),
  Type.Literal('gone'),
  Type.Literal('unknown'),
])
export type OutcomeKind = Static<typeof OutcomeKind>

/** One HTTP request made for a delivery. */
export const Attempt = Type.Object({
  id: GrowingNumber,
  startedAt: Timestamp,
  endedAt: Timestamp,
  outcome: OutcomeKind,
  status: Type.Union([Type.Integer(), Type.Null()], {
    description: 'The HTTP status, if there was an answer.',
  }),
  answer: Type.Union([Type.String(), Type.Null()], {
    description: "Teams' own words, at most 2,000 characters.",
  }),
  reason: Type.Union([Type.String(), Type.Null()], { description: 'Our reading of it.' }),
  sizeBytes: Type.Integer({ description: 'The request body in UTF-8 bytes.' }),
})
export type Attempt = Static<typeof Attempt>

/** One card owed to one configuration, as people see it. */
export const Delivery = Type.Object({
  id: GrowingNumber,
  kind: DeliveryKind,
  eventId: Type.Union([Uuid, Type.Null()]),
  entityId: Uuid,
  round: Type.Integer(),
  state: DeliveryState,
  title: Type.String(),
  transport: Transport,
  reason: Type.Union([Type.String(), Type.Null()]),
  createdAt: Timestamp,
  settledAt: Type.Union([Timestamp, Type.Null()]),
  attempts: Type.Integer(),
  canSendAgain: Type.Boolean({
    description: 'It has ended, tells an event or a test, and is the last of its rounds.',
  }),
})
export type Delivery = Static<typeof Delivery>
