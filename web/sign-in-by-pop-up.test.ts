import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Asked, signInByPopUp } from './sign-in-by-pop-up.ts'

const origin = 'https://cardwire.example'
const look = { lang: 'fr', theme: 'dark', hint: 'amara@harbour.example' }

test('proves with the code that the same page began, by what it told nobody before', async () => {
  const opened: URL[] = []
  const proofs: { code: string; verifier: string }[] = []
  const asked = await signInByPopUp({
    origin,
    look,
    open: async (url) => {
      opened.push(new URL(url))
      return { ok: true, value: 'one-time code' }
    },
    redeem: async (proof) => {
      proofs.push(proof)
      return { ok: true, value: 'token' }
    },
  })
  expect(asked).toEqual({ ok: true, value: 'token' })
  const [{ code, verifier } = { code: '', verifier: '' }] = proofs
  const digest = createHash('sha256').update(verifier).digest('base64url')
  expect(code).toBe('one-time code')
  expect(verifier).toMatch(/^[\w-]{43}$/)
  expect(opened.map(({ href }) => href)).toEqual([
    `${origin}/auth/start?challenge=${digest}&lang=fr&theme=dark&hint=amara%40harbour.example`,
  ])
})

test('says why there is no code, and asks for no token', async () => {
  const closed: Asked = { ok: false, failure: { kind: 'pop-up closed' } }
  const asked = await signInByPopUp({
    origin,
    look: { ...look, hint: undefined },
    open: async () => closed,
    redeem: () => Promise.reject(new Error('Nobody asked for a token.')),
  })
  expect(asked).toEqual(closed)
})

test('makes another verifier each time', async () => {
  const challenges = new Set<string | null>()
  for (let time = 0; time < 3; time++) {
    await signInByPopUp({
      origin,
      look,
      open: async (url) => {
        challenges.add(new URL(url).searchParams.get('challenge'))
        return { ok: false, failure: { kind: 'pop-up closed' } }
      },
      redeem: async () => ({ ok: true, value: 'token' }),
    })
  }
  expect(challenges.size).toBe(3)
})
