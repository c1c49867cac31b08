import { join } from 'node:path'
import { settingsTable } from '../config-table.ts'
import { errorTable } from '../errors.ts'
import { projectRoot } from '../lib/project-root.ts'
import { metricsTable } from './metrics-table.ts'

/** Each part of the documentation that is written from code, between `<!-- name -->` and `<!-- /name -->`. */
export const writtenParts = [
  { file: join(projectRoot, 'README.md'), name: 'settings', write: settingsTable },
  { file: join(projectRoot, 'server', 'http', 'README.md'), name: 'errors', write: errorsTable },
  { file: join(projectRoot, 'server', 'telemetry', 'README.md'), name: 'metrics', write: metricsTable },
]

/**
 * The document with the part put between its markers.
 * @throws {Error} when the markers are not there, each once and in order.
 */
export function withPart(document: string, name: string, part: string): string {
  const [before, rest, ...more] = document.split(`<!-- ${name} -->`)
  const [old, after, ...others] = (rest ?? '').split(`<!-- /${name} -->`)
  const isMarked = old !== undefined && after !== undefined && more.length + others.length === 0
  if (!isMarked) throw new Error(`It needs the lines <!-- ${name} --> and <!-- /${name} -->, each once.`)
  return `${before}<!-- ${name} -->\n${part}\n<!-- /${name} -->${after}`
}

function errorsTable(): string {
  const rows = Object.entries(errorTable).map(
    ([code, { status, title, when }]) => `| ${status} | \`${code}\` | ${title} | ${when} |`,
  )
  return ['| status | code | title | when |', '| --- | --- | --- | --- |', ...rows].join('\n')
}
