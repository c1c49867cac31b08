import { setTimeout } from 'node:timers/promises'

/**
 * Does something again and again, the next time so long after the last has ended.
 * @param work must not throw; ends early when its signal says so.
 */
export function createRepeat(work: (signal: AbortSignal) => Promise<void>, pauseMs: number) {
  const stopping = new AbortController()
  let loop: Promise<void> | undefined

  return {
    start(): void {
      loop ??= run(stopping.signal)
    },
    /** What is being done is ended first. */
    async stop(): Promise<void> {
      stopping.abort()
      await loop
    },
  }

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await work(signal)
      // Stopping ends the pause, which is no failure.
      await setTimeout(pauseMs, undefined, { signal, ref: false }).catch(() => {})
    }
  }
}
