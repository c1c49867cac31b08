import { type Static, Type } from 'typebox'
import type { AdaptiveMessage } from './adaptive-card.ts'
import { Configuration } from './configuration.ts'
import { Attempt, Delivery, DeliveryState } from './delivery.ts'
import { Health, Transport } from './destination.ts'
import { GrowingNumber, Timestamp, Uuid } from './ids.ts'
import type { MessageCard } from './message-card.ts'

// What administrators see of everything at once.

const maybe = <Inner extends Parameters<typeof Type.Union>[0][number]>(inner: Inner) =>
  Type.Union([inner, Type.Null()])
const HealthReason = Type.Union([Type.String(), Type.Null()], {
  description:
    'Why, and what to do about it, in the language of `Accept-Language`; as it was recorded where no more is known.',
})
const explained = {
  why: Type.Union([Type.String(), Type.Null()], {
    description:
      'Why it stands so, where its state is not all: in the language of `Accept-Language`, or the `reason` where no more is known.',
  }),
  whatToDo: Type.Union([Type.String(), Type.Null()], { description: 'Null where there is nothing to do.' }),
}
const Carried = Type.Integer({ description: 'How many cards Teams took in the last seven days.' })

/** A configuration with whose it is, where it sends, and how that goes. */
export const ListedConfiguration = Type.Object({
  ...Configuration.properties,
  tenantId: Type.String(),
  destinationId: Uuid,
  sourceName: Type.String(),
  etag: Type.String({ description: 'For `If-Match`.' }),
  healthReason: HealthReason,
  healthSince: Timestamp,
  openedAt: Type.Union([Timestamp, Type.Null()], {
    description: 'When the page of a tab was first opened. Nobody looks after one that never was.',
  }),
  carried: Carried,
  lastDelivery: maybe(Type.Object({ id: GrowingNumber, state: DeliveryState, createdAt: Timestamp })),
})
export type ListedConfiguration = Static<typeof ListedConfiguration>

/** One webhook URL, of which only the host is ever told. */
export const ListedDestination = Type.Object({
  id: Uuid,
  webhookHost: Type.String(),
  transport: Transport,
  health: Health,
  healthSince: Timestamp,
  healthReason: HealthReason,
  lastSuccessAt: maybe(Timestamp),
  createdAt: Timestamp,
  carried: Carried,
  configurations: Type.Array(Type.Object({ entityId: Uuid, name: Type.String() })),
})
export type ListedDestination = Static<typeof ListedDestination>

/** A delivery with the names of where it goes and what it came from. */
export const ListedDelivery = Type.Object({
  ...Delivery.properties,
  ...explained,
  configurationName: Type.Union([Type.String(), Type.Null()], {
    description: 'Null once it has been removed. Of a test card, what it was sent for.',
  }),
  isTrial: Type.Boolean({ description: 'A test of a webhook URL that was tried before it was saved.' }),
  teamName: maybe(Type.String()),
  channelName: maybe(Type.String()),
  sourceName: maybe(Type.String()),
})
export type ListedDelivery = Static<typeof ListedDelivery>

const Round = Type.Object({ id: GrowingNumber, round: Type.Integer(), state: DeliveryState })

const Body = Type.Record(Type.String(), Type.Unknown(), { description: 'Of the request.' })

/** Which of our two formats a body is in; null for neither, as another version may have sent. */
const CardBody = Type.Union([
  Type.Object({ format: Type.Literal('MessageCard'), body: Type.Unsafe<MessageCard>(Body) }),
  Type.Object({ format: Type.Literal('AdaptiveCard'), body: Type.Unsafe<AdaptiveMessage>(Body) }),
  Type.Object({ format: Type.Null(), body: Body }),
])
export type CardBody = Static<typeof CardBody>

/** All that is known of one delivery. */
export const DeliveryStory = Type.Object({
  ...ListedDelivery.properties,
  webhookHost: maybe(Type.String()),
  firstAttemptAt: maybe(Timestamp),
  heldBy: maybe(Type.String()),
  heldUntil: maybe(Timestamp),
  event: maybe(Type.Record(Type.String(), Type.Unknown())),
  card: Type.Union([CardBody, Type.Null()], {
    description: 'The body of the request; null when what it told has been forgotten, or cannot be drawn.',
  }),
  cardIs: Type.Union([Type.Literal('as-sent'), Type.Literal('as-now')], {
    description:
      'As the last attempt sent it; or, where that was not kept or nothing was sent, as it would be drawn now.',
  }),
  attemptList: Type.Array(
    Type.Object({ ...Attempt.properties, why: Type.String(), whatToDo: maybe(Type.String()) }),
    { description: "Oldest first, with Teams' words and our reading of them." },
  ),
  digest: Type.Union([Type.Object({ id: GrowingNumber, state: DeliveryState }), Type.Null()], {
    description: 'The digest that tells it.',
  }),
  members: Type.Array(Type.Object({ id: GrowingNumber, title: Type.String(), state: DeliveryState }), {
    description: 'What it tells as a digest: the newest fifty, newest first.',
  }),
  rounds: Type.Array(Round, { description: 'It and each time it was sent again.' }),
})
export type DeliveryStory = Static<typeof DeliveryStory>
