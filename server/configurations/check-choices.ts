import type { TObject } from 'typebox'
import { AppError } from '../errors.ts'
import { inWords, placesOf } from '../lib/faults.ts'
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
  if (checked.ok) return
  throw new AppError('choices-invalid', {
    public: {
      en: `Check the choices: ${inWords(checked.faults)}.`,
      fr: `Vérifiez les paramètres de la source\u00A0: ${placesOf(checked.faults)}.`,
      zh: `请检查来源的设置：${placesOf(checked.faults)}。`,
    },
  })
}
