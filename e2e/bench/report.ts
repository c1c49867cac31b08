import { writeFileSync } from 'node:fs'

/** One thing measured: figures per round, more is better. */
export interface Row {
  what: string
  unit: string
  baseline: string
  ours: number[]
  bare: number[]
  /** The ratio we aim at. */
  goal: number
}

/** Prints a Markdown table of medians and, when asked, writes every figure as JSON. */
export function report(rows: Row[], { machine, json }: { machine: string; json: string | undefined }): void {
  const table = rows.map((row) => {
    const [ours, bare, ratio] = [median(row.ours), median(row.bare), median(ratios(row))]
    const spread = `${rounded(Math.min(...ratios(row)))}–${rounded(Math.max(...ratios(row)))}`
    return `| ${row.what} | ${figure(ours, row.unit)} | ${figure(bare, row.unit)} (${row.baseline}) | **${rounded(ratio)}** (${spread}) | ${row.goal} |`
  })
  console.log(
    [
      `${machine}; medians of ${rows[0]?.ours.length ?? 0} rounds`,
      '',
      '| what | Cardwire | baseline | ratio (of rounds) | goal |',
      '| --- | --- | --- | --- | --- |',
      ...table,
    ].join('\n'),
  )
  if (json) writeFileSync(json, `${JSON.stringify({ machine, rows }, null, 2)}\n`)
}

/** Round by round, since the two were measured one after the other on a machine whose speed changes. */
function ratios({ ours, bare }: Row): number[] {
  return ours.map((value, index) => value / (bare[index] ?? Number.NaN))
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? Number.NaN, sorted[Math.floor(middle)] ?? Number.NaN]
  return (low + high) / 2
}

const figure = (value: number, unit: string) => `${Math.round(value).toLocaleString('en')} ${unit}`
const rounded = (ratio: number) => ratio.toFixed(2)
