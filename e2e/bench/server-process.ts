import type { ChildProcess } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { request } from 'undici'
import packageJson from '../../package.json' with { type: 'json' }
import { endChild } from './child.ts'
import type { Place } from './place.ts'

/** The built server as `npm start > cardwire.log` runs it: a pipe into this process would make it wait for us. */
export interface ServerProcess {
  pid: number
  /** From its start until `/readyz` answered 200. */
  readyMs: number
  stop(): Promise<void>
}

export interface ServerOptions {
  place: Place
  /** The built server; another build than the one in `dist/` may be measured. */
  main: string
  logPath: string
  environment: Record<string, string>
  /** What Node.js itself is told, such as to write a profile. */
  nodeOptions?: string[] | undefined
}

export const builtServer = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url))

/** What `npm start` gives Node.js. */
const startOptions = packageJson.scripts.start.split(' ').slice(1, -1)

/** @throws {Error} with the end of its log, when it ends instead of being ready. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const { place, main, logPath, environment, nodeOptions = [] } = options
  if (!existsSync(main)) throw new Error('The server is not built: run `npm run build`.')
  const log = openSync(logPath, 'a')
  const startedAt = performance.now()
  const child = place.spawn([...startOptions, ...nodeOptions, main], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const isReady = await untilReady(child, `http://127.0.0.1:${environment.PORT}/readyz`)
  if (!isReady) throw new Error(`The server ended:\n${readFileSync(logPath, 'utf8').slice(-2000)}`)
  return { pid: child.pid ?? 0, readyMs: performance.now() - startedAt, stop: () => endChild(child) }
}

/** Asks every few milliseconds; false when the process ends instead. */
export async function untilReady(child: ChildProcess, url: string): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    const status = await statusOf(url)
    if (status === 200) return true
    await wait(5)
  }
  return false
}

async function statusOf(url: string): Promise<number> {
  try {
    const { statusCode, body } = await request(url, { reset: true })
    await body.dump()
    return statusCode
  } catch {
    return 0
  }
}
