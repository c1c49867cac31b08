import { isDeepStrictEqual } from 'node:util'
import type { Rule } from '../model/rule.ts'

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

function keepsAll(after: readonly unknown[], before: readonly unknown[]): boolean {
  return before.every((one) => after.some((other) => isDeepStrictEqual(one, other)))
}
