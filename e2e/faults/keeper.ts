import { setTimeout as wait } from 'node:timers/promises'
import { type CardwireProcess, launchCardwire } from '../cardwire-process.ts'

/** When the server was not there, or not itself. */
export interface Stop {
  kind: 'kill' | 'freeze'
  /** Which one, from 1 on. */
  number: number
  how: string
  from: number
  /** When it ran again. */
  to: number
}

/**
 * Keeps one server running on one file: starts it, and again after each kill. It ends only what it has started.
 */
export interface Keeper {
  readonly stops: readonly Stop[]
  /** What the server should never have done: ended by itself, or not started. */
  readonly complaints: readonly string[]
  /** Names and counts of the lines it logged as warnings or worse. */
  readonly warnings: ReadonlyMap<string, number>
  start(): Promise<void>
  /** `SIGKILL`, and a new start. */
  kill(how: string): Promise<void>
  /** `SIGKILL` so long after a start that may not be over, and a new start. */
  killStarting(afterMs: number): Promise<void>
  /** `SIGTERM`, and `SIGKILL` so long after it, and a new start. */
  killStopping(afterMs: number): Promise<void>
  freeze(ms: number): Promise<void>
  stop(): Promise<void>
  /** For the end of this process, whatever state all is in. */
  endAtOnce(): void
}

export function createKeeper(options: {
  environment: Record<string, string>
  main: string | undefined
}): Keeper {
  const stops: Stop[] = []
  const complaints: string[] = []
  const warnings = new Map<string, number>()
  let running: { cardwire: CardwireProcess; ready: Promise<void> } | undefined
  let isEnding = false

  return {
    stops,
    complaints,
    warnings,
    async start() {
      launch()
      await running?.ready
    },
    kill: (how) => killed(how),
    async killStarting(afterMs) {
      const from = Date.now()
      await end()
      launch()
      note('kill', 'at random', from)
      await wait(afterMs)
      await killed('while starting')
    },
    async killStopping(afterMs) {
      isEnding = true
      running?.cardwire.signal('SIGTERM')
      await wait(afterMs)
      await killed('while stopping')
    },
    async freeze(ms) {
      const from = Date.now()
      running?.cardwire.signal('SIGSTOP')
      await wait(ms)
      running?.cardwire.signal('SIGCONT')
      note('freeze', `for ${Math.round(ms / 100) / 10} s`, from)
    },
    async stop() {
      isEnding = true
      await running?.cardwire.stop()
    },
    endAtOnce: () => {
      isEnding = true
      running?.cardwire.signal('SIGKILL')
    },
  }

  function launch(): void {
    isEnding = false
    const launched = launchCardwire(options.environment, { main: options.main, onLine: read })
    launched.ready.catch(() => undefined)
    running = launched
    void watch(launched.cardwire)
  }

  async function watch(cardwire: CardwireProcess): Promise<void> {
    await cardwire.ended
    if (isEnding || running?.cardwire !== cardwire) return
    complaints.push(`The server ended by itself:\n${cardwire.log.slice(-5).join('\n')}`)
  }

  async function end(): Promise<void> {
    isEnding = true
    await running?.cardwire.kill()
  }

  async function killed(how: string): Promise<void> {
    const from = Date.now()
    await end()
    launch()
    try {
      await running?.ready
    } catch (error) {
      complaints.push(`The server did not start after a kill (${how}): ${String(error)}`)
    }
    note('kill', how, from)
  }

  function note(kind: Stop['kind'], how: string, from: number): void {
    const number = stops.filter((one) => one.kind === kind).length + 1
    stops.push({ kind, number, how, from, to: Date.now() })
  }

  function read(line: string): void {
    const { level, event } = parse(line)
    if (level === undefined || isHarmless(level)) return
    warnings.set(event ?? line, (warnings.get(event ?? line) ?? 0) + 1)
  }
}

const isHarmless = (level: string | number) => level === 'info' || level === 'debug' || Number(level) < 40

function parse(line: string): { level?: string | number; event?: string } {
  try {
    return JSON.parse(line) as { level?: string | number; event?: string }
  } catch {
    return { level: 'error' }
  }
}
