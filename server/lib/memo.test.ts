import { describe, expect, it } from 'vitest'
import { createMemo } from './memo.ts'

describe('a memo', () => {
  it('makes each thing once, and forgets what it made first', () => {
    const asked: string[] = []
    const upper = createMemo((text: string) => {
      asked.push(text)
      return text.toUpperCase()
    }, 2)
    expect(['a', 'b', 'a', 'c', 'b', 'a'].map(upper)).toEqual(['A', 'B', 'A', 'C', 'B', 'A'])
    expect(asked).toEqual(['a', 'b', 'c', 'a'])
  })
})
