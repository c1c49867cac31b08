import { v7 as uuid } from 'uuid'
import type { Connector } from '../../e2e/teams/model.ts'
import { createSimulatedTeams, type SimulatedTeams } from '../../e2e/teams/simulated-teams.ts'
import type { Config } from '../config.ts'
import type { Context } from '../context.ts'
import type { ConfigurationInput } from '../model/configuration.ts'
import { adminToken, startTestApp } from './app.ts'
import { createClock } from './clock.ts'
import { make } from './make.ts'
import { until } from './until.ts'

export interface Asked {
  method?: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** Sent as JSON, or as it is when it is text. */
  body?: unknown
  token?: string
  headers?: Record<string, string>
}

/** A source as its maker knows it. */
export interface TestSource {
  id: string
  key: string
  secret: string
}

/**
 * Cardwire and the simulated Teams on one clock, which stands still: what waits is due when a test turns it. Teams'
 * windows are off, since the budget is not what these tests are about. `close` fails a test that left a scripted
 * answer unused or let a secret out.
 */
export async function startTestWorld(settings: Partial<Config> = {}) {
  const clock = createClock()
  const teams: SimulatedTeams = await createSimulatedTeams({ now: () => clock.now().getTime() })
  teams.setSwitches({ withoutLimits: true })
  const { authority, clientId, tenantId } = teams.entra
  const entra = { authority, clientId, tenantIds: [tenantId], appIdUri: undefined }
  const app = await startTestApp({ clock, entra, webhookHosts: [teams.url], ...settings })
  const [amara, jonas, mei, noor] = teams.people
  if (!amara || !jonas || !mei || !noor) throw new Error('The simulated Teams has four people.')
  const { secrecy } = app

  async function ask(url: string, { method = 'GET', body, token, headers }: Asked = {}) {
    const response = await app.http.inject({
      method,
      url,
      ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
    })
    return response
  }

  /** As `ask`, for everything but the answer that shows a secret once. */
  async function askShown(url: string, asked?: Asked) {
    if (asked?.token !== undefined) secrecy.keep(asked.token)
    const response = await ask(url, asked)
    secrecy.show(`${JSON.stringify(response.headers)}\n${response.body}`)
    return response
  }

  const world = {
    app,
    teams,
    clock,
    secrecy,
    people: { amara, jonas, mei, noor },
    get context(): Context {
      return app.context
    },
    ask: askShown,

    /** A token of the person, as Teams' single sign-on gives it. */
    tokenOf: (person = amara) => teams.entra.issueToken({}, { person }),

    async createSource(changes: Record<string, unknown> = {}): Promise<TestSource> {
      const body = { kind: 'tasks', name: 'Tasks', settings: {}, ...changes }
      const response = await ask('/api/admin/sources', { method: 'POST', body, token: adminToken })
      if (response.statusCode !== 201) throw new Error(response.body)
      const source: TestSource = response.json()
      secrecy.keep(source.secret)
      return source
    },

    /** A connector in Teams whose URL nobody may see. */
    connector(wanted: Parameters<SimulatedTeams['createConnector']>[0] = {}): Connector {
      const connector = teams.createConnector(wanted)
      secrecy.keep(connector.webhookUrl)
      return connector
    },

    input: (sourceId: string, changes: Partial<ConfigurationInput> = {}): ConfigurationInput => ({
      name: 'Tasks of the team',
      sourceId,
      choices: {},
      rule: make.rule(),
      host: 'connector',
      locale: 'en-US',
      zone: 'Europe/Paris',
      paused: false,
      place: { kind: 'channel', teamName: 'Harbour', channelName: 'General' },
      ...changes,
    }),

    /** Amara's configuration, written past the API and without its welcome: the lane is empty. */
    async configure(source: Pick<TestSource, 'id'>, webhookUrl: string, changes: Partial<Configured> = {}) {
      const { entityId = uuid(), fields, ...more } = changes
      const write = make.configurationWrite({
        entityId,
        sourceId: source.id,
        destination: { url: webhookUrl, transport: 'connector' },
        tenantId: amara.tenantId,
        makerOid: amara.id,
        ...more,
        ...(fields && { fields }),
      })
      const written = await app.context.storage.configurations.write(write)
      if (typeof written === 'string') throw new Error(written)
      app.context.worker.wake()
      return written.configuration
    },

    /** What a task system sends. */
    task: (id: string, changes: Record<string, unknown> = {}) => ({
      id,
      type: 'task.created',
      task: { id: `task-${id}`, title: `Title of ${id}` },
      ...changes,
    }),

    tell: (source: TestSource, body: unknown, headers: Record<string, string> = {}) =>
      askShown(`/hooks/${source.key}`, { method: 'POST', body, token: source.secret, headers }),

    /** The deliveries of a configuration, oldest first. */
    async deliveries(entityId: string) {
      const { items } = await app.context.storage.deliveries.ofConfiguration(entityId, { limit: 200 })
      return items.toReversed()
    },

    /**
     * The deliveries of a configuration as soon as they are in these states, oldest first.
     * @param turning lets the clock go on with every look, for what waits for Teams' windows.
     */
    settled: (entityId: string, states: string[], turning?: Parameters<typeof clock.turn>[0]) =>
      until(`deliveries ${states.join(', ')}`, async () => {
        const found = await world.deliveries(entityId)
        if (found.map((one) => one.state).join() === states.join()) return found
        if (turning) world.turn(turning)
        return undefined
      }),

    attempts: (deliveryId: string) => app.context.storage.deliveries.attemptsOf(deliveryId),

    /** Titles of the cards that reached a webhook URL, in order. */
    received: (webhookUrl: string) =>
      teams.received
        .filter((one) => one.webhookUrl === webhookUrl)
        .map((one) => /Title of ([\w-]+)/.exec(one.text)?.[1] ?? 'notice'),

    /** Turns the clock, and lets the worker see it. */
    turn(by: Parameters<typeof clock.turn>[0]) {
      clock.turn(by)
      app.context.worker.wake()
    },

    async close() {
      try {
        await app.close()
      } finally {
        await teams.close()
      }
      const unused = teams.unusedScripts()
      if (unused.length > 0) throw new Error(`Scripted answers were left unused: ${JSON.stringify(unused)}`)
    },
  }
  return world
}
export type TestWorld = Awaited<ReturnType<typeof startTestWorld>>

type Configured = Parameters<typeof make.configurationWrite>[0]
