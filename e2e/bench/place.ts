import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where a run writes and what it starts: however it ends, no file of it stays and no process of it goes on. */
export interface Place {
  /** A new and empty folder. */
  folder(): string
  /** Another Node.js, which ends with this process at the latest. */
  spawn(args: string[], options: SpawnOptions): ChildProcess
}

export function createPlace(): Place {
  const root = mkdtempSync(join(tmpdir(), 'cardwire-bench-'))
  const running = new Set<ChildProcess>()
  process.once('exit', () => {
    for (const child of running) child.kill('SIGKILL')
    rmSync(root, { recursive: true, force: true })
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
  return {
    folder: () => mkdtempSync(join(root, 'run-')),
    spawn(args, options) {
      const child = spawn(process.execPath, args, options)
      running.add(child)
      child.once('exit', () => running.delete(child))
      return child
    },
  }
}
