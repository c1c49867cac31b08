import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'
import { type Fault, toFaults } from './faults.ts'

/** Checks a value; what comes back has the schema's defaults filled in. */
export type Validator<Type> = (value: unknown) => { ok: true; value: Type } | { ok: false; faults: Fault[] }

/** Checks values against one TypeBox schema and says in words what is wrong and where. */
export function createValidator<Schema extends TSchema>(schema: Schema): Validator<Static<Schema>> {
  const compiled = Compile(schema)
  return (given) => {
    const value = withDefaults(schema, given)
    if (compiled.Check(value)) return { ok: true, value }
    return { ok: false, faults: toFaults(schema, compiled.Errors(value)) }
  }
}

/** The caller's value is left as it was: defaults go into a copy. */
function withDefaults(schema: TSchema, given: unknown): unknown {
  const isFillable = typeof given === 'object' && given !== null
  return isFillable ? Value.Default(schema, structuredClone(given)) : given
}
