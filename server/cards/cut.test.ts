import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cut } from './cut.ts'

const unit = fc.constantFrom(
  ...Array.from('aé漢ع .,-/'),
  '🦊',
  '👩‍👩‍👧‍👦',
  '🇫🇷',
  'e\u0301',
  'नि',
  'https://a.b/',
  'word ',
  'https://teams.example/a/b?c=d ',
)
const line = fc.array(unit, { maxLength: 200 }).map((units) => units.join('').replace(/\s+/g, ' ').trim())
const longest = fc.integer({ min: 6, max: 200 })

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

describe('a line', () => {
  test('is left alone where it is short enough', () => {
    fc.assert(
      fc.property(line, (whole) => {
        expect(cut(whole, whole.length)).toBe(whole)
      }),
    )
  })

  test('is never longer than asked for, and begins as the whole did', () => {
    fc.assert(
      fc.property(line, longest, (whole, most) => {
        const short = cut(whole, most)
        expect(short.length).toBeLessThanOrEqual(most)
        if (short !== whole) expect(short).toMatch(/…$/)
        expect(whole.startsWith(short.replace(/ ?…$/, ''))).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  test('is never cut through a character as people see it', () => {
    fc.assert(
      fc.property(line, longest, (whole, most) => {
        const { length } = cut(whole, most).replace(/ ?…$/, '')
        const edges = [...graphemes.segment(whole)].map(({ index }) => index)
        expect([...edges, whole.length]).toContain(length)
      }),
      { numRuns: 1_000 },
    )
  })

  test('is never cut through an address, nor has an address swallow the ellipsis', () => {
    fc.assert(
      fc.property(line, longest, (whole, most) => {
        const addresses = whole.match(/https:\S*/g) ?? []
        for (const address of cut(whole, most).match(/https:\S*/g) ?? []) {
          expect(addresses.some((each) => each.startsWith(address.replace(/[.,…-]*$/, '')))).toBe(true)
          expect(address).not.toMatch(/\/…$/)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test.each([
    ['The quick brown fox jumps', 20, 'The quick brown…'],
    ['敏捷的棕色狐狸跳过了懒狗', 9, '敏捷的…'],
    ['See https://teams.example/a/long/one for more', 30, 'See…'],
    ['See https://a.b/c for more of it', 24, 'See https://a.b/c …'],
    ['x'.repeat(100), 10, 'xxxxx…'],
    ['👩‍👩‍👧‍👦'.repeat(3), 20, '👩‍👩‍👧‍👦…'],
    ['https://a.b/'.repeat(9), 40, '…'],
  ])('reads like this: %s', (whole, most, short) => expect(cut(whole, most)).toBe(short))
})
