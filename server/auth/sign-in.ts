import { Type } from 'typebox'
import type { EntraConfig } from '../config.ts'
import { AppError } from '../errors.ts'
import { equalSecrets } from '../lib/equal-secrets.ts'
import type { Text } from '../model/text.ts'
import { challengeOf } from './challenge-of.ts'
import type { EntraIdentity, EntraVerifier } from './entra.ts'
import { redeemAtEntra, unavailable } from './redeem-at-entra.ts'

/**
 * Signs a person in at Entra by themselves, for where Teams does not say who they are: OpenID Connect's
 * authorisation code flow with PKCE, state and nonce.
 *
 * `begin` says where to send the person and what to keep meanwhile in their browser, sealed. `end` takes what
 * they came back with. The state proves that it is this browser that was sent, PKCE that the code was made for
 * this sign-in, the nonce that the answer was. What comes out is Entra's own access token for our API: the very
 * kind that single sign-on gives, checked by the same code on every request. A token of our own making would be
 * a second thing to trust, and would outlive what Entra says of the person.
 *
 * We are a public client, without a secret that would have to be renewed: the registration lists our redirect
 * under *Single-page application*, for which Entra insists on PKCE. What happens next to whoever is signed in
 * (a one-time code for a page inside Teams, a session of the console) is not settled here.
 */
export interface SignIn {
  /** @param hint an account's address, so that Entra does not ask which; it proves nothing. */
  begin(hint?: string): { address: string; begun: Begun }
  /**
   * @param begun undefined when the browser brought none.
   * @throws {AppError} `unauthenticated`, or `sign-in-unavailable` when Entra does not answer.
   */
  end(came: Returned, begun: Begun | undefined): Promise<SignedIn>
}

/** What is known of a sign-in under way, and must be known to nobody but the person's browser and us. */
export const Begun = Type.Object({
  state: Type.String(),
  nonce: Type.String(),
  verifier: Type.String(),
  /** Milliseconds since 1970. */
  at: Type.Number(),
})
export type Begun = Type.Static<typeof Begun>

/** What Entra adds to the address of our page. */
export interface Returned {
  code?: string | undefined
  state?: string | undefined
  error?: string | undefined
}

export interface SignedIn {
  /** Entra's, for our API. */
  token: string
  identity: EntraIdentity
}

/** Long enough to look for a telephone, and to ask an administrator to agree. */
export const SIGN_IN_LIFE_MS = 10 * 60_000

interface Options {
  verifier: EntraVerifier
  /** Milliseconds since 1970. */
  now: () => number
  /** Long enough that nobody can guess it: 43 letters or more, as PKCE wants. */
  newSecret: () => string
  fetch?: typeof globalThis.fetch
}

export function createSignIn(entra: EntraConfig & { publicUrl: string }, options: Options): SignIn {
  const { verifier, now, newSecret, fetch = globalThis.fetch } = options
  const { authority, clientId, publicUrl } = entra
  const [tenant, ...others] = entra.tenantIds
  // Where several tenants may sign in, Entra finds the person's own; its token says which, and that is checked.
  const endpoints = `${authority}/${tenant === undefined || others.length > 0 ? 'organizations' : tenant}/oauth2/v2.0`
  const redirectUri = `${publicUrl}/auth/end`

  return {
    begin(hint) {
      const begun = { state: newSecret(), nonce: newSecret(), verifier: newSecret(), at: now() }
      const query = new URLSearchParams({
        client_id: clientId,
        response_type: 'code',
        // The answer comes as a plain visit, with which our `SameSite=Lax` cookie is sent; it is not with a form.
        response_mode: 'query',
        redirect_uri: redirectUri,
        scope: scopeOf(clientId),
        state: begun.state,
        nonce: begun.nonce,
        code_challenge: challengeOf(begun.verifier),
        code_challenge_method: 'S256',
        ...(hint !== undefined && { login_hint: hint }),
      })
      return { address: `${endpoints}/authorize?${query.toString()}`, begun }
    },

    async end({ code, state, error }, begun) {
      const isOurs = begun !== undefined && state !== undefined && equalSecrets(state, begun.state)
      if (!isOurs)
        throw refusal(again, begun ? 'state of another sign-in' : 'begun in no browser of this kind')
      if (now() - begun.at > SIGN_IN_LIFE_MS) throw refusal(again, 'took too long')
      if (error !== undefined) throw refusedBy(error)
      if (code === undefined) throw refusal(again, 'no code')
      const wanted = { clientId, redirectUri, scope: scopeOf(clientId), code, verifier: begun.verifier }
      const tokens = await redeemAtEntra(`${endpoints}/token`, wanted, { fetch, origin: publicUrl })
      const [identity, answered] = await Promise.all([
        verifier.verify(tokens.accessToken),
        verifier.verifyIdToken(tokens.idToken, begun.nonce),
      ])
      const isSame = identity.tid === answered.tid && identity.oid === answered.oid
      if (!isSame) throw refusal(again, 'the two tokens name two people')
      return { token: tokens.accessToken, identity }
    },
  }
}

/** Named by the client's id: Entra gives no application a token for itself under its URI (AADSTS90009). */
const scopeOf = (clientId: string) => `openid profile ${clientId}/access_as_user`

const again: Text = {
  en: 'This sign-in took too long or was begun elsewhere: sign in again.',
  fr: 'Cette connexion a pris trop de temps ou a été commencée ailleurs\u00A0: connectez-vous à nouveau.',
  zh: '此次登录用时过长或在别处发起：请重新登录。',
}
const cancelled: Text = {
  en: 'You cancelled, or did not agree that Cardwire may know who you are.',
  fr: 'Vous avez annulé, ou refusé que Cardwire sache qui vous êtes.',
  zh: '您已取消，或未同意 Cardwire 了解您的身份。',
}
const notAgreed: Text = {
  en: 'Your organisation has not agreed to Cardwire yet: ask its administrator.',
  fr: 'Votre organisation n’a pas encore autorisé Cardwire\u00A0: demandez à son administrateur.',
  zh: '您的组织尚未同意使用 Cardwire：请联系其管理员。',
}
const refused: Text = {
  en: 'Your organisation’s sign-in refused Cardwire: its administrator finds the reason in the server’s log.',
  fr: 'La connexion de votre organisation a refusé Cardwire\u00A0: son administrateur en trouvera la raison dans le journal du serveur.',
  zh: '您组织的登录服务拒绝了 Cardwire：管理员可在服务器日志中查看原因。',
}

/** @param error a code of OAuth 2.0 or OpenID Connect; what Entra says besides is never repeated. */
function refusedBy(error: string): AppError {
  const why = `entra answered ${/^[a-z_]{1,40}$/.test(error) ? error : 'with an error'}`
  if (error === 'access_denied') return refusal(cancelled, why)
  if (error === 'consent_required') return refusal(notAgreed, why)
  if (error !== 'server_error' && error !== 'temporarily_unavailable') return refusal(refused, why)
  return new AppError('sign-in-unavailable', { public: unavailable, message: why })
}

function refusal(told: Text, why: string): AppError {
  return new AppError('unauthenticated', { public: told, message: `sign-in: ${why}` })
}
