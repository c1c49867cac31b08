import type { Config } from '../../config.ts'
import { AppError } from '../../errors.ts'
import { equalSecrets } from '../../lib/equal-secrets.ts'
import { isLoopback } from '../../lib/is-loopback.ts'
import type { Metrics } from '../../telemetry/metrics.ts'
import { bearerOf } from '../bearer.ts'
import type { HttpPlugin } from '../build-http.ts'

export interface MetricsOptions {
  config: Pick<Config, 'publicUrl' | 'metricsToken'>
  metrics: Metrics
}

/**
 * `GET /metrics` for Prometheus. Without a `METRICS_TOKEN` it is open only while `PUBLIC_URL` is loopback:
 * the caller's own address proves nothing, since behind a proxy on the same machine everyone's is loopback.
 */
export const metricsRoutes: HttpPlugin<MetricsOptions> = async (http, { config, metrics }) => {
  http.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    requireToken(config, bearerOf(request))
    return reply.type(metrics.contentType).send(await metrics.text())
  })
}

function requireToken(
  { publicUrl, metricsToken }: MetricsOptions['config'],
  given: string | undefined,
): void {
  if (metricsToken === undefined) {
    if (isLoopback(new URL(publicUrl).hostname)) return
    throw new AppError('unauthenticated', {
      public: 'The metrics are closed: set METRICS_TOKEN on the server and send it as a bearer token.',
    })
  }
  if (given === undefined || !equalSecrets(given, metricsToken)) {
    throw new AppError('unauthenticated', {
      public: 'Send the METRICS_TOKEN of the server as a bearer token.',
    })
  }
}
