import { expect, test } from 'vitest'
import { percentile } from './median.ts'
import { judge, type Row, table } from './report.ts'

const circumstances = { machine: '2 × Abacus', loadAverage: 0.1, rounds: 3, at: '2026-11-21T08:00:00Z' }

test('compares round by round, so that a round on a slow machine is judged like the others', () => {
  const beside = { what: 'bare', figures: [1000, 100, 1000] }
  const row: Row = {
    what: 'cards',
    unit: 'cards/s',
    ours: [600, 60, 610],
    beside,
    goal: { ratioAtLeast: 0.6 },
  }
  expect(judge(row)).toEqual({ judged: [0.6, 0.6, 0.61], isMet: true })
})

test('says of each goal whether it was met', () => {
  const rows: Row[] = [
    { what: 'a start', unit: 's', ours: [1.9, 2.1, 2.2], goal: { below: 2 } },
    {
      what: 'others',
      unit: 'ms',
      ours: [20, 30, 150],
      beside: { what: 'alone', figures: [10, 10, 10] },
      goal: { differenceBelow: 100 },
    },
    { what: 'the median', unit: 'ms', ours: [1.234] },
  ]
  expect(table(rows, circumstances)).toBe(
    [
      '2 × Abacus; load average 0.1 before; up to 3 rounds; 2026-11-21T08:00:00Z',
      '',
      '| what | Cardwire | beside | judged (rounds) | goal | |',
      '| --- | --- | --- | --- | --- | --- |',
      '| a start | 2.1 s |  | **2.1** (1.9 to 2.2) | < 2 s | missed |',
      '| others | 30 ms | 10 ms (alone) | **+20** (10 to 140) | < +100 ms | met |',
      '| the median | 1.23 ms |  |  |  |  |',
    ].join('\n'),
  )
})

test('tells the worst but one of two hundred for ninety-nine percent', () => {
  const figures = Array.from({ length: 200 }, (_, index) => 200 - index)
  expect(percentile(figures, 99)).toBe(198)
  expect(percentile([7], 99)).toBe(7)
})
