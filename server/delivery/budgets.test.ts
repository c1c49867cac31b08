import { describe, expect, it } from 'vitest'
import { createClock } from '../testing/clock.ts'
import { mayStartAt } from './budget.ts'
import { createBudgets } from './budgets.ts'

/** What is on disk: when the requests of each destination ended. */
function createAttempts() {
  const clock = createClock()
  const ended = new Map<string, number[]>()
  const asked: string[][] = []
  const budgets = createBudgets({
    now: clock.now,
    keep: 2,
    async sentSince(ids, since) {
      asked.push(ids)
      return new Map(
        ids.map((id) => [id, (ended.get(id) ?? []).filter((at) => at >= since.getTime())] as const),
      )
    },
  })
  const lane = (destinationId: string, transport: 'connector' | 'workflow' = 'connector') => ({
    destinationId,
    transport,
  })
  const free = (id: string) => mayStartAt(budgets.of(id), clock.now().getTime()) === clock.now().getTime()
  return { clock, ended, asked, budgets, lane, free }
}

describe('budgets', () => {
  it('are rebuilt from the attempts that are on disk', async () => {
    const { clock, ended, budgets, lane, free } = createAttempts()
    ended.set('a', Array(4).fill(clock.now().getTime()))
    await budgets.load([lane('a'), lane('b')])
    expect([free('a'), free('b')]).toEqual([false, true])
    clock.turn({ seconds: 2 })
    expect(free('a')).toBe(true)
  })

  it('count what is sent without asking the disk again', async () => {
    const { clock, asked, budgets, lane, free } = createAttempts()
    await budgets.load([lane('a')])
    for (let sent = 0; sent < 4; sent++) budgets.charge('a', clock.now())
    await budgets.load([lane('a')])
    expect(free('a')).toBe(false)
    expect(asked).toEqual([['a']])
  })

  it('are read anew when another hand wrote attempts, and when the transport is another', async () => {
    const { clock, ended, asked, budgets, lane, free } = createAttempts()
    await budgets.load([lane('a')])
    ended.set('a', Array(4).fill(clock.now().getTime()))
    budgets.forget(['a'])
    await budgets.load([lane('a')])
    expect(free('a')).toBe(false)
    await budgets.load([lane('a', 'workflow')])
    expect(asked).toEqual([['a'], ['a'], ['a']])
  })

  it('of what was leased longest ago are dropped first, and never those asked for', async () => {
    const { asked, budgets, lane } = createAttempts()
    await budgets.load([lane('a')])
    await budgets.load([lane('b')])
    await budgets.load([lane('a')])
    await budgets.load([lane('c')])
    expect(() => budgets.of('a')).not.toThrow()
    expect(() => budgets.of('b')).toThrow('before it was loaded')
    expect(asked).toEqual([['a'], ['b'], ['c']])
  })
})
