import rateLimit from '@fastify/rate-limit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../errors.ts'
import type { Http } from '../build-http.ts'

/** Per address and minute; a company may well be one address. */
const REQUESTS_PER_MINUTE = 1000
const FAILED_PROOFS_PER_MINUTE = 60

/**
 * Limits what anyone may do without saying who they are: pages, documentation, missing paths.
 *
 * Routes under `/api/` and `/hooks/` are not limited here. They prove every request, so that only failed proofs
 * need a limit, and a burst of real events must pass. Health checks are free, or a busy neighbour behind the
 * same address would take a healthy server out of service.
 */
export async function limitRates(http: Http): Promise<void> {
  http.addHook('onRoute', (route) => {
    if (unlimited.test(route.url)) route.config = { rateLimit: false, ...route.config }
  })
  await http.register(rateLimit, {
    max: REQUESTS_PER_MINUTE,
    timeWindow: '1 minute',
    errorResponseBuilder: (_, { ttl }) => tooMany(ttl),
  })
}

const unlimited = /^\/(api|hooks)\/|^\/(healthz|readyz|metrics)$/

/**
 * Turns a failed proof into 429 once an address had too many of them. A good proof is never refused for the bad
 * ones before it: many senders share addresses, and a stranger with an account at the same service could else
 * keep its real events out. So this bounds the log and the tries, not the work of checking a proof.
 */
export function limitFailedProofs(http: Http) {
  const countOne = http.createRateLimit({ max: FAILED_PROOFS_PER_MINUTE, timeWindow: '1 minute' })
  return async (error: AppError, request: FastifyRequest, reply: FastifyReply): Promise<AppError> => {
    if (!isFailedProof(error, request)) return error
    const count = await countOne(request)
    if (count.isAllowed || !count.isExceeded) return error
    reply.header('retry-after', count.ttlInSeconds)
    return tooMany(count.ttl)
  }
}

/** Counts what one person, or whoever `of` says, does in a minute. @throws {AppError} `too-many-requests` */
export function limitEach(
  http: Http,
  { max, of }: { max: number; of: (request: FastifyRequest) => Promise<string> },
) {
  const countOne = http.createRateLimit({ max, timeWindow: '1 minute', keyGenerator: of })
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const count = await countOne(request)
    if (count.isAllowed || !count.isExceeded) return
    reply.header('retry-after', count.ttlInSeconds)
    throw tooMany(count.ttl)
  }
}

/** Who does not know a source's address proves nothing either; an administrator may well look for what is gone. */
function isFailedProof({ code }: AppError, { routeOptions }: FastifyRequest): boolean {
  if (code === 'source-unknown') return routeOptions.url?.startsWith('/hooks/') ?? false
  return code === 'unauthenticated' || code === 'proof-invalid'
}

function tooMany(ttlMs: number): AppError {
  const seconds = Math.max(1, Math.ceil(ttlMs / 1000))
  return new AppError('too-many-requests', {
    public: {
      en: `Wait ${seconds} s, then try again.`,
      fr: `Attendez ${seconds}\u00A0s, puis réessayez.`,
      zh: `请等待 ${seconds} 秒后重试。`,
    },
  })
}
