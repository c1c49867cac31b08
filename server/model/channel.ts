import { type Static, Type } from 'typebox'
import { Host } from './configuration.ts'
import { Attempt, Delivery } from './delivery.ts'
import { Health, Transport } from './destination.ts'
import { GrowingNumber, Timestamp, Uuid } from './ids.ts'

// What a channel's own page shows: words are in the language of `Accept-Language`.

const explained = {
  why: Type.Union([Type.String(), Type.Null()], {
    description: 'Why it stands so, where its state is not all.',
  }),
  whatToDo: Type.Union([Type.String(), Type.Null()], { description: 'Null where there is nothing to do.' }),
}

/** One card owed to the channel, as its people see it. */
export const ChannelDelivery = Type.Object({
  ...Delivery.properties,
  digestId: Type.Union([GrowingNumber, Type.Null()], { description: 'The digest that tells it.' }),
  told: Type.Union([Type.Integer(), Type.Null()], { description: 'How many events a digest tells.' }),
  heldBy: Type.Union([Type.String(), Type.Null()], {
    description: 'While held: `quiet hours`, `digest`, `pause` or `approval`.',
  }),
  heldUntil: Type.Union([Timestamp, Type.Null()], { description: 'Null while nobody knows.' }),
  ...explained,
})
export type ChannelDelivery = Static<typeof ChannelDelivery>

export const ChannelAttempt = Type.Object({ ...Attempt.properties, ...explained })
export type ChannelAttempt = Static<typeof ChannelAttempt>

/** An event that the rule kept from the channel. */
export const MutedEvent = Type.Object({
  id: Uuid,
  type: Type.String(),
  title: Type.String(),
  occurredAt: Timestamp,
})
export type MutedEvent = Static<typeof MutedEvent>

/** One of Teams' sliding windows, and how much of it is used. */
export const BudgetWindow = Type.Object({
  seconds: Type.Integer({ description: 'How long the window is.' }),
  most: Type.Integer({ description: 'How many messages Teams allows within it.' }),
  used: Type.Integer({ description: 'How many have been sent within it, refused ones too.' }),
})
export type BudgetWindow = Static<typeof BudgetWindow>

/** Where the channel's cards go, and who else's go there. */
export const ChannelDestination = Type.Object({
  transport: Transport,
  webhookHost: Type.String({ description: 'The host of the webhook URL; never more of it.' }),
  health: Health,
  healthSince: Timestamp,
  ...explained,
  lastSuccessAt: Type.Union([Timestamp, Type.Null()]),
  waitsUntil: Type.Union([Timestamp, Type.Null()], {
    description: 'When the next card may be sent, if that waits.',
  }),
  pending: Type.Integer({ description: 'How many cards wait to be sent there, of all configurations.' }),
  budget: Type.Array(BudgetWindow),
  configurations: Type.Array(
    Type.Object({
      entityId: Uuid,
      name: Type.String(),
      sourceName: Type.String(),
      host: Host,
      paused: Type.Boolean(),
    }),
    { description: 'Every configuration of the tenant on this destination, this one too.' },
  ),
})
export type ChannelDestination = Static<typeof ChannelDestination>
