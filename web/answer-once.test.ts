import { afterEach, expect, test, vi } from 'vitest'
import { type Answer, answerOnce } from './answer-once.ts'

afterEach(() => void vi.restoreAllMocks())

async function toldBy(work: () => Promise<Answer>): Promise<unknown[]> {
  const told: unknown[] = []
  await answerOnce(
    { notifySuccess: () => told.push('success'), notifyFailure: (reason) => told.push(['failure', reason]) },
    work,
  )
  return told
}

test('a success is told as one', async () => {
  expect(await toldBy(async () => ({ ok: true }))).toEqual(['success'])
})

test('a failure is told with its sentence', async () => {
  expect(await toldBy(async () => ({ ok: false, sentence: 'Because.' }))).toEqual([['failure', 'Because.']])
})

test('a fault of our own is told as a failure too, so that the dialog does not hang', async () => {
  const told = await toldBy(async () => {
    throw new Error('Not thought of.')
  })
  expect(told).toEqual([['failure', undefined]])
})

test('a success that Teams would not hear of is taken back, and told as a failure', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const told: unknown[] = []
  const fault = new Error('The frame has gone.')
  await answerOnce(
    {
      notifySuccess: () => {
        throw fault
      },
      notifyFailure: (reason) => told.push(['failure', reason]),
    },
    async () => ({
      ok: true,
      takeBack: async () => {
        told.push('taken back')
        return 'Teams did not take it.'
      },
    }),
  )
  expect(told).toEqual(['taken back', ['failure', 'Teams did not take it.']])
  expect(logged).toHaveBeenCalledWith(expect.any(String), fault)
})

test('a Teams that can be told nothing at all is no fault of the page', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const deaf = () => {
    throw new Error('The frame has gone.')
  }
  const takeBack = vi.fn(async () => Promise.reject(new Error('Not thought of.')))
  await answerOnce({ notifySuccess: deaf, notifyFailure: deaf }, async () => ({ ok: true, takeBack }))
  await answerOnce({ notifySuccess: deaf, notifyFailure: deaf }, async () => ({ ok: true }))
  expect(takeBack).toHaveBeenCalledOnce()
})
