import { expect, test } from 'vitest'
import { type Answer, answerOnce } from './answer-once.ts'

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
