import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { challengeOf } from './challenge-of.ts'
import { createOneTimeCodes } from './one-time-codes.ts'

const verifier = 'a-verifier-of-forty-three-letters-at-the-least'

function create() {
  const clock = { ms: 0 }
  let issued = 0
  const codes = createOneTimeCodes<string>({ now: () => clock.ms, newCode: () => `code-${++issued}` })
  return { ...codes, clock }
}

it('makes of a verifier the challenge that RFC 7636 makes of its example', () => {
  const example = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
  expect(challengeOf(example)).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
})

it('hands over what was kept, to whoever knows the verifier, within a minute', () => {
  const { issue, redeem, clock } = create()
  const code = issue('token', challengeOf(verifier))
  clock.ms = 59_999
  expect(redeem(code, verifier)).toBe('token')
})

it('never hands over anything twice, nor to another verifier, nor for another code', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (someCode, someVerifier) => {
      fc.pre(someVerifier !== verifier && someCode !== 'code-1')
      const { issue, redeem } = create()
      const code = issue('token', challengeOf(verifier))
      expect(redeem(someCode, verifier)).toBeUndefined()
      expect(redeem(code, someVerifier)).toBeUndefined()
      expect(redeem(code, verifier)).toBeUndefined()
    }),
  )
})

it('takes the challenge itself for no verifier', () => {
  const { issue, redeem } = create()
  const challenge = challengeOf(verifier)
  expect(redeem(issue('token', challenge), challenge)).toBeUndefined()
})

it('keeps no more than it can hold, and forgets the oldest first', () => {
  const { issue, redeem } = create()
  const codes = Array.from({ length: 10_001 }, (_, index) => issue(`token ${index}`, challengeOf(verifier)))
  expect(redeem(codes[0] ?? '', verifier)).toBeUndefined()
  expect(redeem(codes[1] ?? '', verifier)).toBe('token 1')
  expect(redeem(codes[10_000] ?? '', verifier)).toBe('token 10000')
})
