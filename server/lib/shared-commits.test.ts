import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSharedCommits } from './shared-commits.ts'

describe('shared commits', () => {
  it('always give each caller its own result, and an error to exactly those who are to blame for it', async () => {
    const callers = fc.array(fc.record({ pause: fc.nat({ max: 4 }), poison: fc.boolean() }), {
      maxLength: 40,
    })
    await fc.assert(
      fc.asyncProperty(
        callers,
        fc.integer({ min: 1, max: 8 }),
        fc.nat({ max: 3 }),
        async (all, mostAtOnce, slow) => {
          const commits: number[][] = []
          let writing = 0
          const shared = createSharedCommits(
            async (parts: number[]) => {
              expect(++writing).toBe(1)
              await turns(slow)
              writing -= 1
              if (parts.some((part) => all[part]?.poison)) throw new Error(`failed: ${parts.join()}`)
              commits.push(parts)
              return parts.map((part) => `result of ${part}`)
            },
            { mostAtOnce },
          )
          const answers = await Promise.all(
            all.map(async ({ pause }, part) => {
              await turns(pause)
              return shared.write(part).catch((error: unknown) => String(error))
            }),
          )
          const good = all.flatMap(({ poison }, part) => (poison ? [] : [part]))
          expect(commits.flat().toSorted((a, b) => a - b)).toEqual(good)
          for (const parts of commits) expect(parts.length).toBeLessThanOrEqual(mostAtOnce)
          for (const [part, { poison }] of all.entries()) {
            expect(answers[part]).toBe(poison ? `Error: failed: ${part}` : `result of ${part}`)
          }
        },
      ),
    )
  })

  it('never hold more than they may, but for a part that is too large by itself', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 }), async (sizes) => {
        const commits: number[][] = []
        const shared = createSharedCommits(
          async (parts: number[]) => {
            commits.push(parts)
            return parts
          },
          { mostAtOnce: 100, sizeOf: (part) => part, mostSize: 20 },
        )
        await Promise.all(sizes.map((size) => shared.write(size)))
        expect(commits.flat()).toEqual(sizes)
        for (const parts of commits) {
          const size = parts.reduce((sum, part) => sum + part, 0)
          expect(parts.length === 1 || size <= 20).toBe(true)
        }
      }),
    )
  })

  it('keep the order in which parts came', async () => {
    const written: number[] = []
    const shared = createSharedCommits(
      async (parts: number[]) => {
        written.push(...parts)
        return parts
      },
      { mostAtOnce: 3 },
    )
    const parts = Array.from({ length: 20 }, (_, index) => index)
    await Promise.all(parts.map((part) => shared.write(part)))
    expect(written).toEqual(parts)
  })
})

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) {
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
  }
}
