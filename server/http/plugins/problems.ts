import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { AppError, type ErrorCode, errorTable } from '../../errors.ts'
import { Problem } from '../../model/problem.ts'
import { inLanguage } from '../../model/text.ts'
import { askedLanguage, tellLanguage } from '../asked-language.ts'
import type { Http } from '../build-http.ts'
import { toAppError } from '../to-app-error.ts'
import { limitFailedProofs } from './rate-limits.ts'
import { noteInLog } from './request-log.ts'

/**
 * Every error is answered as `application/problem+json`, by the table in `errors.ts`; `detail` is in the language that
 * was asked for, where its words are. What was not raised on
 * purpose is a fault of ours: it is logged whole and answered 500 without a word of it.
 */
export function answerProblems(http: Http): void {
  const asLimited = limitFailedProofs(http)

  http.setErrorHandler(async (thrown, request, reply) => {
    const error = await asLimited(toAppError(thrown, request), request, reply)
    if (error.code === 'internal') request.log.error({ error: thrown }, 'request.failed')
    return sendProblem(error, request, reply)
  })

  http.setNotFoundHandler({ preHandler: http.rateLimit() }, (request, reply) => {
    const told = `There is no ${request.method} on this path. The API is described at /docs.`
    return sendProblem(new AppError('not-found', { public: told }), request, reply)
  })
}

/** For addresses that the router itself cannot read; no hook has run for these. */
export function answerUnroutable(_: Error, request: FastifyRequest, reply: FastifyReply): void {
  const told = 'The address cannot be read: check its percent signs and its length.'
  void sendProblem(new AppError('request-invalid', { public: told }), request, reply)
}

/** The answers of a route that are problems, for its `response` schema and so for the API's description. */
export function problems(...codes: ErrorCode[]): Record<number, typeof Problem> {
  const responses: Record<number, typeof Problem> = {}
  for (const code of codes) {
    const { status } = errorTable[code]
    const sameStatus = codes.filter((other) => errorTable[other].status === status)
    responses[status] = Type.Object(Problem.properties, { description: sameStatus.map(explained).join(' ') })
  }
  return responses
}

function explained(code: ErrorCode): string {
  return `\`${code}\`: ${errorTable[code].when}`
}

function sendProblem(error: AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, title } = errorTable[error.code]
  const isReasonOwn = error.message !== inLanguage(error.public, 'en')
  const language = typeof error.public === 'string' ? 'en' : askedLanguage(request)
  noteInLog(request, { code: error.code, ...(isReasonOwn && { reason: error.message }) })
  if (error.code === 'unauthenticated') reply.header('www-authenticate', 'Bearer')
  tellLanguage(reply, language)
  const problem: Problem = {
    type: `urn:cardwire:problem:${error.code}`,
    title,
    status,
    detail: inLanguage(error.public, language),
    code: error.code,
    requestId: request.id,
  }
  return reply.code(status).type('application/problem+json').send(problem)
}
