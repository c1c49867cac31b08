/**
 * One simulated Teams: a real server with a real page, as far as an app and a sender of messages can tell.
 *
 * It is composed here from its parts: connectors and their URLs, the endpoints that take messages, the feed
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
  ALL_OFF,
  type Channel,
  type Connector,
  type ConnectorSettings,
  type Person,
  type Post,
  type Received,
  type ScriptedAnswer,
  type Sender,
  type Session,
  type State,
  type Switches,
  type TeamsApp,
} from './model.ts'
import { CHANNELS, CLIENT_ID, PEOPLE, TEAM, TENANT_ID } from './people.ts'
import { type Fired, fire } from './senders.ts'
import { servePage } from './serve-page.ts'
import { createStateFile } from './state-file.ts'
import { createReceive } from './webhooks/receive.ts'
import { createRecord } from './webhooks/record.ts'
import { webhookRoutes } from './webhooks/routes.ts'
import { createScripts, type UnusedScript } from './webhooks/scripts.ts'

export type SimulatedTeams = {
  /** The one canonical origin, `http://localhost:PORT`. */
  readonly url: string
  readonly port: number
  readonly entra: Entra
  readonly channels: readonly Channel[]
  readonly people: readonly Person[]
  person(id: string): Person
  connectors(): Connector[]
  /** Makes a connector without a browser: live at once unless `completed` is false. */
  createConnector(wanted?: { channelId?: string; connectorId?: string; completed?: boolean }): Connector
  completeConnector(
    id: string,
    saved?: { settings?: ConnectorSettings; webhookUrl?: string },
  ): Connector | undefined
  /** Another URL of the same connector, as a drifting host mints on an edit. */
  mintAgain(id: string): string | undefined
  removeConnector(id: string): Connector | undefined
  /** Everything that was posted to a webhook URL, oldest first. */
  readonly received: readonly Received[]
  /** The first request that satisfies `wanted`: one already received, or the next. Rejects after `withinMs` (5 s). */
  arrival(wanted: (received: Received) => boolean, withinMs?: number): Promise<Received>
  forgetReceived(): void
  /** The next answers of a webhook URL, or of whichever connector of a channel is asked next. */
  script(target: string, answers: readonly ScriptedAnswer[]): void
  unusedScripts(): UnusedScript[]
  clearScripts(): void
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
  /** All switches off, default session, no connectors, posts, records or scripts. */
  reset(): void
  close(): Promise<void>
}

export type SimulatedTeamsOptions = {
  /** 0, the default, takes any free port. */
  port?: number
  apps?: TeamsApp[]
  senders?: Sender[]
  /** When given, connectors, feeds, switches, session and signing keys survive restarts. */
  stateFile?: string
  now?: () => number
}

const INCOMING_WEBHOOK = 'IncomingWebhook'
const DEFAULT_SESSION: Session = { theme: 'default', locale: 'en-US', personId: PEOPLE[0]?.id ?? '' }
const SAVE_POSTS_AFTER_MS = 500
const CONTROL_BODY_LIMIT_BYTES = 4 * 1024 * 1024

