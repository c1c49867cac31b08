import type { FastifyRequest } from 'fastify'
import { AppError, type ErrorCode } from '../errors.ts'
import type { Text } from '../model/text.ts'

/**
 * What was thrown, as one of our own errors. Faults of the caller that Fastify and its plugins found keep their
 * meaning; anything else is a fault of ours, of which nothing is told: people are sent to whoever runs this server, who
 * is told where to look.
 */
export function toAppError(thrown: unknown, request: Pick<FastifyRequest, 'url' | 'id'>): AppError {
  if (thrown instanceof AppError) return thrown
  const known = foundByFastify[textOf(thrown, 'code')]
  if (known) return new AppError(known.code, { public: known.public, cause: thrown })
  if (thrown instanceof SyntaxError && isCallersFault(thrown)) return unreadable(thrown)
  if (isCallersFault(thrown)) {
    return new AppError('request-invalid', { public: 'The request cannot be understood.', cause: thrown })
  }
  return new AppError('internal', {
    public: request.url.startsWith('/api/admin/') ? lookIntoLog(request.id) : tellWhoRunsIt,
    message: 'Not raised on purpose.',
    cause: thrown,
  })
}

const tellWhoRunsIt: Text = {
  en: 'Something went wrong in Cardwire, and it is not your fault. Try again; if it stays, tell whoever runs this server.',
  fr: 'Cardwire a rencontré une erreur dont vous n’êtes pas responsable. Réessayez\u00A0; si elle persiste, prévenez la personne qui gère ce serveur.',
  zh: 'Cardwire 出现错误，这不是您的问题。请重试；如果仍然出错，请告知此服务器的管理者。',
}

const lookIntoLog = (requestId: string): Text => ({
  en: `Something went wrong in Cardwire. Try again; if it stays, the server’s log says why under the requestId ${requestId}.`,
  fr: `Cardwire a rencontré une erreur. Réessayez\u00A0; si elle persiste, le journal du serveur en donne la raison sous le requestId ${requestId}.`,
  zh: `Cardwire 出现错误。请重试；如果仍然出错，请在服务器日志中按 requestId ${requestId} 查看原因。`,
})

const notJson = 'The body is not JSON: check quotes, commas and brackets.'

const foundByFastify: Record<string, { code: ErrorCode; public: string } | undefined> = {
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'body-unreadable', public: notJson },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'body-unreadable', public: 'The body is empty: send JSON.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'body-unreadable',
    public: 'The body is not as long as its Content-Length says.',
  },
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'body-too-large', public: 'Send at most 1 MB.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'media-type-unsupported',
    public: 'Send JSON, with the header Content-Type: application/json.',
  },
}

/** Fastify's JSON parser throws a bare SyntaxError at keys such as `__proto__`. */
function unreadable(cause: SyntaxError): AppError {
  return new AppError('body-unreadable', {
    public: 'The body is not acceptable JSON: a key is forbidden.',
    cause,
  })
}

/** Plugins mark what the caller did wrong with a status in the 400s. */
function isCallersFault(thrown: unknown): boolean {
  const status = Number(textOf(thrown, 'statusCode'))
  return status >= 400 && status < 500
}

function textOf(thing: unknown, name: string): string {
  return typeof thing === 'object' && thing !== null ? String(Reflect.get(thing, name)) : ''
}
