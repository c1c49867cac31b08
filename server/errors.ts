/**
 * Every error we raise on purpose, and the one table that gives each code its HTTP status and its title.
 *
 * An error has a private half (`message`, for the log) and a public half (`public`, which tells the person the
 * next step). Neither ever holds a webhook URL, a secret or a token.
 */
export const errorTable = {
  'body-unreadable': { status: 400, title: 'The body cannot be read' },
  'request-invalid': { status: 400, title: 'The request is not valid' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  'proof-invalid': { status: 401, title: 'The proof is missing or wrong' },
  forbidden: { status: 403, title: 'You may not do this' },
  'source-unknown': { status: 404, title: 'No such source' },
  'configuration-unknown': { status: 404, title: 'No such configuration' },
  'not-found': { status: 404, title: 'Nothing here' },
  conflict: { status: 409, title: 'Something depends on it' },
  stale: { status: 412, title: 'Someone changed it meanwhile' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'media-type-unsupported': { status: 415, title: 'The content type is not supported' },
  'webhook-url-invalid': { status: 422, title: 'The webhook URL cannot be used' },
  'webhook-url-missing': { status: 422, title: 'The webhook URL is missing' },
  'source-not-available': { status: 422, title: 'The source cannot be used' },
  'event-type-unknown': { status: 422, title: 'The source has no such event type' },
  'choices-invalid': { status: 422, title: 'The choices do not fit the source' },
  'rule-invalid': { status: 422, title: 'The rule is not valid' },
  'settings-invalid': { status: 422, title: 'The settings do not fit the kind' },
  'kind-unknown': { status: 422, title: 'No such kind' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong here' },
  'source-paused': { status: 503, title: 'The source is paused' },
  'not-ready': { status: 503, title: 'Not ready' },
} as const satisfies Record<string, { status: number; title: string }>

export type ErrorCode = keyof typeof errorTable

export class AppError extends Error {
  readonly code: ErrorCode
  /** For the person: what to do next. */
  readonly public: string

  constructor(code: ErrorCode, told: { public: string; message?: string; cause?: unknown }) {
    super(told.message ?? told.public, told.cause === undefined ? undefined : { cause: told.cause })
    this.name = 'AppError'
    this.code = code
    this.public = told.public
  }

  get status(): number {
    return errorTable[this.code].status
  }
}
