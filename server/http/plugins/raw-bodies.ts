import type { Http } from '../build-http.ts'

/**
 * Within this plugin's routes a JSON body is kept as the bytes that came (`request.body` is a `Buffer`): a
 * proof is made over bytes, and nothing may be decoded before it has been checked. Other types get 415.
 */
export function keepRawBodies(http: Http): void {
  http.removeAllContentTypeParsers()
  http.addContentTypeParser(jsonTypes, { parseAs: 'buffer' }, (_, body, done) => done(null, body))
}

/** `application/json` and those like it: `application/cloudevents+json`. */
const jsonTypes = /^application\/([\w.+-]+\+)?json\b/i
