import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { v7 as uuid } from 'uuid'
import { createSealer } from '../../server/secrets/seal.ts'
import { type CardwireProcess, startCardwire } from '../cardwire-process.ts'

const adminToken = 'admin-token-of-the-benchmark'
const key = Buffer.alloc(32, 1)

/** The built server on a database of its own, with one `tasks` source and everything on: log, budget, attempts. */
export async function startMeasured(options: { port: number; webhookOrigin: string }) {
  const folder = mkdtempSync(join(tmpdir(), 'cardwire-bench-'))
  const path = join(folder, 'cardwire.db')
  const url = `http://127.0.0.1:${options.port}`
  const start = () =>
    startCardwire({
      PORT: String(options.port),
      PUBLIC_URL: url,
      DATABASE_URL: `file:${path}`,
      ADMIN_TOKEN: adminToken,
      SECRET_KEY: key.toString('base64'),
      WEBHOOK_HOSTS: options.webhookOrigin,
    })
  let server: CardwireProcess = await start()
  const made = await fetch(`${url}/api/admin/sources`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'tasks', name: 'Tasks' }),
  })
  const source = (await made.json()) as { id: string; url: string; secret: string }
  const database = new Sqlite(path, { readonly: true })
  const waiting = database.prepare("SELECT count(*) AS n FROM delivery WHERE state = 'pending'")

  return {
    source,
    pid: () => server.pid,
    /** Configurations with a destination each, written at once while the server is stopped. */
    async configure(count: number): Promise<void> {
      await server.stop()
      writeConfigurations(path, { count, sourceId: source.id, origin: options.webhookOrigin })
      server = await start()
    },
    /** Deliveries that are not settled yet. */
    pending: () => (waiting.get() as { n: number }).n,
    async close() {
      database.close()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function writeConfigurations(path: string, made: { count: number; sourceId: string; origin: string }): void {
  const database = new Sqlite(path)
  const sealer = createSealer([key])
  const now = Date.now()
  const destination = database.prepare(
    `INSERT INTO destination (id, fingerprint, urlSealed, host, transport, healthSince, savedAt, createdAt)
     VALUES (?, ?, ?, ?, 'connector', ?, ?, ?)`,
  )
  const configuration = database.prepare(
    `INSERT INTO configuration (entityId, tenantId, name, sourceId, destinationId, choices, rule, host, locale, zone,
       place, approvedAt, createdAt, updatedAt)
     VALUES (?, 'bench', ?, ?, ?, '{}', ?, 'connector', 'en-US', 'Europe/Paris', '{"kind":"channel"}', ?, ?, ?)`,
  )
  const rule = { eventTypes: ['task.created'], include: [], exclude: [], quietHours: null, digest: null }
  database.transaction(() => {
    for (let index = 0; index < made.count; index++) {
      const id = uuid()
      const url = `${made.origin}/webhookb2/${index}`
      const sealed = sealer.seal(url, `destination:${id}:url`)
      destination.run(id, sealer.fingerprint(url), sealed, new URL(url).host, now, now, now)
      configuration.run(uuid(), `Channel ${index}`, made.sourceId, id, JSON.stringify(rule), now, now, now)
    }
    database.prepare('UPDATE source SET rulesVersion = rulesVersion + 1').run()
  })()
  database.close()
}
