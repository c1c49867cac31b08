import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { gatherSentCards } from './sent-cards.ts'

const attempt = (body: string) => ({
  startedAt: new Date(0),
  endedAt: new Date(0),
  outcome: 'delivered' as const,
  status: 200,
  answer: '1',
  reason: null,
  body,
  sizeBytes: body.length,
  shortened: null,
})

const sliceCharacters = 512 * 1024

test('every body is written once under its own hash, and no statement holds more than its share', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 2 * sliceCharacters }), { maxLength: 8 })
  fc.assert(
    fc.property(sizes, (lengths) => {
      const cards = gatherSentCards()
      // Some are the same, as in one event to many channels.
      const bodies = lengths.map((length) => 'x'.repeat(length))
      const hashes = bodies.map((body) => cards.hashOf(attempt(body)))
      const slices = cards.statements(7).map(([, at, json]) => {
        expect(at).toBe(7)
        return Object.entries<string>(JSON.parse(json))
      })
      expect(slices.flat().length).toBe(new Set(bodies).size)
      expect(new Map(slices.flat())).toEqual(
        new Map(bodies.map((body, index) => [hashes[index] ?? '', body])),
      )
      for (const slice of slices) {
        const characters = slice.reduce((sum, [, body]) => sum + body.length, 0)
        expect(slice.length === 1 || characters <= sliceCharacters).toBe(true)
      }
    }),
    { numRuns: 40 },
  )
})
