import type { Condition, Rule } from '../../../server/model/rule.ts'
import type { ConsoleParts } from './console-context.ts'

/** What is sent and when, in a line: `task.created · only if assignee is Ana · quiet 22:00–07:00`. */
export function ruleInWords(
  rule: Rule,
  parts: Pick<ConsoleParts, 'sentences' | 'operators' | 'tag'>,
): string {
  const { eventTypes, include, exclude, quietHours, digest } = rule
  const { channels: words } = parts.sentences
  const list = (conditions: Condition[], type: 'conjunction' | 'disjunction') =>
    new Intl.ListFormat(parts.tag, { type }).format(conditions.map((one) => inWords(one, parts.operators)))
  return [
    eventTypes.length > 0 ? eventTypes.join(', ') : words.allEvents,
    include.length > 0 && words.onlyIf(list(include, 'conjunction')),
    exclude.length > 0 && words.notIf(list(exclude, 'disjunction')),
    quietHours && words.quiet(quietHours.from, quietHours.to),
    digest && words.digest,
  ]
    .filter(Boolean)
    .join(' · ')
}

function inWords({ field, op, value }: Condition, operators: ConsoleParts['operators']): string {
  return [field, operators[op], Array.isArray(value) ? value.join(', ') : value].filter(isSaid).join(' ')
}

/** `0` and `false` are values like any other. */
const isSaid = (part: unknown) => part !== undefined && part !== ''
