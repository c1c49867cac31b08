import { Registry } from 'prom-client'
import { listMetrics } from '../telemetry/metrics.ts'

/** One metric as Prometheus sees it. */
export interface ListedMetric {
  name: string
  help: string
  type: 'counter' | 'gauge' | 'histogram'
  labels: string[]
}

/** Every metric of ours; the process's own (`process_…`, `nodejs_…`) come from prom-client. */
export function listedMetrics(): ListedMetric[] {
  return Object.values(listMetrics(new Registry())).map((metric) => {
    const { name, help, labelNames } = metric as unknown as {
      name: string
      help: string
      labelNames: string[]
    }
    return {
      name,
      help,
      type: metric.constructor.name.toLowerCase() as ListedMetric['type'],
      labels: labelNames,
    }
  })
}

export function metricsTable(): string {
  const rows = listedMetrics().map(
    ({ name, type, labels, help }) =>
      `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(' ')} | ${help} |`,
  )
  return ['| metric | type | labels | what it says |', '| --- | --- | --- | --- |', ...rows].join('\n')
}
