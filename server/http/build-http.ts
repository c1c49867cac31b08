import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify'
import type { Config } from '../config.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { readJsonBodies } from './plugins/json-bodies.ts'
import { describeApi } from './plugins/open-api.ts'
import { answerProblems, answerUnroutable } from './plugins/problems.ts'
import { limitRates } from './plugins/rate-limits.ts'
import { logRequests } from './plugins/request-log.ts'
import { checkSchemas, writeBySchemas } from './plugins/schemas.ts'
import { sendSecurityHeaders } from './plugins/security-headers.ts'

/** Our HTTP server before it listens; route groups are registered on it. */
export type Http = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** A group of routes: a plugin that gets what it needs as options. */
export type HttpPlugin<Options extends object> = (http: Http, options: Options) => Promise<void>

export interface HttpOptions {
  config: Pick<Config, 'publicUrl' | 'trustedProxies'>
  log: Log
  metrics: Metrics
  /** Makes the id of a request; it is in the answer's `X-Request-Id` and in every line of log. */
  newId: () => string
  /** Ours, for the API's description. */
  version: string
}

/** Larger bodies are answered 413. */
export const BODY_LIMIT_BYTES = 1024 * 1024

/** By when a whole request must have come; Fastify would wait for ever for one that trickles in. */
const REQUEST_TIMEOUT_MS = 30_000

/**
 * An HTTP server with everything around the routes: ids, log, metrics, schemas, problems, headers and limits.
 * What is registered on it afterwards needs to care for none of these.
 */
export async function buildHttp({ config, log, metrics, newId, version }: HttpOptions): Promise<Http> {
  const logger: FastifyBaseLogger = log
  const http = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: newId,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    frameworkErrors: answerUnroutable,
    routerOptions: { maxParamLength: 600 },
  }).withTypeProvider<TypeBoxTypeProvider>()

  readJsonBodies(http)
  checkSchemas(http)
  writeBySchemas(http)
  logRequests(http, metrics)
  sendSecurityHeaders(http, config)
  await limitRates(http)
  answerProblems(http)
  await describeApi(http, { version, publicUrl: config.publicUrl })
  return http
}
