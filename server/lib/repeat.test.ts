import { describe, expect, it } from 'vitest'
import { createRepeat } from './repeat.ts'

describe('what is repeated', () => {
  it('is done at once and again after each pause', async () => {
    let times = 0
    await new Promise<void>((resolve) => {
      const repeat = createRepeat(async () => {
        if (++times === 3) resolve()
      }, 1)
      repeat.start()
    })
    expect(times).toBe(3)
  })

  it('is ended by stopping, in the middle of the work and of the pause', async () => {
    let times = 0
    let begun = () => {}
    const begin = new Promise<void>((resolve) => {
      begun = resolve
    })
    const repeat = createRepeat(async (signal) => {
      times++
      begun()
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
    }, 1)
    repeat.start()
    await begin
    await repeat.stop()
    expect(times).toBe(1)

    const resting = createRepeat(async () => void times++, 3_600_000)
    resting.start()
    await resting.stop()
    expect(times).toBe(2)
  })

  it('may be stopped without having been started', async () => {
    await createRepeat(async () => {}, 1).stop()
  })
})
