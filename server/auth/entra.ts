import { decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import type { EntraConfig } from '../config.ts'
import { AppError } from '../errors.ts'
import { equalSecrets } from '../lib/equal-secrets.ts'
import type { Text } from '../model/text.ts'
import { createTenantKeys, type TenantKeysOptions } from './tenant-keys.ts'

/** What a valid token says of a person. Who someone is, is (`tid`, `oid`); a name is for people to read. */
export interface EntraIdentity {
  tid: string
  oid: string
  name?: string
  roles: string[]
}

export interface EntraVerifier {
  /**
   * @throws {AppError} `unauthenticated` when the token proves nothing, `sign-in-unavailable` when its keys
   * cannot be fetched and so nobody can tell.
   */
  verify(token: string): Promise<EntraIdentity>
  /**
   * Checks what a sign-in of ours was told of the person: the answer to the request that carried this nonce.
   * @throws {AppError} the same.
   */
  verifyIdToken(token: string, nonce: string): Promise<Pick<EntraIdentity, 'tid' | 'oid'>>
}

/** The app role that makes a person an administrator. */
export const ADMIN_ROLE = 'Admin'

const SCOPE = 'access_as_user'
/** Clocks differ; Microsoft's own libraries allow as much. */
const CLOCK_TOLERANCE_S = 300
const MICROSOFT = 'https://login.microsoftonline.com'

/**
 * Checks the tokens that Teams' single sign-on gives people.
 *
 * The tenant is read from the token before anything is proven, only to choose whose keys to ask for, and only
 * among the tenants we allow: a stranger's token makes us fetch nothing. Then signature (RS256 and nothing
 * else), issuer, audience and times must hold, and the token must be for our API: with its scope, or with our
 * app role. A token has one of two forms, each with its own issuer and audience, which are never mixed.
 *
 * It does not see that someone was removed since: a token is good until it expires, about an hour.
 *
 * @param options.now milliseconds since 1970.
 */
export function createEntraVerifier(
  entra: EntraConfig,
  options: TenantKeysOptions & { now: () => number },
): EntraVerifier {
  const tenants = new Map(
    entra.tenantIds.map((tid) => [tid.toLowerCase(), createTenantKeys(entra.authority, tid, options)]),
  )

  /** @param formsIn which forms such a token may have in a tenant. */
  async function proven(token: string, formsIn: (tid: string) => Form[]) {
    const claimed = read(token)
    const tid = typeof claimed.tid === 'string' ? claimed.tid.toLowerCase() : ''
    const keys = tenants.get(tid)
    if (!keys) throw refusal(notServed, 'tenant not allowed')
    const form = formsIn(tid).find(({ issuer }) => issuer === claimed.iss)
    if (!form) throw refusal(reopen, 'unknown issuer')
    return { tid, claims: await prove(token, keys, { ...form, now: options.now() }) }
  }

  return {
    async verify(token) {
      const { tid, claims } = await proven(token, (tenant) => formsOf(entra, tenant))
      return identityIn(claims, tid)
    },
    async verifyIdToken(token, nonce) {
      const { tid, claims } = await proven(token, (tenant) => [version2(entra, tenant)])
      const isAnswer = typeof claims.nonce === 'string' && equalSecrets(claims.nonce, nonce)
      if (!isAnswer) throw refusal(reopen, 'nonce of another sign-in')
      return { tid, oid: personIn(claims) }
    },
  }
}

interface Form {
  issuer: string
  audience: string
}

/** Version 2 names the client; version 1, which older registrations still get, the application's URI. */
function formsOf(entra: EntraConfig, tid: string): Form[] {
  const { authority, appIdUri } = entra
  if (appIdUri === undefined) return [version2(entra, tid)]
  // Microsoft issues version 1 under a host of its own; any other authority stands for itself.
  const issuer1 = authority === MICROSOFT ? 'https://sts.windows.net' : authority
  return [version2(entra, tid), { issuer: `${issuer1}/${tid}/`, audience: appIdUri }]
}

function version2({ authority, clientId }: EntraConfig, tid: string): Form {
  return { issuer: `${authority}/${tid}/v2.0`, audience: clientId }
}

const notServed: Text = {
  en: 'This server does not serve your organisation.',
  fr: 'Ce serveur n’est pas ouvert à votre organisation.',
  zh: '此服务器不为您的组织提供服务。',
}
const expired: Text = {
  en: 'The sign-in has expired: close the page and open it again.',
  fr: 'La connexion a expiré\u00A0: fermez la page et rouvrez-la.',
  zh: '登录已过期：请关闭页面后重新打开。',
}
const reopen: Text = {
  en: 'The sign-in is not valid: close the page, open it again, and sign in.',
  fr: 'La connexion n’est pas valable\u00A0: fermez la page, rouvrez-la et connectez-vous.',
  zh: '登录无效：请关闭页面，重新打开并登录。',
}

/** The claims as they stand, unproven. */
function read(token: string): JWTPayload {
  try {
    return decodeJwt(token)
  } catch (cause) {
    throw refusal(reopen, 'not a token', cause)
  }
}

async function prove(
  token: string,
  keys: JWTVerifyGetKey,
  form: Form & { now: number },
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['RS256'],
      issuer: form.issuer,
      audience: form.audience,
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: new Date(form.now),
      requiredClaims: ['exp', 'nbf', 'tid', 'oid'],
    })
    return payload
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    const isExpired = cause instanceof errors.JWTExpired
    const told = isExpired ? expired : reopen
    throw refusal(told, cause instanceof errors.JOSEError ? cause.code : 'not verified', cause)
  }
}

function identityIn(claims: JWTPayload, tid: string): EntraIdentity {
  const { name, scp } = claims
  const roles = Array.isArray(claims.roles) ? claims.roles.filter((role) => typeof role === 'string') : []
  const hasScope = typeof scp === 'string' && scp.split(' ').includes(SCOPE)
  if (!hasScope && !roles.includes(ADMIN_ROLE)) throw refusal(reopen, 'neither scope nor role')
  return { tid, oid: personIn(claims), roles, ...(typeof name === 'string' && { name }) }
}

function personIn({ oid }: JWTPayload): string {
  if (typeof oid !== 'string' || oid === '') throw refusal(reopen, 'no oid')
  return oid
}

/** @param why for the log; never the token or what it says. */
function refusal(told: Text, why: string, cause?: unknown): AppError {
  return new AppError('unauthenticated', { public: told, message: `entra token: ${why}`, cause })
}
