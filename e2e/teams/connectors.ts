/**
 * The connectors of the team's channels and the life of their webhook URLs.
 *
 * `mint` makes a connector in phase `saving`; `complete` is the end of the host's save and makes it `live`;
 * `remove` ends it. Each of its URLs has a phase of its own: under drift an edit mints a second URL, which is
 * `saving` until that edit is saved; then it alone is live. All URLs of a connector share its rate windows.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import type { Changes } from './changes.ts'
import type { Connector, ConnectorPhase, ConnectorSettings } from './model.ts'
import { TEAM } from './people.ts'
import { createWindows, type Windows } from './webhooks/windows.ts'

export type Connectors = {
  mint(wanted: { channelId: string; connectorId: string; createdBy: string; tenantId: string }): Connector
  /** Another URL for the same connector, as a drifting host shows on an edit. */
  mintAgain(id: string): string | undefined
  complete(id: string, saved: { settings: ConnectorSettings; webhookUrl?: string }): Connector | undefined
  remove(id: string): Connector | undefined
  get(id: string): Connector | undefined
  all(): Connector[]
  /** The hot path: what is behind a webhook URL's path, if it was ever minted. */
  at(path: string): Endpoint | undefined
  /** Every URL there ever was, whatever became of it. */
  minted: readonly string[]
  clear: () => void
  remember(): RememberedConnector[]
}

/** One webhook URL. */
export type Endpoint = { connector: Connector; windows: Windows; phase: ConnectorPhase; url: string }

/** A connector and all its URLs, as the state file keeps them. */
export type RememberedConnector = {
  connector: Connector
  tenantId: string
  urls: Record<string, ConnectorPhase>
}

type Kept = { connector: Connector; tenantId: string; windows: Windows; endpoints: Endpoint[] }

export function createConnectors(options: {
  url: string
  now: () => number
  changes: Changes
  changed: () => void
  remembered: readonly RememberedConnector[]
}): Connectors {
  const { url, now, changes } = options
  const kept = new Map<string, Kept>()
  const byPath = new Map<string, Endpoint>()
  const minted: string[] = []
  for (const one of options.remembered) recall(one)

  function recall({ connector, tenantId, urls }: RememberedConnector) {
    const one: Kept = { connector: { ...connector }, tenantId, windows: createWindows(), endpoints: [] }
    kept.set(connector.id, one)
    for (const [path, phase] of Object.entries(urls)) addEndpoint(one, path, phase)
    // The port may be another one than last time; the path is what was minted.
    one.connector.webhookUrl = url + new URL(connector.webhookUrl).pathname
  }

  function addEndpoint(one: Kept, path: string, phase: ConnectorPhase): Endpoint {
    const endpoint = { connector: one.connector, windows: one.windows, phase, url: url + path }
    one.endpoints.push(endpoint)
    byPath.set(path, endpoint)
    minted.push(endpoint.url)
    return endpoint
  }

  function mintPath({ connector, tenantId }: Kept): string {
    const secret = randomBytes(16).toString('hex')
    return `/webhookb2/${TEAM.groupId}@${tenantId}/${connector.connectorId}/${secret}/${connector.createdBy}`
  }

  function tell() {
    changes.tell('state')
    options.changed()
  }

  return {
    mint({ channelId, connectorId, createdBy, tenantId }) {
      const connector: Connector = {
        id: randomUUID(),
        connectorId,
        channelId,
        phase: 'saving',
        settings: {},
        webhookUrl: '',
        createdBy,
        createdAt: now(),
      }
      const one: Kept = { connector, tenantId, windows: createWindows(), endpoints: [] }
      kept.set(connector.id, one)
      connector.webhookUrl = addEndpoint(one, mintPath(one), 'saving').url
      tell()
      return connector
    },

    mintAgain(id) {
      const one = kept.get(id)
      if (!one) return undefined
      const endpoint = addEndpoint(one, mintPath(one), 'saving')
      tell()
      return endpoint.url
    },

    complete(id, { settings, webhookUrl }) {
      const one = kept.get(id)
      if (!one || one.connector.phase === 'removed') return undefined
      const current = one.endpoints.find(
        (endpoint) => endpoint.url === (webhookUrl ?? one.connector.webhookUrl),
      )
      if (!current) return undefined
      for (const endpoint of one.endpoints) if (endpoint.phase === 'live') endpoint.phase = 'removed'
      current.phase = 'live'
      one.connector.phase = 'live'
      one.connector.settings = { ...settings }
      one.connector.webhookUrl = current.url
      tell()
      return one.connector
    },

    remove(id) {
      const one = kept.get(id)
      if (!one) return undefined
      one.connector.phase = 'removed'
      for (const endpoint of one.endpoints) endpoint.phase = 'removed'
      tell()
      return one.connector
    },

    get: (id) => kept.get(id)?.connector,
    all: () => [...kept.values()].map((one) => one.connector),
    at: (path) => byPath.get(path),
    minted,
    clear() {
      kept.clear()
      byPath.clear()
      tell()
    },
    remember: () =>
      [...kept.values()].map(({ connector, tenantId, endpoints }) => ({
        connector,
        tenantId,
        urls: Object.fromEntries(endpoints.map(({ url: at, phase }) => [new URL(at).pathname, phase])),
      })),
  }
}
