/**
 * One simulated Teams: a real server with a real page, as far as an app and a sender of messages can tell.
 *
 * It is composed here from its parts: connectors, workflows and their URLs, the endpoints that take messages, the feed
 * that shows them, an Entra tenant, the host page, and the control of all that in this process (the object
 * returned) and over HTTP (`control.ts`).
 */
import { createServer, type Server } from 'node:http'
import Fastify from 'fastify'
import { createChanges } from './changes.ts'
import { createConnectors } from './connectors.ts'
import { controlRoutes } from './control.ts'
import { createEntra, type Entra } from './entra.ts'
import { createFeed } from './feed.ts'
import {
  type Channel,
  type Connector,
  type ConnectorSettings,
  type Person,
  type Post,
  type Received,
  type Run,
  type ScriptedAnswer,
  type Sender,
  type Session,
  type State,
  type Switches,
  type Tab,
  type TabSettings,
  type TeamsApp,
  type Workflow,
} from './model.ts'
import { CHANNELS, CHATS, FIRST_CHANNEL_ID, PEOPLE, TEAM } from './people.ts'
import { type Fired, fire } from './senders.ts'
import { servePage } from './serve-page.ts'
import { createSettings, personOf } from './settings.ts'
import { createStateFile } from './state-file.ts'
import { createTabs } from './tabs.ts'
import { createReceive } from './webhooks/receive.ts'
import { createRecord } from './webhooks/record.ts'
import { webhookRoutes } from './webhooks/routes.ts'
import { createScripts, type UnusedScript } from './webhooks/scripts.ts'
import { createTrigger } from './webhooks/trigger.ts'
import { createWorkflows } from './workflows.ts'

export type SimulatedTeams = {
  /** The one canonical origin, `http://localhost:PORT`. */
  readonly url: string
  readonly port: number
  readonly entra: Entra
  readonly channels: readonly Channel[]
  readonly chats: readonly Channel[]
  readonly people: readonly Person[]
  person(id: string): Person
  readonly connectors: readonly Connector[]
  /** Makes a connector without a browser: live at once unless `completed` is false. */
  createConnector(wanted?: { channelId?: string; connectorId?: string; completed?: boolean }): Connector
  completeConnector(
    id: string,
    saved?: { settings?: ConnectorSettings; webhookUrl?: string },
  ): Connector | undefined
  /** Another URL of the same connector, as a drifting host mints on an edit. */
  mintAgain(id: string): string | undefined
  removeConnector(id: string): Connector | undefined
  readonly workflows: readonly Workflow[]
  /** Makes a workflow without a browser: it is on. */
  createWorkflow(wanted?: { channelId?: string; name?: string }): Workflow
  /** Off, its URL answers like one that is gone. */
  switchWorkflow(id: string, to: 'on' | 'off'): Workflow | undefined
  deleteWorkflow(id: string): Workflow | undefined
  /** What became of the requests that a workflow took, newest first. */
  runs(workflowId: string): Run[] | undefined
  readonly tabs: readonly Tab[]
  /** Makes a tab without a browser, as if its save had just ended. */
  addTab(wanted: { connectorId: string; channelId?: string; settings: TabSettings }): Tab
  changeTab(id: string, settings: TabSettings): Tab | undefined
  removeTab(id: string): Tab | undefined
  /** Every webhook URL that was ever minted, and every token ever issued: an app must keep them to itself. */
  readonly secrets: readonly string[]
  /** Everything that was posted to a webhook URL, oldest first. */
  readonly received: readonly Received[]
  /** The first request that satisfies `wanted`: one already received, or the next. Rejects after `withinMs` (5 s). */
  arrival(wanted: (received: Received) => boolean, withinMs?: number): Promise<Received>
  forgetReceived(): void
  /** The next answers of a webhook URL, or of whichever URL of a channel is asked next. */
  script(target: string, answers: readonly ScriptedAnswer[]): void
  unusedScripts(): UnusedScript[]
  clearScripts(target?: string): void
  feed(channelId: string): Post[]
  readonly switches: Switches
  setSwitches(changed: Partial<Switches>): void
  readonly session: Session
  setSession(changed: Partial<Session>): void
  setApps(apps: TeamsApp[]): void
  setSenders(senders: Sender[]): void
  /** Presses a sample's button; nothing when there is no such sample. */
  fire(senderId: string, sampleId: string): Promise<Fired | undefined>
  state(): State
  /** All switches off, default session, no connectors, workflows, tabs, posts, records or scripts. */
  reset(): void
  close(): Promise<void>
}

export type SimulatedTeamsOptions = {
  /** 0, the default, takes any free port. */
  port?: number
  apps?: TeamsApp[]
  senders?: Sender[]
  /** When given, connectors, workflows, tabs, feeds, switches, session and signing keys survive restarts. */
  stateFile?: string
  now?: () => number
}

const INCOMING_WEBHOOK = 'IncomingWebhook'
/** What Teams calls the template. */
const WORKFLOW_NAME = 'Send webhook alerts to a channel'
const CONTROL_BODY_LIMIT_BYTES = 4 * 1024 * 1024

