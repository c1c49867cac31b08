import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'playwright/test'

let run: ChildProcessByStdio<null, Readable, Readable> | undefined
// It ends what it started itself, however it is told to end.
test.afterEach(() => run?.kill('SIGTERM'))

// What goes wrong once in a thousand kills is what it looks for.
test.describe.configure({ retries: 0 })

/** It waits for most of its minute: here others use that time. */
test('nothing is lost in a minute of kills, cuts and lies', async () => {
  test.setTimeout(150_000)
  const program = fileURLToPath(new URL('../faults/faults.ts', import.meta.url))
  run = spawn(process.execPath, ['--import', 'tsx', program, '--short'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // Told by its seed, it can be run again.
  const [told, errors, [code]] = await Promise.all([text(run.stdout), text(run.stderr), once(run, 'exit')])
  console.log(told)
  expect(code, `${told}\n${errors}`).toBe(0)
})
