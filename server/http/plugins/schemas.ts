import compileSerializer, { type AnySchema } from 'fast-json-stringify'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { AppError } from '../../errors.ts'
import { inWords, placesOf } from '../../lib/faults.ts'
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
        error: new AppError('request-invalid', {
          public: {
            en: `In ${place}: ${inWords(checked.faults)}.`,
            fr: `La demande ne convient pas, à cet endroit\u00A0: ${placesOf(checked.faults)}. Rechargez la page, puis réessayez.`,
            zh: `请求有误，位置：${placesOf(checked.faults)}。请重新加载页面后重试。`,
          },
        }),
      }
    }
  })
}

/**
 * Writes every answer by the schema of its route. A schema is compiled when the first answer needs it, since most of
 * a start would otherwise go into routes that are not asked for, and once for a process, however many servers are
 * built in it.
 */
export function writeBySchemas(http: Http): void {
  http.setSerializerCompiler<AnySchema>(({ schema }) => (answer) => {
    let write = writers.get(schema)
    if (!write) {
      write = compileSerializer(schema)
      writers.set(schema, write)
    }
    return write(answer)
  })
}

const writers = new WeakMap<object, (answer: unknown) => string>()

const places: Record<string, string> = {
  body: 'the body',
  params: 'the path',
  querystring: 'the query',
  headers: 'the headers',
}
