import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { AppError } from '../../errors.ts'
import { inWords } from '../../lib/faults.ts'
import { createValidator } from '../../lib/validator.ts'
import type { Http } from '../build-http.ts'

/**
 * Checks every request against the TypeBox schemas of its route. Defaults are filled in; only what comes from
 * the address is text that may mean a number, so only that is converted. A body is taken as it is.
 */
export function checkSchemas(http: Http): void {
  http.setValidatorCompiler<TSchema>(({ schema, httpPart = 'body' }) => {
    const validate = createValidator(schema)
    return (given: unknown) => {
      const checked = validate(httpPart === 'body' ? given : Value.Convert(schema, given))
      if (checked.ok) return { value: checked.value }
      const place = places[httpPart] ?? httpPart
      return {
        error: new AppError('request-invalid', { public: `In ${place}: ${inWords(checked.faults)}.` }),
      }
    }
  })
}

const places: Record<string, string> = {
  body: 'the body',
  params: 'the path',
  querystring: 'the query',
  headers: 'the headers',
}
