import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose'
import { AppError } from '../errors.ts'
import type { Text } from '../model/text.ts'
import { fetchSmall } from './fetch-small.ts'

export interface TenantKeysOptions {
  fetch?: typeof globalThis.fetch
  /** How long after the keys were fetched an unknown key is refused without asking again. */
  cooldownMs?: number
}

const TIMEOUT_MS = 5_000
const COOLDOWN_MS = 30_000
/** A withdrawn key must be forgotten even if nobody brings a new one. */
const MAX_AGE_MS = 10 * 60_000

/**
 * The keys with which a tenant's tokens are signed: fetched when first needed, kept for ten minutes, and fetched
 * again when a token names one that is not among them, since keys are rolled at any time. Tokens with invented
 * key names make us ask at most once per cooldown.
 *
 * That the keys cannot be had is not the caller's fault, and is told apart from a key that does not exist.
 */
export function createTenantKeys(
  authority: string,
  tid: string,
  options: TenantKeysOptions,
): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(`${authority}/${tid}/discovery/v2.0/keys`), {
    timeoutDuration: TIMEOUT_MS,
    cooldownDuration: options.cooldownMs ?? COOLDOWN_MS,
    cacheMaxAge: MAX_AGE_MS,
    [customFetch]: fetchSmall(options.fetch ?? globalThis.fetch),
  })
  return async (header, token) => {
    try {
      return await keys(header, token)
    } catch (cause) {
      if (isAboutTheToken(cause)) throw cause
      throw new AppError('sign-in-unavailable', {
        public: uncheckable,
        message: 'entra keys not fetched',
        cause,
      })
    }
  }
}

const uncheckable: Text = {
  en: 'Your sign-in cannot be checked at the moment: try again in a minute.',
  fr: 'Votre connexion ne peut pas être vérifiée en ce moment\u00A0: réessayez dans une minute.',
  zh: '目前无法验证您的登录：请一分钟后重试。',
}

function isAboutTheToken(cause: unknown): boolean {
  return (
    cause instanceof errors.JWKSNoMatchingKey ||
    cause instanceof errors.JWKSMultipleMatchingKeys ||
    cause instanceof errors.JOSENotSupported
  )
}
