import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { inLanguage } from '../model/text.ts'
import { createEntraVerifier, type EntraVerifier } from './entra.ts'

const TENANT = '11111111-1111-4111-8111-111111111111'
const STRANGER = '22222222-2222-4222-8222-222222222222'
const CLIENT = '33333333-3333-4333-8333-333333333333'
const APP_ID_URI = `api://cardwire.example/${CLIENT}`
const PERSON = '44444444-4444-4444-8444-444444444444'
const NOW = Date.parse('2026-11-21T12:00:00Z')
const nowS = NOW / 1000

type Signer = Awaited<ReturnType<typeof makeSigner>>

async function makeSigner(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' }
  return { kid, privateKey, publicKey, jwk }
}

/** A real key server that counts what it is asked. */
async function startKeyServer() {
  const state = {
    keys: [] as JWK[],
    asked: [] as string[],
    answer: undefined as undefined | (() => [number, string]),
  }
  const server = createServer((request, response) => {
    state.asked.push(request.url ?? '')
    const [status, body] = state.answer?.() ?? [200, JSON.stringify({ keys: state.keys })]
    response.writeHead(status, { 'content-type': 'application/json', location: '/elsewhere' }).end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const authority = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () =>
    new Promise<void>((done) => {
      server.closeAllConnections()
      server.close(() => done())
    })
  return { state, authority, close }
}

let keyServer: Awaited<ReturnType<typeof startKeyServer>>
/** Making RSA keys takes long, so all tests share these two. */
let signer: Signer
let other: Signer
let verifier: EntraVerifier

const config = (more: object = {}) => ({
  tenantIds: [TENANT],
  clientId: CLIENT,
  appIdUri: APP_ID_URI,
  authority: keyServer.authority,
  ...more,
})

beforeAll(async () => {
  ;[signer, other] = await Promise.all([makeSigner('key-1'), makeSigner('key-2')])
})

beforeEach(async () => {
  keyServer = await startKeyServer()
  keyServer.state.keys = [signer.jwk]
  verifier = createEntraVerifier(config(), { now: () => NOW, cooldownMs: 0 })
})
afterEach(() => keyServer.close())

const claims = (more: object = {}) => ({
  iss: `${keyServer.authority}/${TENANT}/v2.0`,
  aud: CLIENT,
  iat: nowS,
  nbf: nowS,
  exp: nowS + 3600,
  tid: TENANT,
  oid: PERSON,
  name: 'Ada',
  scp: 'access_as_user',
  ...more,
})

function sign(payload: object, by: Signer = signer, header: object = {}): Promise<string> {
  return new SignJWT({ ...payload })
    .setProtectedHeader({ alg: 'RS256', kid: by.kid, ...header })
    .sign(by.privateKey)
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

async function refusalOf(token: string, by: EntraVerifier = verifier): Promise<AppError> {
  const refused: unknown = await by.verify(token).catch((error: unknown) => error)
  if (!(refused instanceof AppError)) throw new Error(`not refused: ${JSON.stringify(refused)}`)
  return refused
}

describe('a token is accepted', () => {
  it('in its second version, and says who the person is', async () => {
    expect(await verifier.verify(await sign(claims()))).toEqual({
      tid: TENANT,
      oid: PERSON,
      name: 'Ada',
      roles: [],
    })
  })

  it('in its first version, with its own issuer and audience', async () => {
    const token = await sign(claims({ iss: `${keyServer.authority}/${TENANT}/`, aud: APP_ID_URI }))
    expect(await verifier.verify(token)).toMatchObject({ oid: PERSON })
  })

  it("in its first version from Microsoft's own issuer", async () => {
    const toKeyServer: typeof fetch = (url, init) => {
      expect(url).toBe(`https://login.microsoftonline.com/${TENANT}/discovery/v2.0/keys`)
      return fetch(`${keyServer.authority}/keys`, init)
    }
    const microsoft = createEntraVerifier(config({ authority: 'https://login.microsoftonline.com' }), {
      now: () => NOW,
      fetch: toKeyServer,
    })
    const token = await sign(claims({ iss: `https://sts.windows.net/${TENANT}/`, aud: APP_ID_URI }))
    expect(await microsoft.verify(token)).toMatchObject({ oid: PERSON })
  })

  it('with our app role in place of the scope, and tells the roles', async () => {
    const token = await sign(claims({ scp: undefined, roles: ['Admin', 'Other'] }))
    expect(await verifier.verify(token)).toMatchObject({ roles: ['Admin', 'Other'] })
  })

  it('with our scope among others', async () => {
    expect(await verifier.verify(await sign(claims({ scp: 'User.Read access_as_user' })))).toBeTruthy()
  })

  it.each([
    ['expired 299 s ago', { exp: nowS - 299 }],
    ['valid in 299 s', { nbf: nowS + 299 }],
  ])('while clocks differ by no more than 300 s: %s', async (_, more) => {
    expect(await verifier.verify(await sign(claims(more)))).toMatchObject({ oid: PERSON })
  })

  it('when it is signed with a key that was rolled in after the keys were fetched', async () => {
    await verifier.verify(await sign(claims()))
    keyServer.state.keys = [signer.jwk, other.jwk]
    expect(await verifier.verify(await sign(claims(), other))).toMatchObject({ oid: PERSON })
  })
})

describe('a token is refused with 401', () => {
  it.each([
    ['expired', { exp: nowS - 301 }],
    ['not yet valid', { nbf: nowS + 301 }],
    ['for another audience', { aud: '00000000-0000-4000-8000-000000000000' }],
    ['of the second version with the audience of the first', { aud: APP_ID_URI }],
    ['without audience', { aud: undefined }],
    ['without end', { exp: undefined }],
    ['without scope', { scp: undefined }],
    ['with another scope', { scp: 'access_as_users User.Read' }],
    ['with another role', { scp: undefined, roles: ['Reader'] }],
    ['without a person', { oid: undefined }],
    ['without a tenant', { tid: undefined }],
    ['of another issuer', { iss: 'https://login.example/v2.0' }],
    ['without issuer', { iss: undefined }],
  ])('when it is %s', async (_, more) => {
    expect((await refusalOf(await sign(claims(more)))).code).toBe('unauthenticated')
  })

  it('when it is of another tenant, whose keys are not even asked for', async () => {
    const stranger = { tid: STRANGER, iss: `${keyServer.authority}/${STRANGER}/v2.0` }
    expect((await refusalOf(await sign(claims(stranger)))).code).toBe('unauthenticated')
    expect(keyServer.state.asked).toEqual([])
  })

  it('when it names our tenant but another issuer', async () => {
    const mixed = { iss: `${keyServer.authority}/${STRANGER}/v2.0` }
    expect((await refusalOf(await sign(claims(mixed)))).code).toBe('unauthenticated')
  })

  it('when it is forged with another key of the same name', async () => {
    const forger = { ...other, kid: signer.kid }
    expect((await refusalOf(await sign(claims(), forger))).code).toBe('unauthenticated')
  })

  it('when its key is unknown', async () => {
    expect((await refusalOf(await sign(claims(), other))).code).toBe('unauthenticated')
  })

  it('when its claims were changed after signing', async () => {
    const [header, , signature] = (await sign(claims())).split('.')
    const token = `${header}.${encode(claims({ oid: STRANGER }))}.${signature}`
    expect((await refusalOf(token)).code).toBe('unauthenticated')
  })

  it('when it says that it needs no signature', async () => {
    for (const alg of ['none', 'None', 'NONE']) {
      const token = `${encode({ alg, kid: 'key-1' })}.${encode(claims())}.`
      expect((await refusalOf(token)).code).toBe('unauthenticated')
    }
  })

  it('when it is signed with the public key as if that were a shared secret', async () => {
    const secret = await exportSPKI(signer.publicKey)
    const signed = `${encode({ alg: 'HS256', kid: 'key-1' })}.${encode(claims())}`
    const token = `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
    expect((await refusalOf(token)).code).toBe('unauthenticated')
  })

  it('when it brings its own key', async () => {
    const jku = `${keyServer.authority}/evil`
    const token = await sign(claims(), other, { jwk: other.jwk, jku })
    expect((await refusalOf(token)).code).toBe('unauthenticated')
    expect(keyServer.state.asked).not.toContain('/evil')
  })

  it('when the first version is not set up', async () => {
    const only2 = createEntraVerifier(config({ appIdUri: undefined }), { now: () => NOW })
    const token = await sign(claims({ iss: `${keyServer.authority}/${TENANT}/`, aud: APP_ID_URI }))
    expect((await refusalOf(token, only2)).code).toBe('unauthenticated')
  })

  it.each(['', 'x', 'a.b.c', '..', `${encode({ alg: 'RS256' })}.e30.e30`])(
    'when it is no token: %j',
    async (token) => {
      expect((await refusalOf(token)).code).toBe('unauthenticated')
    },
  )

  it('without repeating anything of it, in public or in the log', async () => {
    const token = await sign(claims({ exp: nowS - 4000 }))
    const refused = await refusalOf(token)
    expect(inLanguage(refused.public, 'en')).toMatch(/expired/)
    expect(`${JSON.stringify(refused.public)} ${refused.message}`).not.toMatch(/eyJ|Ada|4444/)
  })
})

describe('the keys', () => {
  it('are fetched once for many people', async () => {
    const token = await sign(claims())
    await Promise.all([verifier.verify(token), verifier.verify(token)])
    await verifier.verify(token)
    expect(keyServer.state.asked).toEqual([`/${TENANT}/discovery/v2.0/keys`])
  })

  it('are not asked for again by each token that invents a key', async () => {
    const cooling = createEntraVerifier(config(), { now: () => NOW })
    await cooling.verify(await sign(claims()))
    for (const kid of ['a', 'b', 'c']) {
      expect((await refusalOf(await sign(claims(), { ...signer, kid }), cooling)).code).toBe(
        'unauthenticated',
      )
    }
    expect(keyServer.state.asked).toHaveLength(1)
  })

  it.each([
    ['answers with an error', () => [500, '{}']],
    ['answers with something else', () => [200, '<html>']],
    ['sends us elsewhere', () => [302, '']],
    ['answers without keys', () => [200, '{}']],
    ['answers without end', () => [200, JSON.stringify({ keys: [], pad: 'x'.repeat(100_000) })]],
  ] satisfies [string, () => [number, string]][])(
    'that cannot be had are our trouble and not the person’s: the server %s',
    async (_, answer) => {
      keyServer.state.answer = answer
      const refused = await refusalOf(await sign(claims()))
      expect([refused.code, refused.status]).toEqual(['sign-in-unavailable', 503])
      expect(keyServer.state.asked).not.toContain('/elsewhere')
    },
  )

  it('that cannot be had because nobody is there are our trouble too, and come back', async () => {
    const token = await sign(claims())
    let isDown = true
    const flaky: typeof fetch = (url, init) =>
      isDown ? Promise.reject(new TypeError('fetch failed')) : fetch(url, init)
    const patient = createEntraVerifier(config(), { now: () => NOW, fetch: flaky })
    expect((await refusalOf(token, patient)).status).toBe(503)
    isDown = false
    expect(await patient.verify(token)).toMatchObject({ oid: PERSON })
  })
})
