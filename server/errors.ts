import { inLanguage, type Text } from './model/text.ts'

/**
 * Every error we raise on purpose, and the one table that gives each code its HTTP status, its title and its
 * meaning. The table of `http/README.md` is written from it.
 *
 * An error has a private half (`message`, for the log) and a public half (`public`, which tells the person the
 * next step, in their language wherever a person in Teams can meet it). Neither ever holds a webhook URL, a secret
 * or a token.
 */
export const errorTable = {
  'body-unreadable': {
    status: 400,
    title: 'The body cannot be read',
    when: 'It is empty, is not JSON, or tells something that cannot be understood.',
  },
  'request-invalid': {
    status: 400,
    title: 'The request is not valid',
    when: 'Something in the path, the query or the body does not fit; `detail` says what and where.',
  },
  unauthenticated: {
    status: 401,
    title: 'Sign in first',
    when: 'There is no valid token: none, expired, forged, or meant for someone else.',
  },
  'proof-invalid': {
    status: 401,
    title: 'The proof is missing or wrong',
    when: "A tracked system's request does not carry the proof that its source asks for.",
  },
  forbidden: {
    status: 403,
    title: 'You may not do this',
    when: 'You are known, but this takes its maker, an administrator, or the current webhook URL.',
  },
  'source-unknown': { status: 404, title: 'No such source', when: 'No source has this key or id.' },
  'configuration-unknown': {
    status: 404,
    title: 'No such configuration',
    when: 'No configuration has this `entityId`, or it belongs to another tenant.',
  },
  'delivery-unknown': {
    status: 404,
    title: 'No such delivery',
    when: 'The configuration has no delivery with this number, or what it told has been forgotten.',
  },
  'destination-unknown': { status: 404, title: 'No such destination', when: 'No destination has this id.' },
  'not-found': { status: 404, title: 'Nothing here', when: 'The path and method lead nowhere.' },
  conflict: {
    status: 409,
    title: 'Something depends on it',
    when: 'It cannot be removed or changed while something else depends on it.',
  },
  stale: {
    status: 412,
    title: 'Someone changed it meanwhile',
    when: 'The `If-Match` of the request is not the current `ETag`: read it again, then repeat the change.',
  },
  'body-too-large': { status: 413, title: 'The body is too large', when: 'It is larger than 1 MB.' },
  'media-type-unsupported': {
    status: 415,
    title: 'The content type is not supported',
    when: 'The body is not sent as `application/json`.',
  },
  'webhook-url-invalid': {
    status: 422,
    title: 'The webhook URL cannot be used',
    when: 'It is not a URL, not https, or on a host that is not allowed; `detail` says which are.',
  },
  'webhook-url-missing': {
    status: 422,
    title: 'The webhook URL is missing',
    when: 'A new configuration needs one.',
  },
  'source-not-available': {
    status: 422,
    title: 'The source cannot be used',
    when: 'No source has the `sourceId` of the configuration.',
  },
  'event-type-unknown': {
    status: 422,
    title: 'The source has no such event type',
    when: 'The rule names an event type that the source does not have.',
  },
  'choices-invalid': {
    status: 422,
    title: 'The choices do not fit the source',
    when: "They do not fit the source's choices schema.",
  },
  'rule-invalid': {
    status: 422,
    title: 'The rule is not valid',
    when: 'A condition, the quiet hours or the digest cannot work; `detail` says why.',
  },
  'settings-invalid': {
    status: 422,
    title: 'The settings do not fit the kind',
    when: "They do not fit the kind's settings schema, or its own checks.",
  },
  'kind-unknown': { status: 422, title: 'No such kind', when: 'This version does not know the kind.' },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    when: 'Too many requests, or too many wrong proofs, came from one address; `Retry-After` says how long to wait.',
  },
  internal: {
    status: 500,
    title: 'Something went wrong here',
    when: 'A fault of ours. The log has it under the `requestId`.',
  },
  'source-paused': {
    status: 503,
    title: 'The source is paused',
    when: 'An administrator paused it; nothing was kept. Send it again later.',
  },
  'sign-in-unavailable': {
    status: 503,
    title: 'Sign-in cannot be checked now',
    when: "The identity provider's keys cannot be fetched. The token may be fine: try again.",
  },
  'not-ready': {
    status: 503,
    title: 'Not ready',
    when: 'The server is starting or stopping, its database does not answer, or its pages have not been built.',
  },
} as const satisfies Record<string, { status: number; title: string; when: string }>

export type ErrorCode = keyof typeof errorTable

export class AppError extends Error {
  readonly code: ErrorCode
  /** For the person: what to do next. */
  readonly public: Text

  constructor(code: ErrorCode, told: { public: Text; message?: string; cause?: unknown }) {
    super(
      told.message ?? inLanguage(told.public, 'en'),
      told.cause === undefined ? undefined : { cause: told.cause },
    )
    this.name = 'AppError'
    this.code = code
    this.public = told.public
  }

  get status(): number {
    return errorTable[this.code].status
  }
}