export async function createSimulatedTeams(options: SimulatedTeamsOptions = {}): Promise<SimulatedTeams> {
  const now = options.now ?? Date.now
  // Every address that is minted contains the port, so the socket comes before all else.
  const server = createServer()
  const port = await listen(server, options.port ?? 0)
  const url = `http://localhost:${port}`

  const stateFile = createStateFile(options.stateFile, () => ({
    session: settings.session,
    switches: settings.switches,
    connectors: connectors.remember(),
    workflows: workflows.remember(),
    tabs: tabs.all(),
    posts: feed.all(),
    keys: entra.remember(),
  }))
  const { remembered, save, saveSoon } = stateFile
  const changes = createChanges()
  const { apps = [], senders = [] } = options
  const settings = createSettings({ apps, senders, remembered, changes, changed: save })
  const feed = createFeed({ remembered: remembered.posts, changes, changed: saveSoon })
  const connectors = createConnectors({ url, now, changes, changed: save, remembered: remembered.connectors })
  const workflows = createWorkflows({
    url,
    now,
    changes,
    changed: save,
    changedSoon: saveSoon,
    remembered: remembered.workflows,
  })
  const tabs = createTabs({ changes, changed: save, remembered: remembered.tabs })
  const entra = createEntra({ url, person: settings.person, now, remembered: remembered.keys })
  const scripts = createScripts()
  const record = createRecord()

  const teams: SimulatedTeams = {
    url,
    port,
    entra,
    channels: CHANNELS,
    chats: CHATS,
    people: PEOPLE,
    person: personOf,
    get connectors() {
      return connectors.all()
    },
    createConnector({ channelId = FIRST_CHANNEL_ID, connectorId = INCOMING_WEBHOOK, completed = true } = {}) {
      mustExist(channelId, CHANNELS)
      const { id: createdBy, tenantId } = settings.person()
      const connector = connectors.mint({ channelId, connectorId, createdBy, tenantId })
      if (completed) connectors.complete(connector.id, { settings: {} })
      return connector
    },
    completeConnector: (id, { settings: kept = {}, ...saved } = {}) =>
      connectors.complete(id, { settings: kept, ...saved }),
    mintAgain: (id) => connectors.mintAgain(id),
    removeConnector: (id) => connectors.remove(id),
    get workflows() {
      return workflows.all()
    },
    createWorkflow({ channelId = FIRST_CHANNEL_ID, name = WORKFLOW_NAME } = {}) {
      mustExist(channelId)
      return workflows.create({ channelId, name, createdBy: settings.person().id })
    },
    switchWorkflow: (id, to) => workflows.switchTo(id, to),
    deleteWorkflow: (id) => workflows.delete(id),
    runs: (id) => workflows.runs(id),
    get tabs() {
      return tabs.all()
    },
    addTab({ channelId = FIRST_CHANNEL_ID, ...wanted }) {
      mustExist(channelId)
      return tabs.add({ channelId, createdBy: settings.person().id, ...wanted })
    },
    changeTab: (id, changed) => tabs.change(id, changed),
    removeTab: (id) => tabs.remove(id),
    get secrets() {
      return [...connectors.minted, ...workflows.minted, ...entra.issued]
    },
    received: record.received,
    arrival: record.arrival,
    forgetReceived: record.clear,
    script: scripts.add,
    unusedScripts: scripts.unused,
    clearScripts: scripts.clear,
    feed: (channelId) => feed.of(channelId),
    get switches() {
      return settings.switches
    },
    setSwitches: settings.setSwitches,
    get session() {
      return settings.session
    },
    setSession: settings.setSession,
    setApps: settings.setApps,
    setSenders: settings.setSenders,
    async fire(senderId, sampleId) {
      const sender = settings.senders.find((one) => one.id === senderId)
      const sample = sender?.samples.find((one) => one.id === sampleId)
      return sender && sample ? fire(sender, sample, now()) : undefined
    },
    state: () => ({
      url,
      team: TEAM,
      channels: [...CHANNELS],
      chats: [...CHATS],
      people: [...PEOPLE],
      apps: settings.apps,
      senders: settings.senders,
      connectors: connectors.all(),
      workflows: workflows.all(),
      tabs: tabs.all(),
      switches: settings.switches,
      session: settings.session,
      entra: { authority: entra.authority, tenantId: entra.tenantId, clientId: entra.clientId },
    }),
    reset() {
      for (const part of [connectors, workflows, tabs, feed, scripts, record]) part.clear()
      settings.reset()
    },
    async close() {
      stateFile.close()
      changes.close()
      record.close()
      server.closeAllConnections()
      await app.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }

  const taking = { url, scripts, feed, settings, now, record: record.add }
  const receive = createReceive({ connectors, ...taking })
  const trigger = createTrigger({ workflows, ...taking })
  const app = Fastify({
    serverFactory: (handler) => server.on('request', handler),
    bodyLimit: CONTROL_BODY_LIMIT_BYTES,
  })
  await app.register(webhookRoutes, { receive, trigger })
  await app.register(controlRoutes, { teams, changes })
  await app.register(servePage)
  await app.ready()
  return teams
}

function mustExist(channelId: string, among: readonly Channel[] = [...CHANNELS, ...CHATS]) {
  if (!among.some(({ id }) => id === channelId)) throw new Error(`There is no channel ${channelId} for that`)
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string')
        reject(new Error('The simulated Teams has no port'))
      else resolve(address.port)
    })
  })
}
