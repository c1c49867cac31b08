import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileGlob } from './glob.ts'

/** The textbook way, exponential and plain. */
function matchesPlainly(pattern: readonly string[], text: readonly string[]): boolean {
  const [head, ...rest] = pattern
  if (head === undefined) return text.length === 0
  if (head === '*') {
    return matchesPlainly(rest, text) || (text.length > 0 && matchesPlainly(pattern, text.slice(1)))
  }
  return text.length > 0 && (head === '?' || head === text[0]) && matchesPlainly(rest, text.slice(1))
}

const few = (...characters: string[]) => fc.array(fc.constantFrom(...characters), { maxLength: 12 })

test('matches exactly what the plain definition says', () => {
  fc.assert(
    fc.property(few('*', '?', 'a', 'b', '🦊'), few('a', 'b', '🦊', '*'), (pattern, text) => {
      expect(compileGlob(pattern.join(''))(text.join(''))).toBe(matchesPlainly(pattern, text))
    }),
    { numRuns: 2_000 },
  )
})

test('matches patterns longer than a machine word', () => {
  fc.assert(
    fc.property(fc.nat({ max: 200 }), fc.nat({ max: 200 }), fc.constantFrom('', '*'), (length, at, star) => {
      const text = Array.from({ length }, (_, index) => String.fromCharCode(97 + (index % 26))).join('')
      const pattern = `${text.slice(0, at)}${star}${text.slice(at)}`
      expect(compileGlob(pattern)(text)).toBe(true)
      expect(compileGlob(pattern)(`${text}!`)).toBe(star === '*' && at >= length)
      expect(compileGlob(`${pattern}?`)(`${text}!`)).toBe(true)
      expect(compileGlob(`${pattern}?`)(text)).toBe(false)
    }),
  )
})

test('takes brackets, dots and backslashes for themselves', () => {
  expect(compileGlob('[a].(b)\\*')('[a].(b)\\c')).toBe(true)
  expect(compileGlob('a.c')('abc')).toBe(false)
})

test('bears a pattern made to explode', () => {
  expect(compileGlob(`${'a*'.repeat(400)}b`)('a'.repeat(20_000))).toBe(false)
  expect(compileGlob(`*${'?'.repeat(900)}`)('a'.repeat(20_000))).toBe(true)
})
