import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The real server as its own process, as `npm start` runs it. */
export interface CardwireProcess {
  url: string
  pid: number
  /** Every line of log so far. */
  log: readonly string[]
  /** Ends it as an administrator would, and waits until it has. */
  stop(): Promise<void>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
  /** Whatever else a process can be told; one that has ended does not hear it. */
  signal(signal: NodeJS.Signals): void
  /** Resolves when it has ended, however. */
  ended: Promise<void>
}

export interface LaunchOptions {
  onLine?: (line: string) => void
  /** Another build than the one in `dist/`. */
  main?: string | undefined
}

const built = fileURLToPath(new URL('../dist/server/main.js', import.meta.url))

/** What `npm start` gives Node.js, less what only a large server needs. */
const argumentsOf = (main: string) => ['--enable-source-maps', main]

/** How Node.js is told to run the built server. */
export const startArguments = argumentsOf(built)

/**
 * Starts the built server and waits until it is ready.
 * @param environment the settings; nothing else of this process's environment but PATH is passed on.
 * @throws {Error} with what it said, when it ends instead.
 */
export async function startCardwire(
  environment: Record<string, string>,
  options: LaunchOptions = {},
): Promise<CardwireProcess> {
  const { cardwire, ready } = launchCardwire(environment, options)
  await ready
  return cardwire
}

/** Starts the built server and waits for nothing: it can be told to end before it is ready. */
export function launchCardwire(
  environment: Record<string, string>,
  { onLine, main = built }: LaunchOptions = {},
): { cardwire: CardwireProcess; ready: Promise<void> } {
  if (!existsSync(main)) throw new Error('The server is not built: run `npm run build`.')
  const child = spawn(process.execPath, argumentsOf(main), {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log: string[] = []
  const ready = new Promise<void>((resolve, reject) => {
    const read = (line: string) => {
      log.push(line)
      onLine?.(line)
      if (line.includes('"event":"server.ready"')) resolve()
    }
    createInterface({ input: child.stdout }).on('line', read)
    createInterface({ input: child.stderr }).on('line', read)
    child.once('exit', (code) => reject(new Error(`The server ended (${code}):\n${log.join('\n')}`)))
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const port = environment.PORT ?? '3978'
  const cardwire: CardwireProcess = {
    url: environment.PUBLIC_URL ?? `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    log,
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
    signal: (signal) => void child.kill(signal),
    ended,
  }
  return { cardwire, ready }
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}
