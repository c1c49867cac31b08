import type { TObject } from 'typebox'
import { AppError } from '../errors.ts'
import { inWords } from '../lib/faults.ts'
import { createValidator, type Validator } from '../lib/validator.ts'
import type { Kind } from '../sources/source.ts'

const validators = new WeakMap<TObject, Validator<unknown>>()

/**
 * Whether the choices fit the kind's schema.
 * @throws {AppError} `choices-invalid`
 */
export function checkChoices(choices: Record<string, unknown>, kind: Kind): void {
  const validate = validators.get(kind.choices) ?? createValidator(kind.choices)
  validators.set(kind.choices, validate)
  const checked = validate(choices)
  if (!checked.ok)
    throw new AppError('choices-invalid', { public: `Check the choices: ${inWords(checked.faults)}.` })
}
