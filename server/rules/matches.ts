import type { Event } from '../model/event.ts'
import type { Condition, ConditionOperator, Rule } from '../model/rule.ts'
import { type AskedValue, askedValue, askedValues, fold } from './asked-value.ts'
import { compileGlob } from './glob.ts'

/** What of an event a rule asks about. */
export type AskedEvent = Pick<Event, 'type' | 'fields'>

/** Whether the rule wants the event: its type is listed, all of `include` hold, none of `exclude` does. */
export function matches(rule: Rule, event: AskedEvent): boolean {
  return compileRule(rule)(event)
}

/**
 * The rule as a question, for asking often: one event is asked by thousands of rules.
 *
 * What conditions mean:
 * - A list holds if any of its elements does. A list of values in the condition holds if any of them does.
 * - A field that is missing, null or an empty list fails every operator but `is not`.
 * - `is` compares text without regard to case, and numbers as numbers where both sides read as one ("5.0" is 5).
 *   `is not` is its negation, `in` the same as `is`.
 * - `contains` and `matches` look at the text, of numbers and booleans too.
 * - `>` and `<` compare numbers where both sides read as numbers, else moments where both read as RFC 3339 dates
 *   or times, else text where neither reads as a number or moment; otherwise they do not hold.
 * - A condition without a value holds for `exists` and `is not` alone; `exists` ignores any value.
 */
export function compileRule(rule: Rule): (event: AskedEvent) => boolean {
  const types = new Set(rule.eventTypes)
  const holds = compileConditions(rule)
  return (event) => types.has(event.type) && holds(event)
}

/** The rule's conditions alone, for who has looked at the event's type already. */
export function compileConditions(rule: Rule): (event: AskedEvent) => boolean {
  const include = rule.include.map(compileCondition)
  const exclude = rule.exclude.map(compileCondition)
  return (event) => {
    for (const holds of include) if (!holds(event)) return false
    for (const holds of exclude) if (holds(event)) return false
    return true
  }
}

function compileCondition({ field, op, value }: Condition): (event: AskedEvent) => boolean {
  const holds = operators[op](value === undefined ? [] : [value].flat())
  const isNegated = op === 'is not'
  return (event) => {
    for (const asked of valuesOf(event, field)) if (holds(asked)) return !isNegated
    return isNegated
  }
}

type Scalar = string | number | boolean
type Question = (asked: AskedValue) => boolean

/** The question each operator asks about one value, given the condition's values. */
const operators: Record<ConditionOperator, (given: readonly Scalar[]) => Question> = {
  is: anyOf(isSame),
  'is not': anyOf(isSame),
  in: anyOf(isSame),
  contains: anyOf((asked, value) => asked.text.includes(value.text)),
  matches: (given) => {
    const globs = given.map((pattern) => compileGlob(fold(String(pattern))))
    return ({ text }) => globs.some((fits) => fits(text))
  },
  exists: () => () => true,
  '>': anyOf((asked, value) => isLess(value, asked)),
  '<': anyOf(isLess),
}

function anyOf(compare: (asked: AskedValue, value: AskedValue) => boolean) {
  return (given: readonly Scalar[]): Question => {
    const values = given.map(askedValue)
    return (asked) => values.some((value) => compare(asked, value))
  }
}

function isSame(one: AskedValue, other: AskedValue): boolean {
  if (one.number !== undefined && other.number !== undefined) return one.number === other.number
  return one.text === other.text
}

function isLess(one: AskedValue, other: AskedValue): boolean {
  if (one.number !== undefined && other.number !== undefined) return one.number < other.number
  if (one.moment !== undefined && other.moment !== undefined) return one.moment < other.moment
  return isOnlyText(one) && isOnlyText(other) && one.text < other.text
}

function isOnlyText({ number, moment }: AskedValue): boolean {
  return number === undefined && moment === undefined
}

/** The values of the event that was asked last; a fan-out asks one event thousands of times. */
const asked = new WeakMap<AskedEvent, Map<string, readonly AskedValue[]>>()

function valuesOf(event: AskedEvent, field: string): readonly AskedValue[] {
  let fields = asked.get(event)
  if (fields === undefined) asked.set(event, (fields = new Map()))
  let values = fields.get(field)
  if (values === undefined) {
    values = Object.hasOwn(event.fields, field) ? askedValues(event.fields[field]) : []
    fields.set(field, values)
  }
  return values
}
