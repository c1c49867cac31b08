import type { Condition, Rule } from '../model/rule.ts'

type Wanted = Pick<Rule, 'eventTypes' | 'include' | 'exclude'>

/**
 * Whether a rule may let through what another does not: more event types, or a condition fewer that keeps something
 * out. One that is put in another's place counts as fewer, whatever it says.
 */
export function wantsMore(after: Wanted, before: Wanted): boolean {
  return (
    !after.eventTypes.every((type) => before.eventTypes.includes(type)) ||
    !keepsAll(after.include, before.include) ||
    !keepsAll(after.exclude, before.exclude)
  )
}

function keepsAll(after: readonly Condition[], before: readonly Condition[]): boolean {
  return before.every((one) => after.some((other) => isSame(one, other)))
}

function isSame(one: Condition, other: Condition): boolean {
  return (
    one.field === other.field &&
    one.op === other.op &&
    JSON.stringify(one.value) === JSON.stringify(other.value)
  )
}
