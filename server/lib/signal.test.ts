import { describe, expect, it } from 'vitest'
import { createSignal } from './signal.ts'

/** Longer than any test may take: what waits that long was not woken. */
const forEver = 60_000

describe('a signal', () => {
  it('that was raised before ends the next wait at once: no wake-up is lost', async () => {
    const signal = createSignal()
    signal.raise()
    await signal.wait(forEver)
    await signal.wait(forEver)
  })

  it('ends a wait that goes on, and every one after it until it is lowered', async () => {
    const signal = createSignal()
    const waiting = signal.wait(forEver)
    signal.raise()
    await waiting
    await signal.wait(forEver)
  })

  it('that was lowered is waited for again, and not for longer than asked', async () => {
    const signal = createSignal()
    signal.raise()
    signal.lower()
    const first = await Promise.race([
      signal.wait(20).then(() => 'the wait'),
      new Promise((resolve) => {
        setImmediate(resolve, 'the test')
      }),
    ])
    expect(first).toBe('the test')
    await signal.wait(20)
  })
})
