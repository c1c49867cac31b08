import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Place } from './place.ts'

/** A script of this folder in a process of its own, which prints the port it listens on. */
export async function startChild(
  place: Place,
  script: string,
  args: string[] = [],
): Promise<{ port: number; stop(): Promise<void> }> {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const child = place.spawn(['--import', 'tsx', path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (!child.stdout) throw new Error('The child has no output.')
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${script} ended.`)))
  const line = once(createInterface({ input: child.stdout }), 'line')
  const [port] = (await Promise.race([line, ended])) as [string]
  ended.catch(() => undefined)
  return { port: Number(port), stop: () => endChild(child) }
}

/** Ends it as an administrator would, and waits until it has. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
