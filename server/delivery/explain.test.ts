import { describe, expect, it } from 'vitest'
import { explainHealth } from './explain.ts'
import { told } from './explained-words.ts'

describe('a destination that fails', () => {
  const failing = { health: 'failing', transport: 'connector' } as const
  const by = (outcome: 'refused' | 'unreachable' | 'delivered', status: number) =>
    explainHealth({ ...failing, last: { outcome, status, answer: '' } })

  it('is explained by an attempt that says something of it', () => {
    expect(by('unreachable', 503)).toBe(told.inTrouble)
    expect(by('refused', 401)).toBe(told.urlRefused)
  })

  it('is not explained by a card that Teams does not take', () => {
    for (const status of [400, 413]) expect(by('refused', status)).toBeUndefined()
    expect(explainHealth({ ...failing, last: undefined })).toBeUndefined()
  })
})
