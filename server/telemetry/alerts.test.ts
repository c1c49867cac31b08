import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { projectRoot } from '../lib/project-root.ts'
import { DeliveryState, OutcomeKind } from '../model/delivery.ts'
import { Health } from '../model/destination.ts'
import { listedMetrics } from '../testing/metrics-table.ts'

interface Rule {
  alert: string
  expr: string
  for?: string
  labels: { severity: string }
  annotations: { summary: string; description: string }
}

const file = readFileSync(join(projectRoot, 'server', 'telemetry', 'alerts.yaml'), 'utf8')
const { groups } = parse(file) as { groups: { name: string; rules: Rule[] }[] }
const rules = groups.flatMap((group) => group.rules)

/** What Prometheus makes of our metrics: a histogram is three series. */
const labelsOf = new Map(
  listedMetrics().flatMap(({ name, type, labels }): [string, string[]][] =>
    type === 'histogram'
      ? [
          [`${name}_bucket`, [...labels, 'le']],
          [`${name}_sum`, labels],
          [`${name}_count`, labels],
        ]
      : [[name, labels]],
  ),
)
labelsOf.set('up', ['job'])

const constants = (schema: { anyOf: { const: string }[] }) => schema.anyOf.map((one) => one.const)
const closedSets: Record<string, string[]> = {
  state: constants(DeliveryState),
  outcome: constants(OutcomeKind),
  health: constants(Health),
}

/** The nodes of one kind in an expression, wherever they stand. */
function nodes(expr: string, kind: string): SyntaxNode[] {
  const found: SyntaxNode[] = []
  parser.parse(expr).iterate({
    enter: (node) => {
      if (node.name === kind) found.push(node.node)
    },
  })
  return found
}

const textOf = (expr: string, node: SyntaxNode | null) => (node ? expr.slice(node.from, node.to) : '')

describe.each(rules)('the rule $alert', (rule) => {
  it('is PromQL over metrics and labels that there are', () => {
    expect(nodes(rule.expr, '⚠')).toEqual([])
    const selectors = nodes(rule.expr, 'VectorSelector')
    expect(selectors.length).toBeGreaterThan(0)
    for (const selector of selectors) {
      const labels = labelsOf.get(textOf(rule.expr, selector.getChild('Identifier')))
      expect(labels, textOf(rule.expr, selector)).toBeDefined()
      const matchers = textOf(rule.expr, selector.getChild('LabelMatchers'))
      for (const [, label] of matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)) expect(labels).toContain(label)
      for (const [, label = '', values = ''] of matchers.matchAll(/(\w+)\s*=~?\s*"([^"]*)"/g)) {
        const known = closedSets[label]
        if (known) expect(known).toEqual(expect.arrayContaining(values.split('|')))
      }
    }
  })

  it('says what is the matter, what to do, and how urgent it is', () => {
    expect(rule.annotations.summary).toMatch(/\.$/)
    expect(rule.annotations.description.length).toBeGreaterThan(40)
    expect(['page', 'ticket']).toContain(rule.labels.severity)
  })

  it('names only what the log says', () => {
    const code = readdirSync(join(projectRoot, 'server'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.includes('generated') && !path.endsWith('.test.ts'))
      .map((path) => readFileSync(join(projectRoot, 'server', path), 'utf8'))
      .join('\n')
    for (const [, event] of rule.annotations.description.matchAll(/`(\w+\.\w+)`/g)) {
      expect(code).toContain(`'${event}'`)
    }
  })
})

describe('the rules', () => {
  it('wake somebody when work is late, and when nobody answers', () => {
    const paging = rules.filter((rule) => rule.labels.severity === 'page').map((rule) => rule.expr)
    expect(paging.some((expr) => expr.includes('cardwire_oldest_due_seconds'))).toBe(true)
    expect(paging.some((expr) => expr.startsWith('up{'))).toBe(true)
  })

  it('look at every health that needs somebody', () => {
    for (const health of ['failing', 'gone']) expect(file).toContain(`health="${health}"`)
  })
})
