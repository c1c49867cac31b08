import { expect, test } from 'vitest'
import type { Asked } from './sign-in-by-pop-up.ts'
import { createTokens } from './tokens.ts'

const tokenUntil = (seconds: number) => `head.${btoa(JSON.stringify({ exp: seconds }))}.signature`

function playedTokens(answers: (string | undefined)[], askPerson?: () => Promise<Asked>) {
  const clock = { ms: 0 }
  const asked = { times: 0 }
  const tokens = createTokens({
    ask: async () => {
      asked.times += 1
      return answers.shift()
    },
    askPerson,
    now: () => clock.ms,
  })
  return { ...tokens, clock, asked }
}

test('a token serves until a minute before it ends', async () => {
  const [first, second] = [tokenUntil(3600), tokenUntil(7200)]
  const { token, clock, asked } = playedTokens([first, second])
  expect(await token()).toBe(first)
  clock.ms = 3_539_000
  expect(await token()).toBe(first)
  expect(asked.times).toBe(1)
  clock.ms = 3_541_000
  expect(await token()).toBe(second)
})

test('calls made at once ask Teams once', async () => {
  const { token, asked } = playedTokens([tokenUntil(3600)])
  await Promise.all([token(), token()])
  expect(asked.times).toBe(1)
})

test('a Teams that gives no token is not waited for again at once, but later', async () => {
  const late = tokenUntil(3600)
  const { token, clock, asked } = playedTokens([undefined, late])
  expect(await token()).toBeUndefined()
  expect(await token()).toBeUndefined()
  expect(asked.times).toBe(1)
  clock.ms = 31_000
  expect(await token()).toBe(late)
})

test('signing in asks anew, whatever is kept', async () => {
  const late = tokenUntil(3600)
  const { token, signIn } = playedTokens([undefined, late])
  await token()
  expect(await signIn()).toBe(late)
  expect(await token()).toBe(late)
})

test('a token that cannot be read is used once', async () => {
  const { token, asked } = playedTokens(['opaque', 'opaque'])
  expect(await token()).toBe('opaque')
  expect(await token()).toBe('opaque')
  expect(asked.times).toBe(2)
})

test('what a person signed in with serves until a minute before it ends, though Teams gives no token', async () => {
  const own = tokenUntil(3600)
  const { token, signIn, askPerson, clock } = playedTokens([], async () => ({ ok: true, value: own }))
  expect(await token()).toBeUndefined()
  expect(await askPerson?.()).toEqual({ ok: true, value: own })
  expect(await token()).toBe(own)
  clock.ms = 3_539_000
  expect(await signIn()).toBe(own)
  clock.ms = 3_541_000
  expect(await token()).toBeUndefined()
})

test('who did not sign in has no token, and where nobody can, nobody is asked', async () => {
  const closed = { ok: false, failure: { kind: 'pop-up closed' } } as const
  const { token, askPerson } = playedTokens([], async () => closed)
  expect(await askPerson?.()).toEqual(closed)
  expect(await token()).toBeUndefined()
  expect(playedTokens([]).askPerson).toBeUndefined()
})
