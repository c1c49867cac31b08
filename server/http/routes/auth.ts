import { join } from 'node:path'
import fastifyCookie from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { OneTimeCodes } from '../../auth/one-time-codes.ts'
import { Begun, SIGN_IN_LIFE_MS, type SignIn } from '../../auth/sign-in.ts'
import type { Config } from '../../config.ts'
import { AppError } from '../../errors.ts'
import { createValidator } from '../../lib/validator.ts'
import { languageTags, spokenLanguage } from '../../model/language.ts'
import { inLanguage, type Text } from '../../model/text.ts'
import type { Sealer } from '../../secrets/seal.ts'
import { askedLanguage } from '../asked-language.ts'
import type { HttpPlugin } from '../build-http.ts'
import { builtPage } from '../built-page.ts'
import { problems } from '../plugins/problems.ts'
import { noteInLog } from '../plugins/request-log.ts'
import { keepOpener, newNonce, sendAsPage } from '../plugins/security-headers.ts'

/**
 * Signing in by pop-up, where Teams does not say who someone is: `/auth/start → Entra → /auth/end → /auth/token`.
 *
 * 1. The page inside Teams keeps a verifier and lets Teams open `/auth/start` with its challenge. We send the
 *    pop-up on to Entra, with all that must come back unchanged sealed in a cookie: nothing is kept here, so any
 *    of several processes can take the answer.
 * 2. Entra sends the pop-up to `/auth/end`. The cookie proves that it is the same browser; the code becomes the
 *    person's token, which is kept for a minute under a one-time code.
 * 3. The pop-up hands that code to Teams, Teams to the page: two windows that other code can watch, so a token
 *    never passes through them.
 * 4. The page trades code and verifier for the token at `/auth/token`.
 *
 * What goes wrong is told in the pop-up and, where Teams listens, in the page that opened it. It does not end
 * a session at Entra: who signs in on a borrowed machine signs out there.
 */
export interface AuthOptions {
  config: Pick<Config, 'teamsOrigins'>
  webRoot: string
  /** Absent where no Entra settings are given. */
  signIn: SignIn | undefined
  /** What is handed over is the person's token. */
  codes: OneTimeCodes<string>
  sealer: Sealer
}

/** Per address and minute: a company behind one address is let in, and nobody makes us flood Entra. */
const VISITS_PER_MINUTE = 300
/** Only this host's, only over https, sent along when Entra sends the browser back. */
const COOKIE = '__Host-cardwire-sign-in'
const cookieOptions = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const

const Theme = Type.Union([Type.Literal('default'), Type.Literal('dark'), Type.Literal('contrast')])
const Challenge = Type.String({ pattern: '^[\\w-]{43}$', description: 'SHA-256 of the verifier, base64url.' })

const StartQuery = Type.Object({
  challenge: Challenge,
  lang: Type.Optional(Type.String({ maxLength: 35 })),
  theme: Type.Optional(Type.String({ maxLength: 35 })),
  hint: Type.Optional(Type.String({ maxLength: 320 })),
})
const EndQuery = Type.Object({
  code: Type.Optional(Type.String({ maxLength: 8192 })),
  state: Type.Optional(Type.String({ maxLength: 200 })),
  error: Type.Optional(Type.String({ maxLength: 200 })),
})
const TokenBody = Type.Object({
  code: Type.String({ maxLength: 200, description: 'What the pop-up handed over; good for one try.' }),
  verifier: Type.String({ minLength: 43, maxLength: 128, description: 'Of the challenge at the start.' }),
})

/** What waits in the browser's cookie. */
const Waiting = Type.Object({
  begun: Begun,
  challenge: Challenge,
  language: Type.Union([Type.Literal('en'), Type.Literal('fr'), Type.Literal('zh')]),
  theme: Theme,
})
type Waiting = Type.Static<typeof Waiting>

const readWaiting = createValidator(Waiting)
const readTheme = createValidator(Theme)

