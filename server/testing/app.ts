import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '../app.ts'
import type { Config } from '../config.ts'
import { createContext } from '../context.ts'
import { createLog } from '../telemetry/log.ts'
import { createClock } from './clock.ts'
import { createSecrecy } from './secrecy.ts'

export const adminToken = 'the-admin-token-of-tests'

/**
 * The whole server on a database of its own, listening nowhere: ask it with `http.inject`. The worker runs only
 * when it is started. `restart` is what a new process does; `lines` is all that was logged.
 *
 * `close` fails the test when a secret got out: what the test told `secrecy`, and whatever looks like one, in the
 * lines, the metrics and the answers that it was shown.
 */
export async function startTestApp(
  settings: Partial<Config> & { clock?: ReturnType<typeof createClock> } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'cardwire-app-'))
  const { clock = createClock(), ...changes } = settings
  const config: Config = {
    port: 0,
    host: '127.0.0.1',
    publicUrl: 'http://localhost:3978',
    trustedProxies: [],
    databaseUrl: `file:${join(folder, 'cardwire.db')}`,
    role: 'all',
    secretKeys: [Buffer.alloc(32, 7)],
    adminToken,
    metricsToken: undefined,
    entra: undefined,
    teamsAppId: undefined,
    teamsConnectorId: undefined,
    teamsOrigins: [],
    webhookHosts: [],
    operationsConfiguration: undefined,
    giveUpAfterHours: 24,
    retentionDays: 30,
    allowAnonymousSetup: false,
    logLevel: 'info',
    notes: [],
    ...changes,
  }
  const lines: string[] = []
  const secrecy = createSecrecy([adminToken])
  const log = createLog('info', { write: (line) => void lines.push(line) })
  const open = async () => {
    const context = await createContext(config, { log, now: clock.now, chance: () => 0.5 })
    const http = await buildApp(context, { state: () => 'ready', ping: context.storage.ping })
    return { context, http }
  }
  let app = await open()
  const close = async () => {
    await app.http.close()
    await app.context.close()
  }
  return {
    config,
    clock,
    lines,
    secrecy,
    get http() {
      return app.http
    },
    get context() {
      return app.context
    },
    async restart() {
      await close()
      app = await open()
    },
    async close() {
      const metrics = await app.context.metrics.text()
      await close()
      rmSync(folder, { recursive: true, force: true })
      secrecy.check({ lines, metrics: [metrics] })
    },
  }
}
export type TestApp = Awaited<ReturnType<typeof startTestApp>>
