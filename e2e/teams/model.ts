/**
 * The nouns of the simulated Teams, shared by its server, its page and those who drive it.
 *
 * What comes in over `/control` has a TypeBox schema, since it must be checked; what only goes out is a
 * plain type. The page imports types alone, so no schema reaches the browser.
 */
import { type Static, Type } from 'typebox'

/** An app that can be added to a channel: what a manifest's `connectors` and `configurableTabs` entries say. */
export type TeamsApp = Static<typeof TeamsApp>
export const TeamsApp = Type.Object({
  connectorId: Type.String({ minLength: 1 }),
  name: Type.String({ minLength: 1 }),
  description: Type.String(),
  iconUrl: Type.Optional(Type.String()),
  configurationUrl: Type.String({ format: 'uri' }),
  /** Where the app can be a tab as well: of channels and of group chats. */
  tabConfigurationUrl: Type.Optional(Type.String({ format: 'uri' })),
})

/**
 * One ready-made payload. In `body`, and in every text inside it, `{{id}}` becomes a new id and `{{now}}`
 * the time at each press, so that pressing twice means that two things happened.
 */
export type Sample = Static<typeof Sample>
export const Sample = Type.Object({
  id: Type.String({ minLength: 1 }),
  title: Type.String({ minLength: 1 }),
  description: Type.Optional(Type.String()),
  headers: Type.Optional(Type.Record(Type.String(), Type.String())),
  body: Type.Unknown(),
})

/** A system whose events can be made to happen from the panel "Something happened". */
export type Sender = Static<typeof Sender>
export const Sender = Type.Object({
  id: Type.String({ minLength: 1 }),
  title: Type.String({ minLength: 1 }),
  url: Type.String({ format: 'uri' }),
  headers: Type.Record(Type.String(), Type.String()),
  /** Signs each body as GitHub does: a hexadecimal HMAC-SHA256 in a header, behind `sha256=`. */
  signed: Type.Optional(Type.Object({ header: Type.String(), secret: Type.String() })),
  samples: Type.Array(Sample),
})

/** Teams' known bugs and moods. Every one is off by default. */
export type Switches = Static<typeof Switches>
export const Switches = Type.Object({
  /** Reopening loads the app's `configurationUrl`; settings lack `contentUrl` but keep `entityId` and `configName`. */
  lostContentUrl: Type.Boolean(),
  /** Manage shows another webhook URL than the one given at Save; it is live only once that edit is saved, and the old one then is not. */
  driftingWebhookUrl: Type.Boolean(),
  /** Remove never opens the app's page: the connector is simply gone. */
  removeHandlerNotCalled: Type.Boolean(),
  /** The page is loaded a second time, hidden, with literal placeholders in its URL. */
  hiddenSecondFrame: Type.Boolean(),
  /** `getConfig` still shows the old state for half a second after `setConfig`. */
  lateSettings: Type.Boolean(),
  /** An older host: the save event carries no `webhookUrl`; `getConfig` has it once `setConfig` was called. */
  saveEventWithoutWebhookUrl: Type.Boolean(),
  /** `getAuthToken` is refused. */
  authTokenFails: Type.Boolean(),
  /** How long an impatient host waits for a save or a removal, in ms; 0 is Teams' usual patience of 30 s. */
  impatientMs: Type.Integer({ minimum: 0, maximum: 600_000 }),
  /** The endpoints enforce neither windows nor size. */
  withoutLimits: Type.Boolean(),
})

export const ALL_OFF: Switches = {
  lostContentUrl: false,
  driftingWebhookUrl: false,
  removeHandlerNotCalled: false,
  hiddenSecondFrame: false,
  lateSettings: false,
  saveEventWithoutWebhookUrl: false,
  authTokenFails: false,
  impatientMs: 0,
  withoutLimits: false,
}

export type Theme = Static<typeof Theme>
export const Theme = Type.Union([Type.Literal('default'), Type.Literal('dark'), Type.Literal('contrast')])

export type Locale = Static<typeof Locale>
export const Locale = Type.Union([Type.Literal('en-US'), Type.Literal('fr-FR'), Type.Literal('zh-CN')])

/** Who looks at Teams, and how. */
export type Session = Static<typeof Session>
export const Session = Type.Object({ theme: Theme, locale: Locale, personId: Type.String() })

const PageSettings = {
  entityId: Type.Optional(Type.String()),
  suggestedDisplayName: Type.Optional(Type.String()),
  contentUrl: Type.Optional(Type.String()),
  websiteUrl: Type.Optional(Type.String()),
  removeUrl: Type.Optional(Type.String()),
}

