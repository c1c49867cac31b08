/**
 * The Entra tenant of the simulated Teams: an issuer, its keys, and tokens for the people in `people.ts`,
 * right ones and every kind of wrong one, so that a server which checks tokens is checked itself.
 */
import { createHmac, randomUUID } from 'node:crypto'
import { exportJWK, exportSPKI, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose'
import type { Person } from './model.ts'
import { CLIENT_ID, OTHER_TENANT_ID, TENANT_ID } from './people.ts'

export type Entra = {
  authority: string
  tenantId: string
  clientId: string
  /** A token for `person`, or one with `claims` changed, or one that is wrong in a named way. */
  issueToken(
    claims?: Record<string, unknown>,
    options?: { person?: Person; fault?: TokenFault },
  ): Promise<string>
  /** Every token so far, right or wrong. */
  readonly issued: readonly string[]
  /** Signs with a new key from now on. The old one stays published unless `forgetOld`. */
  rotateKeys(options?: { forgetOld?: boolean }): Promise<void>
  keys(): Promise<{ keys: JWK[] }>
  /** What another start needs so that tokens issued now stay good. */
  remember(): JWK[]
}

/** Ways for a token to be wrong; each must be refused by whoever checks it. */
export const TOKEN_FAULTS = [
  'forged',
  'unknown key',
  'tampered',
  'alg:none',
  'HS256 with the public key',
  'expired',
  'not yet valid',
  'wrong audience',
  'wrong issuer',
  'issuer of another tenant',
  'other tenant',
  'no scope',
] as const
export type TokenFault = (typeof TOKEN_FAULTS)[number]

const TOKEN_LIFE_S = 3_600

export function createEntra(options: {
  url: string
  person: () => Person
  now: () => number
  remembered: readonly JWK[]
}): Entra {
  const authority = `${options.url}/entra`
  let signers: JWK[] = [...options.remembered]
  const issued: string[] = []

  /** The keys there are, newest first; the first is made when someone asks, since few tests do. */
  async function ready(): Promise<[newest: JWK, ...older: JWK[]]> {
    const [newest = await firstKey(), ...older] = signers
    signers = [newest, ...older]
    return [newest, ...older]
  }

  function claimsFor(person: Person): Record<string, unknown> {
    const now = Math.floor(options.now() / 1000)
    return {
      aud: CLIENT_ID,
      iss: `${authority}/${person.tenantId}/v2.0`,
      iat: now,
      nbf: now,
      exp: now + TOKEN_LIFE_S,
      tid: person.tenantId,
      oid: person.id,
      sub: person.id,
      name: person.name,
      preferred_username: person.userPrincipalName,
      scp: 'access_as_user',
      azp: CLIENT_ID,
      ver: '2.0',
      ...(person.roles.length > 0 ? { roles: person.roles } : {}),
    }
  }

  return {
    authority,
    tenantId: TENANT_ID,
    clientId: CLIENT_ID,
    async issueToken(claims = {}, { person = options.person(), fault } = {}) {
      const all = { ...claimsFor(person), ...claims }
      const [key] = await ready()
      const token = await (fault ? FAULTY[fault](all, key, authority) : sign(all, key))
      issued.push(token)
      return token
    },
    issued,
    async rotateKeys({ forgetOld = false } = {}) {
      const old = await ready()
      signers = forgetOld ? [await makeKey()] : [await makeKey(), ...old]
    },
    keys: async () => ({ keys: (await ready()).map(publicHalf) }),
    remember: () => signers,
  }
}

let first: Promise<JWK> | undefined

/** One for all that run in this process: making a key takes a fifth of a second. */
function firstKey(): Promise<JWK> {
  first ??= makeKey()
  return first
}

async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'RS256', use: 'sig' }
}

const publicHalf = ({ kty, n, e, kid, alg, use }: JWK): JWK => ({
  ...(kty && { kty }),
  ...(n && { n }),
  ...(e && { e }),
  ...(kid && { kid }),
  ...(alg && { alg }),
  ...(use && { use }),
})

async function sign(claims: Record<string, unknown>, key: JWK): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(key.kid && { kid: key.kid }) })
    .sign(await importJWK(key, 'RS256'))
}

type Claims = Record<string, unknown>

/** How each fault is made. */
const FAULTY: Record<TokenFault, (claims: Claims, key: JWK, authority: string) => Promise<string>> = {
  forged: async (claims, key) => sign(claims, { ...(await makeKey()), ...(key.kid && { kid: key.kid }) }),
  'unknown key': async (claims) => sign(claims, await makeKey()),
  tampered: async (claims, key) => tamper(await sign(claims, key)),
  'alg:none': async (claims) => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`,
  'HS256 with the public key': signWithPublicKey,
  expired: (claims, key) => sign({ ...claims, ...lifeFrom(claims, -2 * TOKEN_LIFE_S) }, key),
  'not yet valid': (claims, key) => sign({ ...claims, ...lifeFrom(claims, TOKEN_LIFE_S) }, key),
  'wrong audience': (claims, key) => sign({ ...claims, aud: '00000000-0000-4000-8000-000000000000' }, key),
  'wrong issuer': (claims, key) => sign({ ...claims, iss: 'https://login.example/v2.0' }, key),
  'issuer of another tenant': (claims, key, authority) =>
    sign({ ...claims, iss: `${authority}/${OTHER_TENANT_ID}/v2.0` }, key),
  'other tenant': (claims, key, authority) =>
    sign({ ...claims, tid: OTHER_TENANT_ID, iss: `${authority}/${OTHER_TENANT_ID}/v2.0` }, key),
  'no scope': (claims, key) => sign({ ...claims, scp: 'User.Read' }, key),
}

/** A life of the usual length that begins `offsetS` from when the token would have been issued. */
function lifeFrom({ iat }: Claims, offsetS: number): Claims {
  const start = Number(iat) + offsetS
  return { iat: start, nbf: start, exp: start + TOKEN_LIFE_S }
}

/** A different person inside, the old signature outside. */
function tamper(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
  return `${header}.${encode({ ...Object(claims), oid: randomUUID() })}.${signature}`
}

/** The old confusion of algorithms: the public key, which anyone has, used as an HMAC secret. */
async function signWithPublicKey(claims: Record<string, unknown>, key: JWK): Promise<string> {
  const publicKey = await importJWK(publicHalf(key), 'RS256', { extractable: true })
  if (publicKey instanceof Uint8Array) throw new Error('The simulated Entra signs with RSA keys only')
  const signed = `${encode({ alg: 'HS256', typ: 'JWT', kid: key.kid })}.${encode(claims)}`
  const signature = createHmac('sha256', await exportSPKI(publicKey))
    .update(signed)
    .digest('base64url')
  return `${signed}.${signature}`
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
