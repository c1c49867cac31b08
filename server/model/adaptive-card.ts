import { type Static, Type } from 'typebox'

const closed = { additionalProperties: false }
const Text = Type.String({ minLength: 1 })
const Address = Type.String({ pattern: '^https?://' })

const TextBlock = Type.Object(
  {
    type: Type.Literal('TextBlock'),
    text: Type.String({ minLength: 1, description: 'Bold, italic, lists and links of Markdown.' }),
    wrap: Type.Literal(true),
    size: Type.Optional(Type.Union([Type.Literal('Large'), Type.Literal('Small')])),
    weight: Type.Optional(Type.Literal('Bolder')),
    isSubtle: Type.Optional(Type.Literal(true)),
    spacing: Type.Optional(Type.Literal('None')),
  },
  closed,
)

const FactSet = Type.Object(
  {
    type: Type.Literal('FactSet'),
    facts: Type.Array(Type.Object({ title: Text, value: Type.String() }, closed), { minItems: 1 }),
    separator: Type.Optional(Type.Literal(true)),
    spacing: Type.Optional(Type.Literal('Medium')),
  },
  closed,
)

const Image = Type.Object(
  {
    type: Type.Literal('Image'),
    url: Address,
    altText: Type.String({ description: 'Empty for a picture that says nothing beside its words.' }),
    size: Type.Optional(Type.Literal('Small')),
    style: Type.Optional(Type.Literal('Person')),
  },
  closed,
)

const Container = Type.Object(
  {
    type: Type.Literal('Container'),
    style: Type.Union([
      Type.Literal('emphasis'),
      Type.Literal('good'),
      Type.Literal('warning'),
      Type.Literal('attention'),
    ]),
    bleed: Type.Literal(true),
    items: Type.Array(TextBlock, { minItems: 1 }),
  },
  closed,
)

const Column = Type.Object(
  {
    type: Type.Literal('Column'),
    width: Type.Union([Type.Literal('auto'), Type.Literal('stretch')]),
    verticalContentAlignment: Type.Optional(Type.Literal('Center')),
    items: Type.Array(Type.Union([TextBlock, Image]), { minItems: 1 }),
  },
  closed,
)

const ColumnSet = Type.Object(
  { type: Type.Literal('ColumnSet'), columns: Type.Array(Column, { minItems: 1 }) },
  closed,
)

const OpenUrl = Type.Object({ type: Type.Literal('Action.OpenUrl'), title: Text, url: Address }, closed)

/** Who is notified: the text stands in the card as it stands here. */
const MentionEntity = Type.Object(
  {
    type: Type.Literal('mention'),
    text: Type.String({ pattern: '^<at>[^<>]+</at>$' }),
    mentioned: Type.Object({ id: Text, name: Text }, closed),
  },
  closed,
)

export const AdaptiveElement = Type.Union([TextBlock, FactSet, Image, Container, ColumnSet])
export type AdaptiveElement = Static<typeof AdaptiveElement>

/** What of an Adaptive Card 1.4 we draw: what a flow can post, so nothing on it posts back. */
export const AdaptiveCard = Type.Object(
  {
    $schema: Type.Literal('http://adaptivecards.io/schemas/adaptive-card.json'),
    type: Type.Literal('AdaptiveCard'),
    version: Type.Literal('1.4'),
    body: Type.Array(AdaptiveElement, { minItems: 1 }),
    actions: Type.Optional(Type.Array(OpenUrl, { minItems: 1, maxItems: 4 })),
    msteams: Type.Object(
      { width: Type.Literal('Full'), entities: Type.Optional(Type.Array(MentionEntity, { minItems: 1 })) },
      closed,
    ),
  },
  closed,
)
export type AdaptiveCard = Static<typeof AdaptiveCard>

/** The message that workflows take: one card in its envelope. */
export const AdaptiveMessage = Type.Object(
  {
    type: Type.Literal('message'),
    attachments: Type.Tuple([
      Type.Object(
        {
          contentType: Type.Literal('application/vnd.microsoft.card.adaptive'),
          contentUrl: Type.Null(),
          content: AdaptiveCard,
        },
        closed,
      ),
    ]),
  },
  closed,
)
export type AdaptiveMessage = Static<typeof AdaptiveMessage>
