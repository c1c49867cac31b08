import type { TSchema } from 'typebox'
import type { TLocalizedValidationError } from 'typebox/error'

/** One thing that is wrong with a value, and where. */
export interface Fault {
  /** JSON pointer to the place; empty for the value itself. */
  at: string
  /** To be read after the place: "must not be empty". */
  what: string
}

/** All faults in one line, for a person: "/name must not be empty; /rule is missing". */
export function inWords(faults: readonly Fault[]): string {
  return faults.map(({ at, what }) => `${at === '' ? 'the whole' : at} ${what}`).join('; ')
}

/** Only where, which needs no language: "/name; /rule". */
export function placesOf(faults: readonly Fault[]): string {
  return faults.map(({ at }) => (at === '' ? '/' : at)).join('; ')
}

/**
 * Turns what TypeBox found into sentences for a person. They name places and what is expected, never the value
 * that was found, which may be a secret. (The names of unknown properties are told, since nobody could mend
 * them otherwise.)
 */
export function toFaults(schema: TSchema, errors: readonly TLocalizedValidationError[]): Fault[] {
  const places = new Map<string, TLocalizedValidationError[]>()
  for (const { at, error } of errors.flatMap(atItsPlace)) places.set(at, [...(places.get(at) ?? []), error])
  const insides = [...places.keys()]
  return [...places]
    .filter(([at, found]) => !isOtherBranch(at, found, insides))
    .map(([at, found]) => ({ at: shortened(at), what: describe(schema, found) }))
}

interface Placed {
  at: string
  error: TLocalizedValidationError
}

/** Missing and unknown properties are told at their own place rather than at their parent's. */
function atItsPlace(error: TLocalizedValidationError): Placed[] {
  const inside = (names: readonly string[]) =>
    names.map((name) => ({ at: `${error.instancePath}/${escaped(name)}`, error }))
  if (error.keyword === 'required') return inside(error.params.requiredProperties)
  if (error.keyword === 'additionalProperties') return inside(error.params.additionalProperties)
  const isToldByOthers = error.keyword === 'boolean' || error.keyword === 'anyOf' || error.keyword === 'oneOf'
  return isToldByOthers ? [] : [{ at: error.instancePath, error }]
}

/** "must be null" beside "/quietHours/from is missing" only tells which branch was not meant. */
function isOtherBranch(at: string, found: readonly TLocalizedValidationError[], places: readonly string[]) {
  const isAlternative = found.every(({ keyword }) => keyword === 'type' || keyword === 'const')
  return isAlternative && places.some((place) => place.startsWith(`${at}/`))
}

/** One sentence for everything that is wrong at one place: the alternatives of a union, or the first fault. */
function describe(schema: TSchema, found: readonly TLocalizedValidationError[]): string {
  const allowed = found.flatMap((error) => allowedValues(error))
  if (allowed.length > 0) return `must be ${listed(allowed.map((value) => JSON.stringify(value)))}`
  const types = found.flatMap((error) => (error.keyword === 'type' ? [error.params.type].flat() : []))
  if (types.length > 0) return `must be ${listed(types.map((type) => typeWords[type] ?? type))}`
  const [first] = found
  return first ? describeOne(schema, first) : 'is not valid'
}

function allowedValues(error: TLocalizedValidationError): readonly unknown[] {
  if (error.keyword === 'const') return [error.params.allowedValue]
  if (error.keyword === 'enum') return error.params.allowedValues
  return []
}

function describeOne(schema: TSchema, error: TLocalizedValidationError): string {
  const { keyword } = error
  if (keyword === 'required') return 'is missing'
  if (keyword === 'additionalProperties') return 'is not known here'
  if (keyword === 'minLength') return atLeast(error.params.limit, 'characters')
  if (keyword === 'minItems') return atLeast(error.params.limit, 'entries')
  if (keyword === 'maxLength') return `must have at most ${error.params.limit} characters`
  if (keyword === 'maxItems') return `must have at most ${error.params.limit} entries`
  if (keyword === 'uniqueItems') return 'must not list anything twice'
  if (keyword === 'pattern' || keyword === 'format')
    return `does not fit${expectation(schema, error.schemaPath)}`
  return error.message
}

function atLeast(limit: number, unit: string): string {
  return limit === 1 ? 'must not be empty' : `must have at least ${limit} ${unit}`
}

const typeWords: Record<string, string> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
}

/** The schema's own description says what was expected better than a regular expression could. */
function expectation(schema: TSchema, schemaPath: string): string {
  let node: unknown = schema
  for (const step of schemaPath.split('/').slice(1)) node = property(node, unescaped(step))
  const description = property(node, 'description')
  return typeof description === 'string' ? ` (${description.replace(/\.$/, '')})` : ' the expected form'
}

function property(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null ? Reflect.get(node, name) : undefined
}

function listed(words: readonly string[]): string {
  const unique = [...new Set(words)]
  return unique.length > 1 ? `${unique.slice(0, -1).join(', ')} or ${unique.at(-1)}` : (unique[0] ?? '')
}

const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')
const unescaped = (step: string) => step.replaceAll('~1', '/').replaceAll('~0', '~')
/** Property names are the caller's: an answer does not grow with them. */
const shortened = (at: string) => (at.length > 120 ? `${at.slice(0, 119)}…` : at)
