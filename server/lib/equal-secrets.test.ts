import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { equalSecrets } from './equal-secrets.ts'

test('holds for the same secret and for no other', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), (secret, other) => {
      expect(equalSecrets(secret, secret)).toBe(true)
      expect(equalSecrets(other, secret)).toBe(Buffer.from(other).equals(Buffer.from(secret)))
    }),
  )
})

test('refuses an empty secret, even against itself', () => {
  expect(equalSecrets('', '')).toBe(false)
})

test('compares text and bytes alike', () => {
  expect(equalSecrets(Buffer.from('clé'), 'clé')).toBe(true)
})
