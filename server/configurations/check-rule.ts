import { AppError } from '../errors.ts'
import type { Condition, QuietHours, Rule } from '../model/rule.ts'
import type { Kind } from '../sources/source.ts'
import type { StoredSource } from '../storage/storage.ts'

/**
 * Whether a rule can ever do what it says: a rule that silently matches nothing would look like an outage.
 * @throws {AppError} `event-type-unknown`, `rule-invalid`
 */
export function checkRule(rule: Rule, kind: Kind, source: StoredSource): void {
  const known = kind.eventTypes(source.settings).map(({ type }) => type)
  const unknown = rule.eventTypes.filter((type) => !known.includes(type))
  if (unknown.length > 0) {
    throw new AppError('event-type-unknown', {
      public: `${source.name} has no event type ${quoted(unknown)}. It has ${quoted(known)}.`,
    })
  }
  const fields = kind.fields(source.settings).map(({ field }) => field)
  const faults = [
    ...[...rule.include, ...rule.exclude].flatMap((condition) => conditionFaults(condition, fields)),
    ...(rule.quietHours ? quietHoursFaults(rule.quietHours) : []),
    ...(rule.digest ? zoneFaults(rule.digest.zone) : []),
    ...(rule.digest?.every === 'day' && !rule.digest.at
      ? ['A daily digest needs its time: `at` is missing.']
      : []),
  ]
  if (faults.length > 0) throw new AppError('rule-invalid', { public: faults.join(' ') })
}

function conditionFaults({ field, op, value }: Condition, fields: readonly string[]): string[] {
  const faults: string[] = []
  if (!fields.includes(field))
    faults.push(`There is no field ${quoted([field])}. There is ${quoted(fields)}.`)
  if (op === 'exists') {
    if (value !== undefined) faults.push(`"${field} exists" takes no value.`)
  } else if (op === 'in') {
    if (!Array.isArray(value) || value.length === 0) faults.push(`"${field} in" takes a list of values.`)
  } else if (value === undefined || Array.isArray(value)) {
    faults.push(`"${field} ${op}" takes one value.`)
  }
  return faults
}

/** `from` equal to `to` is a whole day; the same on all seven is a channel that is silent for ever. */
function quietHoursFaults({ days, from, to, zone }: QuietHours): string[] {
  const endless =
    'Quiet hours on every day, all day, would never end. Leave out a day, or pause the configuration.'
  return [...(days.length === 7 && from === to ? [endless] : []), ...zoneFaults(zone)]
}

/** Whether the zone is one that dates can be told in. An offset is none: older Node.js would not know it. */
export function isTimeZone(zone: string): boolean {
  if (/^[+-]/.test(zone)) return false
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

function zoneFaults(zone: string): string[] {
  return isTimeZone(zone) ? [] : [`There is no time zone "${zone}". Use a name such as Europe/Paris.`]
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(', ') || 'none'
}
