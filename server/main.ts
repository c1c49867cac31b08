import closeWithGrace from 'close-with-grace'
import { buildApp } from './app.ts'
import { readConfig, SettingsError } from './config.ts'
import { createContext } from './context.ts'
import { flushLog } from './telemetry/log.ts'
import { version } from './version.ts'

/** Long enough to finish what is in flight; then the process ends, and the next one takes over. */
const graceMs = 20_000
/** Whoever is not answered by then is cut off: a slow sender must not cost the cards in flight. */
const drainMs = 5_000

// The database and the secrets beside it are nobody else's to read.
process.umask(0o077)
const config = orExit(readConfig)
const context = await createContext(config, { watchesProcess: true }).catch(exit)
const keyFaults = await context.storage.keyFaults()
if (keyFaults.length > 0) exit(new SettingsError(keyFaults))
const { log } = context
let state: 'starting' | 'ready' | 'stopping' = 'starting'
const http = await buildApp(context, { state: () => state, ping: context.storage.ping })

closeWithGrace({ delay: graceMs, logger: false }, async ({ signal, err }) => {
  state = 'stopping'
  if (err) log.fatal({ error: err }, 'server.failed')
  log.info({ signal }, 'server.stopping')
  await Promise.all([closeHttp(), context.worker.stop()])
  await context.close()
  log.info('server.stopped')
  await flushLog(log)
})

await context.worker.start()
await http.listen({ host: config.host, port: config.port }).catch(exit)
state = 'ready'
for (const note of config.notes) log.warn({ note }, 'server.noted')
log.info({ version, publicUrl: config.publicUrl, role: config.role }, 'server.ready')
context.sweeper.start()

async function closeHttp(): Promise<void> {
  const late = setTimeout(() => http.server.closeAllConnections(), drainMs)
  await http.close()
  clearTimeout(late)
}

function orExit<Made>(make: () => Made): Made {
  try {
    return make()
  } catch (error) {
    return exit(error)
  }
}

/** What stops the start is told to a person at a terminal: all wrong settings at once, and without a stack. */
function exit(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  return process.exit(error instanceof SettingsError ? 78 : 1)
}