export const authRoutes: HttpPlugin<AuthOptions> = async (http, options) => {
  const { signIn, codes, sealer } = options
  await http.register(fastifyCookie)
  const visits = { rateLimit: { max: VISITS_PER_MINUTE, timeWindow: '1 minute' } }

  http.get(
    '/auth/start',
    { schema: { hide: true, querystring: StartQuery }, config: visits },
    async (request, reply) => {
      keepOpener(reply)
      const look = lookOf(request, request.query)
      if (!signIn) return sendEnd(reply, { problem: notSetUp, look }, options)
      const { address, begun } = signIn.begin(request.query.hint)
      const waiting: Waiting = { begun, challenge: request.query.challenge, ...look }
      const maxAge = SIGN_IN_LIFE_MS / 1000
      reply.setCookie(COOKIE, sealer.seal(JSON.stringify(waiting), COOKIE), { ...cookieOptions, maxAge })
      return reply.redirect(address)
    },
  )

  http.get(
    '/auth/end',
    { schema: { hide: true, querystring: EndQuery }, config: visits },
    async (request, reply) => {
      keepOpener(reply)
      const waiting = opened(request.cookies[COOKIE], sealer)
      reply.clearCookie(COOKIE, cookieOptions)
      const look = waiting ?? lookOf(request, {})
      if (!signIn) return sendEnd(reply, { problem: notSetUp, look }, options)
      try {
        const { token } = await signIn.end(request.query, waiting?.begun)
        // Without a cookie the sign-in was refused.
        const code = waiting ? codes.issue(token, waiting.challenge) : ''
        noteInLog(request, { signIn: 'done' })
        return await sendEnd(reply, { code, look }, options)
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'not-ready') throw error
        noteInLog(request, { signIn: 'refused', code: error.code, reason: error.message })
        return sendEnd(reply, { problem: error.public, look }, options)
      }
    },
  )

  http.post(
    '/auth/token',
    {
      schema: {
        tags: ['configurations'],
        summary: 'Trade the code of a finished sign-in for the person’s token',
        description: 'For our own pages, after the pop-up at `/auth/start`.',
        body: TokenBody,
        response: { 200: Type.Object({ token: Type.String() }), ...problems('unauthenticated') },
      },
    },
    async (request) => {
      const token = codes.redeem(request.body.code, request.body.verifier)
      if (token !== undefined) return { token }
      throw new AppError('unauthenticated', { public: tooLate, message: 'sign-in: no such one-time code' })
    },
  )
}

type Look = Pick<Waiting, 'language' | 'theme'>

/** How the page inside Teams looks and speaks, so that the pop-up does not differ. */
function lookOf(
  request: Pick<FastifyRequest, 'headers'>,
  { lang = '', theme }: { lang?: string | undefined; theme?: string | undefined },
): Look {
  const read = readTheme(theme)
  return {
    language: spokenLanguage(lang) ?? askedLanguage(request),
    theme: read.ok ? read.value : 'default',
  }
}

/** Nothing where the cookie is missing, is not ours, or was changed. */
function opened(cookie: string | undefined, sealer: Sealer): Waiting | undefined {
  if (cookie === undefined) return undefined
  try {
    const read = readWaiting(JSON.parse(sealer.open(cookie, COOKIE)))
    return read.ok ? read.value : undefined
  } catch {
    return undefined
  }
}

/** The page that hands the code over, or says what is the matter. */
async function sendEnd(
  reply: FastifyReply,
  { code = '', problem = '', look }: { code?: string; problem?: Text; look: Look },
  { config, webRoot }: Pick<AuthOptions, 'config' | 'webRoot'>,
): Promise<FastifyReply> {
  const nonce = newNonce()
  const html = await builtPage(join(webRoot, 'sign-in.html'), {
    CSP_NONCE: nonce,
    TEAMS_ORIGINS: config.teamsOrigins.join(','),
    LANGUAGE: languageTags[look.language],
    THEME: look.theme,
    ONE_TIME_CODE: code,
    PROBLEM: inLanguage(problem, look.language),
  })
  sendAsPage(reply, { nonce, isPopUp: true })
  return reply.type('text/html; charset=utf-8').send(html)
}

const notSetUp: Text = {
  en: 'Sign-in is not set up on this server.',
  fr: 'La connexion n’est pas configurée sur ce serveur.',
  zh: '此服务器尚未设置登录。',
}
const tooLate: Text = {
  en: 'The sign-in was not completed in time: sign in again.',
  fr: 'La connexion n’a pas été achevée à temps\u00A0: connectez-vous à nouveau.',
  zh: '登录未在规定时间内完成：请重新登录。',
}
