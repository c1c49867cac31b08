import type { Condition, Rule } from '../../../server/model/rule.ts'
import type { Source } from '../../../server/model/source.ts'
import type { ConsoleParts } from './console-context.ts'

/** What people call that of which rules name the keys. */
export type Titles = Pick<Source, 'eventTypes' | 'fields'>

/**
 * What is sent and when, in a line: `Created · only if Assignee is Ana · quiet 22:00–07:00`. What has no title is
 * told as the rule has it: `task.*`, what the source does not know any more, everything where the source is not known.
 */
export function ruleInWords(
  rule: Rule,
  titles: Titles | undefined,
  parts: Pick<ConsoleParts, 'sentences' | 'operators' | 'tag'>,
): string {
  const { eventTypes, include, exclude, quietHours, digest } = rule
  const { channels: words } = parts.sentences
  const list = (conditions: Condition[], type: 'conjunction' | 'disjunction') =>
    new Intl.ListFormat(parts.tag, { type }).format(
      conditions.map((one) => inWords(one, titles, parts.operators)),
    )
  const titleOf = (wanted: string) => titles?.eventTypes.find(({ type }) => type === wanted)?.title ?? wanted
  return [
    eventTypes.length > 0 ? eventTypes.map(titleOf).join(', ') : words.allEvents,
    include.length > 0 && words.onlyIf(list(include, 'conjunction')),
    exclude.length > 0 && words.notIf(list(exclude, 'disjunction')),
    quietHours && words.quiet(quietHours.from, quietHours.to),
    digest && words.digest,
  ]
    .filter(Boolean)
    .join(' · ')
}

function inWords(
  { field, op, value }: Condition,
  titles: Titles | undefined,
  operators: ConsoleParts['operators'],
): string {
  const title = titles?.fields.find((one) => one.field === field)?.title ?? field
  return [title, operators[op], Array.isArray(value) ? value.join(', ') : value].filter(isSaid).join(' ')
}

/** `0` and `false` are values like any other. */
const isSaid = (part: unknown) => part !== undefined && part !== ''
