import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import type { EntraVerifier } from '../auth/entra.ts'
import { AppError } from '../errors.ts'
import { createWho, type WhoOptions } from './who.ts'

const ADMIN_TOKEN = 'an-admin-token-of-some-length'

/** Believes three tokens of the right shape, as the real one believes signed ones. */
const entra: Pick<EntraVerifier, 'verify'> = {
  async verify(token) {
    if (token === 'ada.is.signed') return { tid: 't', oid: 'ada', name: 'Ada', roles: [] }
    if (token === 'root.is.signed') return { tid: 't', oid: 'root', roles: ['Admin'] }
    if (token === 'keys.are.away') throw new AppError('sign-in-unavailable', { public: 'Later.' })
    throw new AppError('unauthenticated', { public: 'No.' })
  },
}

/** What each way of asking gives for a request, or the code of its refusal. */
async function ask(
  headers: Record<string, string>,
  options: Partial<WhoOptions['config']> & { entra?: EntraVerifier | undefined } = {},
) {
  const { entra: verifier, ...config } = { entra, ...options }
  const who = createWho({
    config: {
      publicUrl: 'http://localhost:3978',
      adminToken: ADMIN_TOKEN,
      allowAnonymousSetup: false,
      ...config,
    },
    entra: verifier,
    sessions: { endOf: (session) => (session === 'good' ? new Date() : undefined) },
  })
  const http = Fastify()
  const orCode = (error: unknown) => (error instanceof AppError ? error.code : 'internal')
  http.route({
    method: 'GET',
    url: '/',
    handler: async (request) => ({
      person: await who.requirePerson(request).catch(orCode),
      administrator: await who.requireAdministrator(request).catch(orCode),
    }),
  })
  const answer = await http.inject({ url: '/', headers: { host: 'localhost:3978', ...headers } })
  await http.close()
  return answer.json()
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

describe('who is behind a request', () => {
  it('is a person by a proven token, who administers nothing', async () => {
    expect(await ask(bearer('ada.is.signed'))).toEqual({
      person: { tenantId: 't', oid: 'ada', name: 'Ada', isAdministrator: false, who: 'person:t/ada' },
      administrator: 'forbidden',
    })
  })

  it('is an administrator by the app role', async () => {
    expect(await ask(bearer('root.is.signed'))).toEqual({
      person: { tenantId: 't', oid: 'root', isAdministrator: true, who: 'person:t/root' },
      administrator: { isAdministrator: true, who: 'person:t/root' },
    })
  })

  it('is an administrator, and no person, by the admin token', async () => {
    expect(await ask(bearer(ADMIN_TOKEN))).toEqual({
      person: 'unauthenticated',
      administrator: { isAdministrator: true, who: 'administrator:token' },
    })
  })

  it.each([
    ['no header', {}],
    ['an empty header', { authorization: '' }],
    ['a bearer of nothing', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: `Basic ${ADMIN_TOKEN}` }],
    ['half the admin token', bearer(ADMIN_TOKEN.slice(0, 10))],
    ['the admin token and more', bearer(`${ADMIN_TOKEN}x`)],
    ['a token nobody signed', bearer('mallory.is.here')],
    ['a session of another kind', { cookie: `session=${ADMIN_TOKEN}` }],
  ])('is nobody by %s', async (_, headers) => {
    expect(await ask(headers)).toEqual({ person: 'unauthenticated', administrator: 'unauthenticated' })
  })

  it('is an administrator by the session of a console', async () => {
    expect(await ask({ cookie: 'cardwire-admin=good' })).toEqual({
      person: 'unauthenticated',
      administrator: { isAdministrator: true, who: 'administrator:token' },
    })
  })

  it('is nobody by a session that is over or forged', async () => {
    expect(await ask({ cookie: 'cardwire-admin=bad' })).toMatchObject({ administrator: 'unauthenticated' })
  })

  it('cannot be told while keys cannot be had', async () => {
    expect(await ask(bearer('keys.are.away'))).toEqual({
      person: 'sign-in-unavailable',
      administrator: 'sign-in-unavailable',
    })
  })
})

describe('without Entra settings', () => {
  const anonymous = { tenantId: 'anonymous', oid: 'anonymous', isAdministrator: false, who: 'anonymous' }

  it('nobody is a person', async () => {
    expect(await ask(bearer('ada.is.signed'), { entra: undefined })).toMatchObject({
      person: 'unauthenticated',
    })
  })

  it.each(['http://localhost:3978', 'http://127.0.0.1:3978', 'http://[::1]:3978'])(
    'everyone at %s is one person where that is allowed, and no administrator',
    async (publicUrl) => {
      const headers = { host: new URL(publicUrl).host }
      expect(await ask(headers, { entra: undefined, allowAnonymousSetup: true, publicUrl })).toEqual({
        person: anonymous,
        administrator: 'unauthenticated',
      })
    },
  )

  it.each(['https://cardwire.example', 'http://192.168.1.5:3978', 'http://localhost.example:3978'])(
    'nobody at %s is a person even where that is allowed',
    async (publicUrl) => {
      const setup = { entra: undefined, allowAnonymousSetup: true, publicUrl }
      expect(await ask({}, setup)).toMatchObject({ person: 'unauthenticated' })
    },
  )

  it('a page elsewhere whose name points at this machine is nobody', async () => {
    const setup = { entra: undefined, allowAnonymousSetup: true }
    expect(await ask({ host: 'evil.example:3978' }, setup)).toMatchObject({ person: 'unauthenticated' })
  })

  it('being allowed changes nothing once Entra is set up', async () => {
    expect(await ask({}, { allowAnonymousSetup: true })).toMatchObject({ person: 'unauthenticated' })
  })
})
