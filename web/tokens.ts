import type { Asked } from './sign-in-by-pop-up.ts'

/** A token that ends within this time is not worth sending. */
const marginMs = 60_000
/** So long nobody waits again for a Teams that gave no token: a call without one fails at once, and says why. */
const silenceMs = 30_000

/**
 * Keeps the person's token until it is about to end, so that a save does not wait for Teams. `signIn` asks
 * anew in any case; where Teams then gives none, what the person signed in with still serves.
 */
export function createTokens({ ask, askPerson, now }: Dependencies): Tokens {
  let kept: { token: string | undefined; until: number } | undefined
  let asking: Promise<string | undefined> | undefined

  const keep = (token: string) => {
    kept = { token, until: endOf(token) - marginMs }
  }
  const renew = async () => {
    const token = await ask()
    asking = undefined
    if (token !== undefined) keep(token)
    else if (kept?.token === undefined || kept.until <= now()) {
      kept = { token: undefined, until: now() + silenceMs }
    }
    return kept?.token
  }
  const signIn = () => {
    asking ??= renew()
    return asking
  }
  return {
    signIn,
    token: () => (kept !== undefined && kept.until > now() ? Promise.resolve(kept.token) : signIn()),
    ...(askPerson !== undefined && {
      askPerson: async () => {
        const asked = await askPerson()
        if (asked.ok) keep(asked.value)
        return asked
      },
    }),
  }
}

export interface Tokens {
  /** Asks Teams anew who the person is. */
  signIn(): Promise<string | undefined>
  /** The person's token, or undefined where single sign-on does not work. */
  token(): Promise<string | undefined>
  /**
   * Asks the person to sign in by themselves; absent where they cannot. Only while they press a button: browsers
   * let nothing else open a window.
   */
  askPerson?(): Promise<Asked>
}

interface Dependencies {
  /** Gives the person's token, or undefined; never fails. */
  ask(): Promise<string | undefined>
  /** Gives what the person signed in with, or why they did not; never fails. */
  askPerson?: (() => Promise<Asked>) | undefined
  /** Milliseconds since 1970. */
  now(): number
}

/** When the token says it ends; one that does not say is used once. Nothing else of it is looked at here. */
function endOf(token: string): number {
  try {
    const claims: unknown = JSON.parse(
      atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')),
    )
    if (typeof claims !== 'object' || claims === null || !('exp' in claims)) return 0
    return typeof claims.exp === 'number' ? claims.exp * 1000 : 0
  } catch {
    return 0
  }
}
