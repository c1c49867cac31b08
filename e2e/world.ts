import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from 'playwright/test'
import { createSecrecy } from '../server/testing/secrecy.ts'
import { cardwireApp, settingsBeside } from './beside.ts'
import { type CardwireProcess, startCardwire } from './cardwire-process.ts'
import { freePort } from './free-port.ts'
import { createSimulatedTeams, type SimulatedTeams } from './teams/simulated-teams.ts'

/**
 * A world of its own for each test: simulated Teams, and the built Cardwire beside it in a process of its own, with
 * an empty database and one `tasks` source. Nothing of it is left when the test ends, and no secret may have been
 * logged: no token or webhook URL of Teams', no source's secret, nothing that looks like one.
 */
export interface World {
  teams: SimulatedTeams
  cardwire: CardwireProcess
  adminToken: string
  tasks: ConnectedSource
  /** Makes one more source, as an administrator. */
  connect(source: {
    kind: string
    name: string
    settings?: object
    secret?: string
    access?: 'everyone' | 'approval'
  }): Promise<ConnectedSource>
  /** What the tasks system sends when something happens; answers the response. */
  happens(task: { type?: string; id?: string; title?: string; assignee?: string }): Promise<Response>
  /** A request as an administrator. */
  admin(path: string, init?: Omit<RequestInit, 'headers'>): Promise<Response>
  /** Stops the server and starts it again on the same database. */
  restart(how?: 'stop' | 'kill'): Promise<void>
}

export interface ConnectedSource {
  id: string
  url: string
  secret: string
}

export const test = base.extend<{ world: World }, { worlds: Worlds }>({
  worlds: [
    // Playwright wants to see which fixtures this one uses: none.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const worlds = createWorlds()
      await use(worlds)
      await worlds.close()
    },
    { scope: 'worker' },
  ],
  world: async ({ worlds }, use) => {
    const world = await worlds.take()
    try {
      await use(world)
    } finally {
      await world.close()
    }
  },
})
export { expect } from 'playwright/test'

type OpenWorld = World & { close(): Promise<void> }

/** Opens the next test's world while this one's is used: a test that waits for its browser leaves time for that. */
interface Worlds {
  take(): Promise<OpenWorld>
  close(): Promise<void>
}

function createWorlds(): Worlds {
  let next: Promise<OpenWorld> | undefined
  return {
    async take() {
      const world = await (next ?? openWorld())
      next = openWorld()
      // Whoever takes it sees why it could not be opened.
      next.catch(() => {})
      return world
    },
    close: async () => (await next)?.close(),
  }
}

const adminToken = 'admin-token-of-the-browser-tests'

/** What is otherwise around a server than nothing. */
export interface Surroundings {
  /** Where browsers reach it, if not directly. */
  publicUrl: string
  settings: Record<string, string>
}

/**
 * For scripts that are no tests: the caller closes it.
 * @param around what stands around the server, which will listen on this port.
 */
export async function openWorld(around?: (port: number) => Promise<Surroundings>): Promise<OpenWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'cardwire-world-'))
  const port = await freePort()
  const url = `http://localhost:${port}`
  const { publicUrl, settings } = (await around?.(port)) ?? { publicUrl: url, settings: {} }
  const teams = await createSimulatedTeams({ apps: [cardwireApp(publicUrl)] })
  const environment = {
    ...settingsBeside(teams.url, { url, databasePath: join(folder, 'cardwire.db'), adminToken }),
    PUBLIC_URL: publicUrl,
    ...settings,
  }
  const lines: string[] = []
  const secrecy = createSecrecy([adminToken])
  const start = () => startCardwire(environment, { onLine: (line) => lines.push(line) })
  let cardwire = await start()

  const admin = (path: string, init: Omit<RequestInit, 'headers'> = {}) =>
    fetch(`${url}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${adminToken}`,
        // Without a body there is no type of one: that would be refused.
        ...(init.body !== undefined && { 'content-type': 'application/json' }),
      },
    })
  const connect: World['connect'] = async (source) => {
    const response = await admin('/api/admin/sources', { method: 'POST', body: JSON.stringify(source) })
    if (response.status !== 201) throw new Error(await response.text())
    const connected = (await response.json()) as ConnectedSource
    secrecy.keep(connected.secret)
    return { ...connected, url: connected.url.replace(publicUrl, url) }
  }
  const tasks = await connect({ kind: 'tasks', name: 'Tasks' })

  return {
    teams,
    get cardwire() {
      return cardwire
    },
    adminToken,
    tasks,
    connect,
    admin,
    happens: ({ type = 'task.created', id = crypto.randomUUID(), title = 'Write the report', ...task }) =>
      fetch(tasks.url, {
        method: 'POST',
        headers: { authorization: `Bearer ${tasks.secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ id, type, task: { id: `task-${id}`, title, ...task } }),
      }),
    async restart(how = 'stop') {
      await cardwire[how]()
      cardwire = await start()
    },
    async close() {
      await cardwire.stop()
      await teams.close()
      rmSync(folder, { recursive: true, force: true })
      secrecy.keep(...teams.secrets)
      secrecy.check({ log: lines })
    },
  }
}
