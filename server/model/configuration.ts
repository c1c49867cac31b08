import { type Static, Type } from 'typebox'
import { Health, Transport } from './destination.ts'
import { Locale, Timestamp, TimeZone, Uuid } from './ids.ts'
import { Rule } from './rule.ts'

export const Host = Type.Union([Type.Literal('connector'), Type.Literal('tab')], {
  description: 'Where the configuration page runs. The manifest tells it; nothing in the context does.',
})
export type Host = Static<typeof Host>

export const Place = Type.Object(
  {
    kind: Type.Union([Type.Literal('channel'), Type.Literal('chat')]),
    teamId: Type.Optional(Type.String({ maxLength: 200 })),
    teamName: Type.Optional(Type.String({ maxLength: 400 })),
    channelId: Type.Optional(Type.String({ maxLength: 200 })),
    channelName: Type.Optional(Type.String({ maxLength: 400 })),
  },
  { additionalProperties: false, description: 'A label for people, never an authority.' },
)
export type Place = Static<typeof Place>

const shared = {
  name: Type.String({
    minLength: 1,
    maxLength: 100,
    pattern: '\\S',
    description: 'What the channel calls it.',
  }),
  sourceId: Uuid,
  choices: Type.Record(Type.String(), Type.Unknown(), {
    description: "By the source's choices schema.",
    default: {},
  }),
  rule: Rule,
  host: Host,
  locale: Locale,
  zone: TimeZone,
  paused: Type.Boolean({ default: false, description: 'A paused configuration holds its deliveries.' }),
  place: Place,
}

/** What the page saves. `webhookUrl` is required on create and never given back. */
export const ConfigurationInput = Type.Object(
  {
    ...shared,
    webhookUrl: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 4096,
        description: 'Blanks and line breaks in it are dropped. Sealed at rest.',
      }),
    ),
    nextUrl: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 4096,
        description: 'A different URL seen only in the settings of Teams; used if the current one is gone.',
      }),
    ),
    transport: Type.Optional(Transport),
    userObjectId: Type.Optional(
      Type.String({ maxLength: 200, description: "From the host's settings; sealed." }),
    ),
    tenantId: Type.Optional(
      Type.String({ maxLength: 100, description: 'Only administrators say it; else the token.' }),
    ),
  },
  { additionalProperties: false },
)
export type ConfigurationInput = Static<typeof ConfigurationInput>

/** What a channel saved, as anyone may read it: everything but the webhook URL. */
export const Configuration = Type.Object({
  entityId: Uuid,
  ...shared,
  transport: Transport,
  state: Type.Union([Type.Literal('active'), Type.Literal('waiting')], {
    description: '`waiting` for an administrator to approve it.',
  }),
  health: Health,
  webhookHost: Type.String({ description: 'The host of the webhook URL; never more of it.' }),
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type Configuration = Static<typeof Configuration>
