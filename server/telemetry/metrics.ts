import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** The instruments of the list below under their names, and what Prometheus asks for. */
export type Metrics = ReturnType<typeof listMetrics> & {
  /** Called before each scrape: measures what is not counted as it happens. */
  beforeScrape(measure: () => Promise<void>): void
  /** All metrics in Prometheus' text format. */
  text(): Promise<string>
  contentType: string
}

/**
 * @param options.process whether the process itself (memory, event loop) is measured too: once a process, since
 * what watches it cannot be taken away again.
 */
export function createMetrics(options: { process?: boolean } = {}): Metrics {
  const registry = new Registry()
  if (options.process) collectDefaultMetrics({ register: registry })
  const measures: (() => Promise<void>)[] = []

  const metrics = listMetrics(registry)
  // A counter that first appears with a 1 has not risen, as Prometheus sees it: the first loss would alert nobody.
  for (const state of finalStates) {
    for (const transport of transports) metrics.deliveries.inc({ state, transport }, 0)
  }

  return {
    ...metrics,
    beforeScrape(measure) {
      measures.push(measure)
    },
    async text() {
      await Promise.all(measures.map((measure) => measure()))
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}

const finalStates = ['delivered', 'accepted', 'merged', 'refused', 'expired', 'cancelled'] as const
const transports = ['connector', 'workflow'] as const

/**
 * Every metric, once: what it is called, what it counts, by which labels. Labels take closed sets only (a
 * state, a kind, a route's pattern), never ids or hosts: each value is one more series for Prometheus to keep.
 */
export function listMetrics(registry: Registry) {
  const registers = [registry]
  return {
    requestSeconds: new Histogram({
      name: 'cardwire_http_request_seconds',
      help: 'Time to answer a request.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    eventsReceived: new Counter({
      name: 'cardwire_events_received_total',
      help: 'Events taken in; a duplicate is one that was known already.',
      labelNames: ['kind', 'duplicate'],
      registers,
    }),
    intakesRefused: new Counter({
      name: 'cardwire_intakes_refused_total',
      help: 'Requests of tracked systems that were refused, by error code.',
      labelNames: ['kind', 'code'],
      registers,
    }),
    deliveries: new Counter({
      name: 'cardwire_deliveries_total',
      help: 'Deliveries that reached a final state.',
      labelNames: ['state', 'transport'],
      registers,
    }),
    deliverySeconds: new Histogram({
      name: 'cardwire_delivery_seconds',
      help: 'Time from the making of a delivery to its final state.',
      labelNames: ['transport'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 1_800, 3_600, 14_400, 86_400],
      registers,
    }),
    attempts: new Counter({
      name: 'cardwire_attempts_total',
      help: 'HTTP requests made for deliveries, by how the answer was read.',
      labelNames: ['outcome', 'transport'],
      registers,
    }),
    pending: new Gauge({
      name: 'cardwire_pending',
      help: 'Deliveries that wait to be sent; what a digest tells counts as one.',
      registers,
    }),
    oldestDue: new Gauge({
      name: 'cardwire_oldest_due_seconds',
      help: 'How late the oldest work is that nobody does: a lane, a lease that ran out, what is to be let go.',
      registers,
    }),
    destinations: new Gauge({
      name: 'cardwire_destinations',
      help: 'Destinations that are in use, by health.',
      labelNames: ['health'],
      registers,
    }),
  }
}