/** What an app hands to `setConfig`: the fields Teams keeps, and whatever else it was given. */
export type ConnectorSettings = Static<typeof ConnectorSettings>
export const ConnectorSettings = Type.Object({
  ...PageSettings,
  configName: Type.Optional(Type.String()),
})

/** The same for a tab, which keeps nothing else. */
export type TabSettings = Static<typeof TabSettings>
export const TabSettings = Type.Object(PageSettings, { additionalProperties: false })

/**
 * One scripted answer of a webhook URL. `slowMs` alone is the real answer, late; with `status` it is that
 * answer, late. `hang` never answers and `reset` closes the socket. `shown` says whether the message appears
 * in the channel nevertheless: Teams can take a message and then say nothing, or say that it failed.
 */
export type ScriptedAnswer = Static<typeof ScriptedAnswer>
export const ScriptedAnswer = Type.Object({
  status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599 })),
  headers: Type.Optional(Type.Record(Type.String(), Type.String())),
  body: Type.Optional(Type.String()),
  slowMs: Type.Optional(Type.Integer({ minimum: 0 })),
  hang: Type.Optional(Type.Boolean()),
  reset: Type.Optional(Type.Boolean()),
  shown: Type.Optional(Type.Boolean()),
})

export type Answer = { status: number; body: string; headers?: Record<string, string> }

/** Where people post: a channel of the team, or a group chat, which has no connectors. */
export type Channel = { id: string; name: string; kind: 'channel' | 'chat' }
export type Team = { id: string; groupId: string; name: string }
export type Person = {
  id: string
  name: string
  userPrincipalName: string
  tenantId: string
  organisation: string
  /** Entra app roles that their tokens carry. */
  roles: string[]
}

/**
 * `saving`: a URL was minted and answers 410 until the host has finished the save; `live`; `removed`: 410 for ever.
 * The same three words say what one of its URLs is.
 */
export type ConnectorPhase = 'saving' | 'live' | 'removed'

/** One configured connector of a channel, as the page and the control API show it. */
export type Connector = {
  id: string
  /** The app's id; `IncomingWebhook` for connectors made without an app. */
  connectorId: string
  channelId: string
  phase: ConnectorPhase
  settings: ConnectorSettings
  webhookUrl: string
  createdBy: string
  createdAt: number
}

/** An app's tab in a channel or a chat. */
export type Tab = {
  id: string
  /** The app's id. */
  connectorId: string
  channelId: string
  settings: TabSettings
  createdBy: string
  /** How often it was saved: after each time its content is loaded afresh. */
  revision: number
}

/** A flow that posts whatever is sent to its URL: "When a Teams webhook request is received". */
export type Workflow = {
  id: string
  name: string
  channelId: string
  phase: 'on' | 'off' | 'deleted'
  webhookUrl: string
  createdBy: string
  createdAt: number
}

/** One run of a flow, which its sender never learns of. */
export type Run = {
  id: number
  at: number
  status: 'succeeded' | 'failed'
  /** Why it failed, in words. */
  reason: string | undefined
}

/** A message in a channel. `message` is what was posted, parsed and otherwise untouched. */
export type Post = {
  id: number
  at: number
  channelId: string
  /** What it came through: one of the two. */
  connectorId?: string
  workflowId?: string
  /** Whose workflow it was: Teams says so below the card. */
  createdBy?: string
  /** The configuration's name and the app's, as Teams writes them above a card. */
  title: string
  appName: string
  message: Record<string, unknown>
}

/** One request made to a webhook URL. */
export type Received = {
  id: number
  at: number
  /** Where the request's connection came from, by which whoever stands between knows it as well. */
  remotePort: number | undefined
  webhookUrl: string
  channelId: string | undefined
  connectorId: string | undefined
  workflowId?: string | undefined
  headers: Record<string, string | string[] | undefined>
  raw: Buffer
  /** `raw` as UTF-8. */
  readonly text: string
  answer: Answer | 'hang' | 'reset'
  /** The window that this request broke, such as `4 in 1 s`, whatever answer it was then given. */
  overLimit: string | undefined
  shown: boolean
}

/** A request as `/control/received` shows it: bytes as text. */
export type ReceivedOverHttp = Omit<Received, 'raw'>

/** All that the page draws. */
export type State = {
  url: string
  team: Team
  channels: Channel[]
  chats: Channel[]
  people: Person[]
  apps: TeamsApp[]
  senders: Sender[]
  connectors: Connector[]
  workflows: Workflow[]
  tabs: Tab[]
  switches: Switches
  session: Session
  entra: { authority: string; tenantId: string; clientId: string }
}
