import type { Account } from './account.ts'
import type { Finished } from './run.ts'

/** So many lines of one kind are told; the others are counted. */
const mostTold = 40

/** A run and its account, for a person to read. */
export function report(finished: Finished, { faults, duplicates, ends }: Account): string {
  const { events, requests, stops, warnings } = finished
  const count = (kind: string) => stops.filter((one) => one.kind === kind).length
  const sections = [
    `${events.length} events, ${requests.length} requests seen by Teams, ${count('kill')} kills (${hows(finished)}), ${count('freeze')} freezes; down for ${down(stops)} s in all.`,
    titled(
      'What was owed',
      Object.entries(ends).map(([end, number]) => `${number} ${end}`),
    ),
    titled(
      'Appeared again, each with its cause',
      duplicates.map(({ what, cause }) => `${what}: ${cause}`),
    ),
    titled(
      'Warnings in the log',
      [...warnings].map(([event, number]) => `${number} ${event}`),
    ),
    faults.length === 0
      ? 'Nothing lost, nothing over the limits, nothing without a cause.'
      : titled('WRONG', faults),
  ]
  return sections.filter(Boolean).join('\n\n')
}

function hows({ stops }: Finished): string {
  const kills = stops.filter(({ kind }) => kind === 'kill').map(({ how }) => how)
  return [...new Set(kills)].map((how) => `${kills.filter((one) => one === how).length} ${how}`).join(', ')
}

function down(stops: Finished['stops']): number {
  return Math.round(stops.reduce((sum, { from, to }) => sum + to - from, 0) / 1000)
}

function titled(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return ''
  const told = lines.slice(0, mostTold).map((line) => `  ${line}`)
  const more = lines.length > mostTold ? [`  … and ${lines.length - mostTold} more`] : []
  return [`${title} (${lines.length}):`, ...told, ...more].join('\n')
}
