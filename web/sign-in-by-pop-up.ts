import type { Failure } from './api.ts'

/**
 * Asks the person to sign in, in a window of its own, and gives their token.
 *
 * What comes back from that window passes through others' hands, so it is only a code, and worthless without
 * the verifier that was made here and never left this page (as PKCE does it: RFC 7636).
 */
export async function signInByPopUp({ origin, look, open, redeem }: Dependencies): Promise<Asked> {
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)))
  const start = new URL('/auth/start', origin)
  start.searchParams.set('challenge', await challengeOf(verifier))
  for (const [name, value] of Object.entries(look)) {
    if (value !== undefined) start.searchParams.set(name, value)
  }
  const opened = await open(start.href)
  return opened.ok ? redeem({ code: opened.value, verifier }) : opened
}

/** What was asked for, or why there is none. */
export type Asked = { ok: true; value: string } | { ok: false; failure: PopUpFailure }

export type PopUpFailure = Failure | { kind: 'pop-up closed' } | { kind: 'pop-up blocked' }

/** A page's view while nobody is signed in. */
export interface SignedOut {
  is: 'signed out'
  /** Whether the window in which they sign in is open. */
  isAsking: boolean
  /** Why the last try did not let them in. */
  failure: PopUpFailure | undefined
}

/** Whether signing in, for the first time or again, is what helps against a failure, and can be done here. */
export function asksForSignIn(
  failure: Failure | { kind: string },
  { askPerson }: { askPerson?(): Promise<Asked> },
): failure is Failure & { kind: 'answered' } {
  return askPerson !== undefined && 'status' in failure && failure.status === 401
}

interface Dependencies {
  /** Where our pages are. */
  origin: string
  /** What makes the window like this page, and the account that Teams knows: a hint, which proves nothing. */
  look: { lang: string; theme: string; hint: string | undefined }
  /** Opens a page of ours in a window of its own, until that says how it ended. */
  open(url: string): Promise<Asked>
  redeem(proof: { code: string; verifier: string }): Promise<Asked>
}

async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return base64url(new Uint8Array(digest))
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
