import { Type } from 'typebox'
import { AppError } from '../errors.ts'
import { createValidator } from '../lib/validator.ts'
import type { Text } from '../model/text.ts'
import { fetchSmall } from './fetch-small.ts'

export interface Redeemed {
  accessToken: string
  idToken: string
}

interface Wanted {
  clientId: string
  redirectUri: string
  scope: string
  code: string
  /** Of the PKCE challenge with which the code was asked for. */
  verifier: string
}

const TIMEOUT_MS = 10_000

/**
 * Trades an authorisation code for tokens.
 *
 * Entra gives the tokens of a single-page application only to requests that carry an `Origin`, as a browser's
 * do (else AADSTS9002327), and refuses one from every other kind of client (AADSTS9002326); so ours says the
 * origin of our pages. That is no proof of anything: the proof is the verifier.
 *
 * @throws {AppError} `unauthenticated` when Entra refuses the code, `sign-in-unavailable` when it does not answer.
 */
export async function redeemAtEntra(
  endpoint: string,
  { clientId, redirectUri, scope, code, verifier }: Wanted,
  { fetch, origin }: { fetch: typeof globalThis.fetch; origin: string },
): Promise<Redeemed> {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope,
    code,
    code_verifier: verifier,
  })
  const { status, content } = await ask(endpoint, {
    method: 'POST',
    headers: { origin, accept: 'application/json' },
    body,
    fetch,
  })
  if (status >= 500) throw unanswered(`answered ${status}`)
  const tokens = readTokens(content)
  if (status === 200 && tokens.ok) {
    return { accessToken: tokens.value.access_token, idToken: tokens.value.id_token }
  }
  throw new AppError('unauthenticated', {
    public: refused,
    message: `sign-in: entra's token endpoint ${reasonIn(content, status)}`,
  })
}

const readTokens = createValidator(Type.Object({ access_token: Type.String(), id_token: Type.String() }))
const readRefusal = createValidator(
  Type.Object({
    error: Type.String({ pattern: '^[a-z_]{1,40}$' }),
    error_codes: Type.Array(Type.Integer(), { default: [], maxItems: 10 }),
  }),
)

async function ask(
  endpoint: string,
  { fetch, ...init }: RequestInit & { fetch: typeof globalThis.fetch },
): Promise<{ status: number; content: unknown }> {
  try {
    const answer = await fetchSmall(fetch)(endpoint, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) })
    const content: unknown = await answer.json()
    return { status: answer.status, content }
  } catch (cause) {
    throw unanswered('did not answer', cause)
  }
}

/** Entra's codes, by which its documentation is found; never its sentences, which repeat what was sent. */
function reasonIn(content: unknown, status: number): string {
  const read = readRefusal(content)
  if (!read.ok) return `answered ${status} with neither tokens nor a reason`
  return [`answered ${read.value.error}`, ...read.value.error_codes.map((code) => `AADSTS${code}`)].join(' ')
}

const refused: Text = {
  en: 'Your organisation’s sign-in was not completed: sign in again. If that does not help, the server’s log has the reason.',
  fr: 'La connexion auprès de votre organisation n’a pas abouti\u00A0: connectez-vous à nouveau. Si cela ne suffit pas, le journal du serveur en donne la raison.',
  zh: '您组织的登录未完成：请重新登录。如仍不行，请查看服务器日志中的原因。',
}
/** For the person: it is nobody's fault here. */
export const unavailable: Text = {
  en: 'Your organisation’s sign-in does not answer at the moment: try again in a minute.',
  fr: 'La connexion de votre organisation ne répond pas en ce moment\u00A0: réessayez dans une minute.',
  zh: '您组织的登录服务目前没有响应：请一分钟后重试。',
}

function unanswered(why: string, cause?: unknown): AppError {
  return new AppError('sign-in-unavailable', {
    public: unavailable,
    message: `sign-in: entra's token endpoint ${why}`,
    cause,
  })
}
