import type { Account } from './account.ts'
import type { Duplicate } from './check-duplicates.ts'
import { groupBy } from './ledger.ts'
import type { Finished } from './run.ts'

/** So many of what is wrong are told; the others are in the JSON. */
const mostTold = 60

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
    titled(`Appeared again (${duplicates.length}), and why`, byCause(duplicates)),
    titled(
      'Warnings in the log',
      [...warnings].map(([event, number]) => `${number} ${event}`),
    ),
    faults.length === 0
      ? 'Nothing lost, nothing over the limits, nothing without a cause.'
      : titled(`WRONG (${faults.length})`, faults.slice(0, mostTold)),
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

/** Each of them, in a line for each cause. */
function byCause(duplicates: readonly Duplicate[]): string[] {
  return [...groupBy(duplicates, ({ cause }) => cause)].map(
    ([cause, own]) => `${own.length} ${cause}: ${own.map(({ what }) => what).join(', ')}`,
  )
}

function titled(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n')
}
