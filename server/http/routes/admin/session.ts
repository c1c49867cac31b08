import { Type } from 'typebox'
import { ADMIN_SESSION_MS, type AdminSessions, isAdminToken } from '../../../auth/admin.ts'
import type { Config } from '../../../config.ts'
import { AppError } from '../../../errors.ts'
import { Timestamp } from '../../../model/ids.ts'
import { adminCookie, adminSessionOf, isSameOrigin } from '../../admin-cookie.ts'
import type { HttpPlugin } from '../../build-http.ts'
import { problems } from '../../plugins/problems.ts'
import { limitEach } from '../../plugins/rate-limits.ts'
import { fromElsewhere, type Who } from '../../who.ts'

export interface AdminSessionOptions {
  config: Pick<Config, 'publicUrl' | 'adminToken'>
  sessions: AdminSessions
  who: Who
}

const Session = Type.Object({
  until: Type.Union([Timestamp, Type.Null()], {
    description: 'Null for a bearer token, which has no session.',
  }),
})

/** Of one address: a person who mistypes has enough, a guesser has none. */
const TRIES_PER_MINUTE = 10

/**
 * Signing in and out of the console: the admin token for a cookie that no script can read, for twelve hours. Programs
 * send the token itself.
 */
export const adminSessionRoutes: HttpPlugin<AdminSessionOptions> = async (
  http,
  { config, sessions, who },
) => {
  const isHttps = config.publicUrl.startsWith('https:')
  const countTry = limitEach(http, { max: TRIES_PER_MINUTE, of: async (request) => request.ip })

  http.post(
    '/api/admin/session',
    {
      schema: {
        hide: true,
        body: Type.Object(
          {
            token: Type.String({
              minLength: 1,
              maxLength: 4096,
              description: 'The admin token of this server.',
            }),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Session,
          ...problems('request-invalid', 'unauthenticated', 'forbidden', 'too-many-requests'),
        },
      },
    },
    async (request, reply) => {
      if (!isSameOrigin(request, config.publicUrl)) throw fromElsewhere()
      // Before the token is looked at, so that guessing is slow whatever is guessed.
      await countTry(request, reply)
      if (!isAdminToken(request.body.token.trim(), config.adminToken)) throw wrongToken()
      const session = sessions.open()
      reply.header('set-cookie', adminCookie(session, { isHttps, lifeMs: ADMIN_SESSION_MS }))
      return { until: sessions.endOf(session)?.toISOString() ?? null }
    },
  )

  http.get(
    '/api/admin/session',
    {
      schema: {
        hide: true,
        response: { 200: Session, ...problems('unauthenticated', 'forbidden') },
      },
    },
    async (request) => {
      await who.requireAdministrator(request)
      return { until: sessions.endOf(adminSessionOf(request) ?? '')?.toISOString() ?? null }
    },
  )

  http.delete(
    '/api/admin/session',
    {
      schema: {
        hide: true,
        response: { 204: Type.Null(), ...problems('unauthenticated', 'forbidden') },
      },
    },
    async (request, reply) => {
      await who.requireAdministrator(request)
      reply.header('set-cookie', adminCookie('', { isHttps, lifeMs: 0 }))
      return reply.code(204).send(null)
    },
  )
}

/** Told in the console, whose reader may speak any of the three. */
function wrongToken(): AppError {
  return new AppError('unauthenticated', {
    public: {
      en: 'This is not the admin token of this server.',
      fr: 'Ce n’est pas le jeton d’administration de ce serveur.',
      zh: '这不是此服务器的管理令牌。',
    },
  })
}