export async function createSimulatedTeams(options: SimulatedTeamsOptions = {}): Promise<SimulatedTeams> {
  const now = options.now ?? Date.now
  // Every address that is minted contains the port, so the socket comes before all else.
  const server = createServer()
  const port = await listen(server, options.port ?? 0)
  const url = `http://localhost:${port}`

  const stateFile = createStateFile(options.stateFile)
  const remembered = stateFile.read()
  let switches: Switches = { ...ALL_OFF, ...remembered.switches }
  let session: Session = { ...DEFAULT_SESSION, ...remembered.session }
  let apps = options.apps ?? []
  let senders = options.senders ?? []
  let saveTimer: NodeJS.Timeout | undefined

  const changes = createChanges()
  const feed = createFeed({ remembered: remembered.posts, changes, changed: saveSoon })
  const connectors = createConnectors({ url, now, changes, changed: save, remembered: remembered.connectors })
  const scripts = createScripts()
  const record = createRecord()
  const entra = createEntra({ url, person: currentPerson, now, remembered: remembered.keys })
  const receive = createReceive({
    url,
    connectors,
    scripts,
    feed,
    switches: () => switches,
    appName: (connectorId) => apps.find((app) => app.connectorId === connectorId)?.name ?? 'Incoming Webhook',
    now,
    record: record.add,
  })

  function currentPerson(): Person {
    return person(session.personId)
  }

  function save() {
    clearTimeout(saveTimer)
    saveTimer = undefined
    if (options.stateFile === undefined) return
    const [kept, posts, keys] = [connectors.remember(), feed.all(), entra.remember()]
    stateFile.write({ session, switches, connectors: kept, posts, keys })
  }

  /** Posts come in floods, and losing the last half second of them costs nobody anything. */
  function saveSoon() {
    if (options.stateFile !== undefined) saveTimer ??= setTimeout(save, SAVE_POSTS_AFTER_MS)
  }

  function changed() {
    changes.tell('state')
    save()
  }

  const teams: SimulatedTeams = {
    url,
    port,
    entra,
    channels: CHANNELS,
    people: PEOPLE,
    person,
    connectors: () => connectors.all(),
    createConnector({
      channelId = CHANNELS[0]?.id ?? '',
      connectorId = INCOMING_WEBHOOK,
      completed = true,
    } = {}) {
      const { id: createdBy, tenantId } = currentPerson()
      const connector = connectors.mint({ channelId, connectorId, createdBy, tenantId })
      if (completed) connectors.complete(connector.id, { settings: {} })
      return connector
    },
    completeConnector: (id, { settings = {}, ...saved } = {}) =>
      connectors.complete(id, { settings, ...saved }),
    mintAgain: (id) => connectors.mintAgain(id),
    removeConnector: (id) => connectors.remove(id),
    received: record.received,
    arrival: record.arrival,
    forgetReceived: record.clear,
    script: scripts.add,
    unusedScripts: scripts.unused,
    clearScripts: scripts.clear,
    feed: (channelId) => feed.of(channelId),
    get switches() {
      return switches
    },
    setSwitches(wanted) {
      switches = { ...switches, ...wanted }
      changed()
    },
    get session() {
      return session
    },
    setSession(wanted) {
      session = { ...session, ...wanted, personId: person(wanted.personId ?? session.personId).id }
      changed()
    },
    setApps(wanted) {
      apps = wanted
      changes.tell('state')
    },
    setSenders(wanted) {
      senders = wanted
      changes.tell('state')
    },
    async fire(senderId, sampleId) {
      const sender = senders.find((one) => one.id === senderId)
      const sample = sender?.samples.find((one) => one.id === sampleId)
      return sender && sample ? fire(sender, sample, now()) : undefined
    },
    state: () => ({
      url,
      team: TEAM,
      channels: [...CHANNELS],
      people: [...PEOPLE],
      apps,
      senders,
      connectors: connectors.all(),
      switches,
      session,
      entra: { authority: entra.authority, tenantId: TENANT_ID, clientId: CLIENT_ID },
    }),
    reset() {
      switches = ALL_OFF
      session = DEFAULT_SESSION
      connectors.clear()
      feed.clear()
      scripts.clear()
      record.clear()
      changed()
    },
    async close() {
      save()
      changes.close()
      record.close()
      server.closeAllConnections()
      await app.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }

  const app = Fastify({
    serverFactory: (handler) => server.on('request', handler),
    bodyLimit: CONTROL_BODY_LIMIT_BYTES,
  })
  await app.register(webhookRoutes, { receive })
  await app.register(controlRoutes, { teams, changes })
  await app.register(servePage)
  await app.ready()
  return teams
}

function person(id: string): Person {
  const found = PEOPLE.find((one) => one.id === id)
  if (!found) throw new Error(`There is no person ${id} in the simulated Teams`)
  return found
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
