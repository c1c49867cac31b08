import { AppError } from '../errors.ts'
import { inWords } from '../lib/faults.ts'
import { createValidator } from '../lib/validator.ts'
import type { Kind } from '../sources/source.ts'

/**
 * A source's settings with their defaults, once they fit the kind.
 * @throws {AppError} `settings-invalid`, telling every fault
 */
export function checkSettings(kind: Kind, settings: Record<string, unknown>): Record<string, unknown> {
  const checked = createValidator(kind.settings)(settings)
  if (!checked.ok) throw invalid(inWords(checked.faults))
  const faults = kind.faults?.(checked.value) ?? []
  if (faults.length > 0) throw invalid(faults.join('; '))
  return checked.value
}

function invalid(faults: string): AppError {
  return new AppError('settings-invalid', { public: `Check the settings: ${faults}.` })
}
