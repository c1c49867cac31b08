import { type Static, Type } from 'typebox'
import { AdaptiveMessage } from './adaptive-card.ts'
import { Host } from './configuration.ts'
import { Transport } from './destination.ts'
import { Locale, TimeZone, Uuid } from './ids.ts'
import { MessageCard } from './message-card.ts'

/** As much of a configuration, saved or not, as its cards depend on. */
export const PreviewInput = Type.Object(
  {
    /** That of the configuration that is edited: once it is approved, its people may see real events. */
    entityId: Type.Optional(Uuid),
    sourceId: Uuid,
    choices: Type.Record(Type.String(), Type.Unknown(), {
      description: "By the source's choices schema: an event that they do not want is not shown.",
      default: {},
    }),
    eventTypes: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
      minItems: 1,
      maxItems: 20,
      uniqueItems: true,
      description: 'Of which one event each is shown.',
    }),
    host: Host,
    transport: Type.Optional(Transport),
    /** Absent: as saved, else English and UTC. */
    locale: Type.Optional(Locale),
    zone: Type.Optional(TimeZone),
  },
  { additionalProperties: false },
)
export type PreviewInput = Static<typeof PreviewInput>

export const PreviewedCard = Type.Object({
  eventType: Type.String(),
  isSample: Type.Boolean({ description: 'Whether it is an invented event, as before any real one came.' }),
  messageCard: MessageCard,
  adaptiveCard: AdaptiveMessage,
})
export type PreviewedCard = Static<typeof PreviewedCard>

/** What would be sent, byte for byte, by either transport. */
export const Preview = Type.Object({
  /** The one that is meant: as asked, else as saved, else as the host suggests. */
  transport: Transport,
  items: Type.Array(PreviewedCard, { description: 'In the order of the event types asked for.' }),
})
export type Preview = Static<typeof Preview>
