import type { FastifyRequest } from 'fastify'
import type { Metrics } from '../../telemetry/metrics.ts'
import { redactPath } from '../../telemetry/redact.ts'
import type { Http } from '../build-http.ts'

/**
 * Asked for again and again by machines: their lines are for debugging only, unless they are refused. Each event
 * that a hook takes in has a line of its own.
 */
const quietRoutes = new Set(['/healthz', '/readyz', '/metrics', '/assets/*', '/hooks/:sourceKey'])

const notes = new WeakMap<FastifyRequest, Record<string, unknown>>()

/** Adds fields to the request's one line of log: ids and counts, never text that people or systems wrote. */
export function noteInLog(request: FastifyRequest, fields: Record<string, unknown>): void {
  notes.set(request, { ...notes.get(request), ...fields })
}

/**
 * One line and one measurement per request, when it has been answered. Routes are told by their pattern, since
 * paths hold ids and sometimes secrets; a path that leads nowhere is told redacted, or nobody could find out
 * why. Query strings are never told.
 */
export function logRequests(http: Http, metrics: Metrics): void {
  http.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    done()
  })
  http.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url
    const { statusCode: status, elapsedTime: ms } = reply
    metrics.requestSeconds.observe(
      { method: request.method, route: route ?? 'none', status: String(status) },
      ms / 1000,
    )
    const level = route !== undefined && quietRoutes.has(route) && status < 400 ? 'debug' : 'info'
    const where = route === undefined ? { path: redactPath(request.url) } : { route }
    request.log[level](
      { method: request.method, ...where, status, ms: Math.round(ms * 10) / 10, ...notes.get(request) },
      'request.answered',
    )
    done()
  })
}
