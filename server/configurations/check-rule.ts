import { AppError } from '../errors.ts'
import type { Condition, QuietHours, Rule } from '../model/rule.ts'
import type { DeclaredEventType } from '../model/source.ts'
import { joined, type Text } from '../model/text.ts'
import type { Kind } from '../sources/source.ts'
import type { StoredSource } from '../storage/storage.ts'
import { ruleWords } from './rule-words.ts'

/**
 * Whether a rule can ever do what it says: a rule that silently matches nothing would look like an outage.
 * @throws {AppError} `event-type-unknown`, `rule-invalid`
 */
export function checkRule(rule: Rule, kind: Kind, source: StoredSource): void {
  checkEventTypes(rule.eventTypes, kind, source)
  const fields = kind.fields(source.settings).map(({ field }) => field)
  const faults = [
    ...[...rule.include, ...rule.exclude].flatMap((condition) => conditionFaults(condition, fields)),
    ...(rule.quietHours ? quietHoursFaults(rule.quietHours) : []),
    ...(rule.digest ? zoneFaults(rule.digest.zone) : []),
    ...(rule.digest?.every === 'day' && !rule.digest.at ? [ruleWords.noDigestTime] : []),
  ]
  if (faults.length > 0) throw new AppError('rule-invalid', { public: joined(faults) })
}

/**
 * The event types that are meant by these keys, in the same order.
 * @throws {AppError} `event-type-unknown`
 */
export function checkEventTypes(
  wanted: readonly string[],
  kind: Kind,
  source: StoredSource,
): DeclaredEventType[] {
  const types = kind.eventTypes(source.settings)
  const known = types.map(({ type }) => type)
  const unknown = wanted.filter((type) => !known.includes(type))
  if (unknown.length > 0) {
    throw new AppError('event-type-unknown', {
      public: ruleWords.unknownEventTypes(source.name, unknown, known),
    })
  }
  return wanted.flatMap((type) => types.find((one) => one.type === type) ?? [])
}

function conditionFaults({ field, op, value }: Condition, fields: readonly string[]): Text[] {
  const faults: Text[] = []
  const comparison = `${field} ${op}`
  if (!fields.includes(field)) faults.push(ruleWords.unknownField(field, fields))
  if (op === 'exists') {
    if (value !== undefined) faults.push(ruleWords.takesNoValue(comparison))
  } else if (op === 'in') {
    if (!Array.isArray(value) || value.length === 0) faults.push(ruleWords.takesList(comparison))
  } else if (value === undefined || Array.isArray(value)) {
    faults.push(ruleWords.takesOneValue(comparison))
  }
  return faults
}

/** `from` equal to `to` is a whole day; the same on all seven is a channel that is silent for ever. */
function quietHoursFaults({ days, from, to, zone }: QuietHours): Text[] {
  return [...(days.length === 7 && from === to ? [ruleWords.endless] : []), ...zoneFaults(zone)]
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

function zoneFaults(zone: string): Text[] {
  return isTimeZone(zone) ? [] : [ruleWords.unknownZone(zone)]
}
