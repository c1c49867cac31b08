import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { freePort } from '../free-port.ts'
import { type Channel, writeChannels } from './channels.ts'
import type { Place } from './place.ts'
import { type ServerProcess, startServer } from './server-process.ts'
import type { Source } from './source.ts'

export interface MeasuredOptions {
  place: Place
  main: string
  /** Where every channel's webhook URL leads. */
  webhookOrigin: string
  channels?: readonly Channel[]
  nodeOptions?: string[] | undefined
  /** More settings. */
  environment?: Record<string, string>
}

const adminToken = 'admin-token-of-the-benchmark'
const secretKey = Buffer.alloc(32, 1)

/** The built server on a database of its own, with one `tasks` source and everything on: log, budget, attempts. */
export async function startMeasured(options: MeasuredOptions) {
  const { place, main, webhookOrigin, channels = [], nodeOptions } = options
  const folder = place.folder()
  const databasePath = join(folder, 'cardwire.db')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const environment = {
    PORT: String(port),
    PUBLIC_URL: url,
    DATABASE_URL: `file:${databasePath}`,
    ADMIN_TOKEN: adminToken,
    SECRET_KEY: secretKey.toString('base64'),
    WEBHOOK_HOSTS: webhookOrigin,
    ...options.environment,
  }
  const start = (more?: { nodeOptions: string[] | undefined }) =>
    startServer({ place, main, environment, logPath: join(folder, 'cardwire.log'), ...more })

  const first = await start()
  const made = await ask('POST', '/api/admin/sources', { kind: 'tasks', name: 'Tasks' })
  const source = (await made.json()) as Source
  await first.stop()
  const written = { channels, sourceId: source.id, origin: webhookOrigin, secretKey }
  const entityIds = writeChannels(databasePath, written)
  let server: ServerProcess = await start({ nodeOptions })
  const database = new Sqlite(databasePath, { readonly: true })
  const unsettled = database.prepare(
    "SELECT EXISTS (SELECT 1 FROM delivery WHERE state = 'pending' AND digestId IS NULL) AS found",
  )

  return {
    url,
    source,
    database,
    /** How long the very first start took, on a folder with nothing in it. */
    firstReadyMs: first.readyMs,
    /** How long the last start took. */
    readyMs: () => server.readyMs,
    pid: () => server.pid,
    async restart(meanwhile: (databasePath: string) => void = () => undefined) {
      await server.stop()
      meanwhile(databasePath)
      server = await start()
    },
    /** Until every delivery has its final state. */
    async settled() {
      while ((unsettled.get() as { found: number }).found === 1) await wait(5)
    },
    /** As an administrator would: what the channel was still owed is cancelled. */
    async remove(channel: string) {
      await ask('DELETE', `/api/admin/configurations/${entityIds.get(channel)}`)
    },
    async stop() {
      database.close()
      await server.stop()
    },
  }

  async function ask(method: string, path: string, body?: object): Promise<Response> {
    const answer = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${adminToken}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
}
