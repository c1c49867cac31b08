import { type Static, Type } from 'typebox'

const closed = { additionalProperties: false }
const Text = Type.String({ minLength: 1 })
const Address = Type.String({ pattern: '^https?://' })

const OpenUri = Type.Object(
  {
    '@type': Type.Literal('OpenUri'),
    name: Text,
    targets: Type.Array(Type.Object({ os: Type.Literal('default'), uri: Address }, closed), {
      minItems: 1,
      maxItems: 1,
    }),
  },
  closed,
)

const Section = Type.Object(
  {
    activityTitle: Type.Optional(Text),
    activitySubtitle: Type.Optional(Text),
    activityImage: Type.Optional(Address),
    text: Type.Optional(Text),
    facts: Type.Optional(
      Type.Array(Type.Object({ name: Text, value: Type.String() }, closed), { minItems: 1 }),
    ),
    images: Type.Optional(
      Type.Array(Type.Object({ image: Address, title: Text }, closed), { minItems: 1, maxItems: 1 }),
    ),
    markdown: Type.Literal(true),
  },
  closed,
)

/** What of a MessageCard we send to connectors: only what the current Teams client shows. */
export const MessageCard = Type.Object(
  {
    '@type': Type.Literal('MessageCard'),
    '@context': Type.Literal('https://schema.org/extensions'),
    summary: Text,
    title: Text,
    themeColor: Type.String({ pattern: '^[0-9A-F]{6}$' }),
    sections: Type.Array(Section, { minItems: 1, maxItems: 10 }),
    potentialAction: Type.Optional(Type.Array(OpenUri, { minItems: 1, maxItems: 4 })),
  },
  closed,
)
export type MessageCard = Static<typeof MessageCard>
