import { writeFileSync } from 'node:fs'
import { median } from './median.ts'

/** One thing measured: a figure a round, and beside it what it is compared with in the same round. */
export interface Row {
  what: string
  unit: 'cards/s' | 'events/s' | 'ms' | 's' | 'MB' | 'KB'
  ours: number[]
  beside?: { what: string; figures: number[] }
  goal?: Goal
}

/** What is judged: the figure alone, or what it makes of the one beside it. */
export type Goal = { below: number } | { ratioAtLeast: number } | { differenceBelow: number }

/** Where and how figures were made. */
export interface Circumstances {
  machine: string
  /** Of the minute before; a machine that is busy with other things tells nothing about this one. */
  loadAverage: number
  rounds: number
  at: string
}

/** A Markdown table of the medians. */
export function table(rows: readonly Row[], { machine, loadAverage, rounds, at }: Circumstances): string {
  return [
    `${machine}; load average ${loadAverage.toFixed(1)} before; up to ${rounds} rounds; ${at}`,
    '',
    '| what | Cardwire | beside | judged (rounds) | goal | |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${cells(row).join(' | ')} |`),
  ].join('\n')
}

/** Every figure of every round. */
export function writeJson(path: string, rows: readonly Row[], circumstances: Circumstances): void {
  const judgedRows = rows.map((row) => ({ ...row, median: median(row.ours), ...(row.goal && judge(row)) }))
  writeFileSync(path, `${JSON.stringify({ ...circumstances, rows: judgedRows }, null, 2)}\n`)
}

/** Round by round, since both were measured one after the other on a machine whose speed changes. */
export function judge({ ours, beside, goal }: Row): { judged: number[]; isMet: boolean } {
  const other = (index: number) => beside?.figures[index] ?? Number.NaN
  if (!goal) return { judged: ours, isMet: true }
  if ('ratioAtLeast' in goal) {
    const judged = ours.map((figure, index) => figure / other(index))
    return { judged, isMet: median(judged) >= goal.ratioAtLeast }
  }
  if ('differenceBelow' in goal) {
    const judged = ours.map((figure, index) => figure - other(index))
    return { judged, isMet: median(judged) < goal.differenceBelow }
  }
  return { judged: ours, isMet: median(ours) < goal.below }
}

function cells(row: Row): string[] {
  const { what, ours, beside, goal, unit } = row
  const compared = beside ? `${written(median(beside.figures), unit)} (${beside.what})` : ''
  const plain = [what, written(median(ours), unit), compared]
  if (!goal) return [...plain, '', '', '']
  const { judged, isMet } = judge(row)
  const isRatio = 'ratioAtLeast' in goal
  const figure = (value: number) => (isRatio ? value.toFixed(2) : digits(value))
  const spread = `${figure(Math.min(...judged))} to ${figure(Math.max(...judged))}`
  const sign = 'differenceBelow' in goal && median(judged) >= 0 ? '+' : ''
  const told = `**${sign}${figure(median(judged))}** (${spread})`
  return [...plain, told, goalWords(goal, unit), isMet ? 'met' : 'missed']
}

function goalWords(goal: Goal, unit: Row['unit']): string {
  if ('ratioAtLeast' in goal) return `≥ ${goal.ratioAtLeast}`
  return 'below' in goal ? `< ${goal.below} ${unit}` : `< +${goal.differenceBelow} ${unit}`
}

const written = (figure: number, unit: string) => `${digits(figure)} ${unit}`

/** Three that count. */
function digits(figure: number): string {
  const size = Math.abs(figure)
  return figure.toLocaleString('en', { maximumFractionDigits: size >= 100 ? 0 : size >= 10 ? 1 : 2 })
}
