/** A token that ends within this time is not worth sending. */
const marginMs = 60_000
/** So long nobody waits again for a Teams that gave no token: a call without one fails at once, and says why. */
const silenceMs = 30_000

/**
 * Keeps the person's token until it is about to end, so that a save does not wait for Teams. `signIn` asks
 * anew in any case.
 */
export function createTokens({ ask, now }: Dependencies): Tokens {
  let kept: { token: string | undefined; until: number } | undefined
  let asking: Promise<string | undefined> | undefined

  const renew = async () => {
    const token = await ask()
    kept = { token, until: token === undefined ? now() + silenceMs : endOf(token) - marginMs }
    asking = undefined
    return token
  }
  const signIn = () => {
    asking ??= renew()
    return asking
  }
  return {
    signIn,
    token: () => (kept !== undefined && kept.until > now() ? Promise.resolve(kept.token) : signIn()),
  }
}

export interface Tokens {
  /** Asks Teams anew who the person is. */
  signIn(): Promise<string | undefined>
  /** The person's token, or undefined where single sign-on does not work. */
  token(): Promise<string | undefined>
}

interface Dependencies {
  /** Gives the person's token, or undefined; never fails. */
  ask(): Promise<string | undefined>
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
