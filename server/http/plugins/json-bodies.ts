import { AppError } from '../../errors.ts'
import { isTooDeep, maxDepth } from '../../lib/json-depth.ts'
import type { Http } from '../build-http.ts'

/**
 * Reads JSON bodies as Fastify does, but none that is nested so deeply that whoever walks it runs out of stack.
 * Fastify reads plain text as well, which no route of ours takes.
 */
export function readJsonBodies(http: Http): void {
  const parse = http.getDefaultJsonParser('error', 'error')
  http.removeAllContentTypeParsers()
  http.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (!isTooDeep(body)) return parse(request, body.toString('utf8'), done)
    done(
      new AppError('body-unreadable', {
        public: `The body is nested deeper than ${maxDepth} levels: flatten it.`,
      }),
    )
  })
}
