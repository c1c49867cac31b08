import type { Configuration } from '../../../server/model/configuration.ts'
import type { Condition, Rule } from '../../../server/model/rule.ts'
import type { SourceChoice } from '../../../server/model/source.ts'
import { choiceFieldsOf, isAnswered, startingChoices } from './choice-fields.ts'
import {
  conditionOf,
  type DraftCondition,
  draftConditionOf,
  isConditionComplete,
  isConditionOf,
} from './draft-condition.ts'

/** What stands in the form: a configuration that may still be half empty. */
export interface Draft {
  name: string
  sourceId: string | null
  choices: Record<string, unknown>
  eventTypes: readonly string[]
  include: readonly DraftCondition[]
  exclude: readonly DraftCondition[]
  paused: boolean
  /** What the person pasted; absent where none is asked for, or none was pasted on an edit. */
  url?: TypedUrl | undefined
  /** Kept as they are: the form does not ask for them. */
  quietHours: Rule['quietHours']
  digest: Rule['digest']
}

export interface TypedUrl {
  text: string
  /** Whether cards may be sent there. */
  isGood: boolean
}

/** What must still be given before Teams may offer Save, as the form asks for it from top to bottom. */
export type Missing = 'name' | 'url' | 'source' | 'choices' | 'events' | 'conditions'

export function missingOf(draft: Draft, source: SourceChoice | undefined): Missing[] {
  const missing: Missing[] = []
  if (draft.name.trim() === '') missing.push('name')
  if (draft.url?.isGood === false) missing.push('url')
  if (source === undefined) return [...missing, 'source']
  if (!choiceFieldsOf(source.choices).every((field) => isAnswered(field, draft.choices))) {
    missing.push('choices')
  }
  if (draft.eventTypes.length === 0) missing.push('events')
  if (![...draft.include, ...draft.exclude].every(isConditionComplete)) missing.push('conditions')
  return missing
}

export const emptyDraft = (name = ''): Draft => ({
  name,
  sourceId: null,
  choices: {},
  eventTypes: [],
  include: [],
  exclude: [],
  paused: false,
  quietHours: null,
  digest: null,
})

/**
 * The form for a configuration that is already there. What its source no longer has is left out, since the
 * server would refuse it: `lostOf` tells the person what that was.
 */
export function draftOf(configuration: Configuration, source: SourceChoice | undefined): Draft {
  const { name, choices, rule, paused } = configuration
  const whole = {
    name,
    sourceId: configuration.sourceId,
    choices,
    eventTypes: rule.eventTypes,
    include: rule.include.map(draftConditionOf),
    exclude: rule.exclude.map(draftConditionOf),
    paused,
    quietHours: rule.quietHours,
    digest: rule.digest,
  }
  return source === undefined
    ? { ...whole, sourceId: null, choices: {}, eventTypes: [], include: [], exclude: [] }
    : { ...whole, ...understoodBy(source, whole) }
}

export interface Lost {
  eventTypes: readonly string[]
  /** Fields that conditions ask for. */
  fields: readonly string[]
  /** Whether no condition to send is left of those there were: then much more is sent than before. */
  isLimitless: boolean
}

/** What a configuration asks of its source and the source no longer has. */
export function lostOf({ rule }: Configuration, source: SourceChoice): Lost {
  const knownFields = new Set(source.fields.map(({ field }) => field))
  const isLost = ({ field }: Condition) => !knownFields.has(field)
  const fields = [...rule.include, ...rule.exclude].filter(isLost).map(({ field }) => field)
  const types = new Set(source.eventTypes.map(({ type }) => type))
  return {
    eventTypes: rule.eventTypes.filter((type) => !types.has(type)),
    fields: [...new Set(fields)],
    isLimitless: rule.include.length > 0 && rule.include.every(isLost),
  }
}

/** Another source keeps of the form what it also understands. */
export function withSource(draft: Draft, source: SourceChoice): Draft {
  if (source.id === draft.sourceId) return draft
  return {
    ...draft,
    sourceId: source.id,
    choices: startingChoices(source.choices),
    ...understoodBy(source, draft),
  }
}

/** Of events and conditions, those that this source has. */
function understoodBy(source: SourceChoice, draft: Pick<Draft, 'eventTypes' | 'include' | 'exclude'>) {
  const isUnderstood = (condition: DraftCondition) => isConditionOf(condition, source.fields)
  return {
    eventTypes: knownTypes(draft.eventTypes, source),
    include: draft.include.filter(isUnderstood),
    exclude: draft.exclude.filter(isUnderstood),
  }
}

/** What the API takes of the form; call it only when nothing is missing. */
export function contentOf(draft: Draft, source: SourceChoice) {
  const toCondition = (condition: DraftCondition) => conditionOf(condition, source.fields)
  return {
    name: draft.name.trim(),
    sourceId: source.id,
    choices: draft.choices,
    paused: draft.paused,
    rule: {
      eventTypes: knownTypes(draft.eventTypes, source),
      include: draft.include.map(toCondition),
      exclude: draft.exclude.map(toCondition),
      quietHours: draft.quietHours,
      digest: draft.digest,
    },
  }
}

/** Whether two forms say different things; the order of events and the identity of rows say nothing. */
export function differs(one: Draft, other: Draft): boolean {
  return JSON.stringify(comparable(one)) !== JSON.stringify(comparable(other))
}

function comparable(draft: Draft) {
  return {
    ...draft,
    name: draft.name.trim(),
    choices: Object.entries(draft.choices).toSorted(([a], [b]) => a.localeCompare(b)),
    eventTypes: draft.eventTypes.toSorted(),
    include: draft.include.map(bare),
    exclude: draft.exclude.map(bare),
  }
}

const bare = ({ field, op, value }: DraftCondition) => [field, op, op === 'exists' ? '' : value.trim()]

const knownTypes = (types: readonly string[], source: SourceChoice): string[] =>
  source.eventTypes.map(({ type }) => type).filter((type) => types.includes(type))
