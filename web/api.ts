import type { Configuration, ConfigurationInput } from '../server/model/configuration.ts'
import type { Preview, PreviewInput } from '../server/model/preview.ts'
import type { Problem } from '../server/model/problem.ts'
import type { SourceChoice } from '../server/model/source.ts'
import type { TestCardInput, TestCardResult } from '../server/model/test-card.ts'
import { tooLate, within } from './within.ts'

/**
 * Our API from the browser: the only place that fetches.
 *
 * Whatever goes wrong far away comes back as a `Failure`, never as an exception, and every call ends by itself
 * after its time. The server answers in the language of the page. The webhook URL passes through here once, in the body of a save, and is kept nowhere.
 */
export interface Api {
  sources(): Promise<Result<SourceChoice[]>>
  configuration(entityId: string): Promise<Result<Versioned>>
  /** Creates, or replaces what has this `etag`. */
  save(
    entityId: string,
    input: ConfigurationInput,
    how: { etag?: string | undefined; timeoutMs: number },
  ): Promise<Result<Versioned>>
  /** The current webhook URL proves that someone who did not make the configuration may remove it too. */
  remove(entityId: string, how: { webhookUrl?: string | undefined; timeoutMs: number }): Promise<Result<null>>
  /** Sends a test card to where the configuration's cards go. */
  test(entityId: string): Promise<Result<null>>
}

export interface Versioned {
  configuration: Configuration
  /** Undefined if the server named no version; then an edit cannot be guarded. */
  etag: string | undefined
}

export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure }

export type Failure =
  /** The server said no. `detail` is its sentence for the person, empty if what answered was not our server. */
  | { kind: 'answered'; status: number; code: string; detail: string }
  | { kind: 'unreachable' }
  /** Nothing is known of what the server did or will still do. */
  | { kind: 'timed out' }

/** Reading may wait a while, since nothing depends on it. */
const readTimeoutMs = 15_000
/** A test card is answered once Teams has answered, which may take its own ten seconds. */
const testTimeoutMs = 25_000
/** The server waits for its turn first. */
const testCardTimeoutMs = 35_000

export function createApi(given: Dependencies): Api {
  const call = createCall(given)
  return {
    sources: () => call('/api/sources', { timeoutMs: readTimeoutMs }, sourcesOf),
    configuration: (entityId) => call(pathOf(entityId), { timeoutMs: readTimeoutMs }, versionedOf),
    save: (entityId, input, { etag, timeoutMs }) =>
      call(
        pathOf(entityId),
        { method: 'PUT', body: input, timeoutMs, ...(etag === undefined ? {} : { ifMatch: etag }) },
        versionedOf,
      ),
    remove: (entityId, { webhookUrl, timeoutMs }) =>
      call(
        pathOf(entityId),
        { method: 'DELETE', timeoutMs, ...(webhookUrl === undefined ? {} : { body: { webhookUrl } }) },
        nothingOf,
      ),
    test: (entityId) =>
      call(`${pathOf(entityId)}/test`, { method: 'POST', timeoutMs: testTimeoutMs }, nothingOf),
  }
}

/** Whatever the console asks, by its session. */
export function createConsoleCall({ fetch, language }: Omit<Dependencies, 'token' | 'credentials'>) {
  const call = createCall({ fetch, language, token: async () => undefined, credentials: 'same-origin' })
  return <T>(path: string, request: Omit<Request, 'timeoutMs'> = {}): Promise<Result<Answered<T>>> =>
    call(`/api/admin/${path}`, { ...request, timeoutMs: readTimeoutMs }, async (response) => ({
      value: await jsonOf<T>(response),
      etag: response.headers.get('etag') ?? undefined,
    }))
}

export interface Answered<T> {
  value: T
  etag: string | undefined
}

/** Trades what a finished sign-in handed over for the person's token. */
export function createRedeem({ fetch, language }: Omit<Dependencies, 'token'>) {
  const call = createCall({ fetch, language, token: async () => undefined })
  return (proof: { code: string; verifier: string }): Promise<Result<string>> =>
    call('/auth/token', { method: 'POST', body: proof, timeoutMs: readTimeoutMs }, tokenOf)
}

/** Tries a webhook URL before anything is saved. */
export function createTestCard(given: Dependencies) {
  const call = createCall(given)
  return (input: TestCardInput): Promise<Result<TestCardResult>> =>
    call(
      '/api/test-card',
      { method: 'POST', body: input, timeoutMs: testCardTimeoutMs },
      jsonOf<TestCardResult>,
    )
}

/** Asks for whatever a page of its own needs. */
export function createAsk(given: Caller) {
  const call = createCall(given)
  return <T>(path: string, method?: 'POST'): Promise<Result<T>> =>
    call(path, { timeoutMs: readTimeoutMs, ...(method && { method }) }, jsonOf<T>)
}

export type Caller = Dependencies

async function jsonOf<T>(response: Response): Promise<T> {
  // An answer without a body is read as nothing.
  const value: T = JSON.parse((await response.text()) || 'null')
  return value
}

const pathOf = (entityId: string) => `/api/configurations/${encodeURIComponent(entityId)}`

/** What a configuration's cards will look like, whether it is saved or not. */
export function createPreview(given: Dependencies) {
  const call = createCall(given)
  return (input: PreviewInput): Promise<Result<Preview>> =>
    call('/api/preview', { method: 'POST', body: input, timeoutMs: readTimeoutMs }, previewOf)
}

async function previewOf(response: Response): Promise<Preview> {
  const preview: Preview = await response.json()
  return preview
}

interface Dependencies {
  /** Undefined when Teams gives none: a server that needs none may still answer. */
  token(): Promise<string | undefined>
  /** BCP 47. */
  language: string
  fetch: typeof globalThis.fetch
  /**
   * Only the console sends its cookie: elsewhere the bearer token says who is asking, and an administrator's session
   * in the same browser must not.
   */
  credentials?: 'same-origin'
}

interface Request {
  method?: 'PUT' | 'DELETE' | 'POST'
  body?: unknown
  ifMatch?: string
  timeoutMs: number
}

type Read<T> = (response: Response) => Promise<T>

function createCall({ token, language, fetch, credentials: sent }: Dependencies) {
  const credentials = sent ?? 'omit'
  return async <T>(path: string, request: Request, read: Read<T>): Promise<Result<T>> => {
    try {
      const result = await within(request.timeoutMs, async (signal): Promise<Result<T>> => {
        const init = initOf(request, { language, credentials, token: await token() })
        const response = await fetch(path, { ...init, signal })
        return response.ok
          ? { ok: true, value: await read(response) }
          : { ok: false, failure: await failureOf(response) }
      })
      return result === tooLate ? { ok: false, failure: { kind: 'timed out' } } : result
    } catch {
      return { ok: false, failure: { kind: 'unreachable' } }
    }
  }
}

function initOf(
  { method, body, ifMatch }: Request,
  {
    language,
    token,
    credentials,
  }: { language: string; token: string | undefined; credentials: RequestCredentials },
): RequestInit {
  const headers = new Headers({ accept: 'application/json', 'accept-language': language })
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
  if (ifMatch !== undefined) headers.set('if-match', ifMatch)
  if (body !== undefined) headers.set('content-type', 'application/json')
  return {
    method: method ?? 'GET',
    headers,
    credentials,
    cache: 'no-store',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }
}

async function failureOf(response: Response): Promise<Failure> {
  const problem = await problemOf(response)
  return {
    kind: 'answered',
    status: response.status,
    code: problem?.code ?? '',
    detail: problem?.detail ?? '',
  }
}

async function problemOf(response: Response): Promise<Problem | undefined> {
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) return undefined
  const problem: Problem = await response.json()
  return problem
}

async function sourcesOf(response: Response): Promise<SourceChoice[]> {
  const list: { items: SourceChoice[] } = await response.json()
  return list.items
}

async function versionedOf(response: Response): Promise<Versioned> {
  const configuration: Configuration = await response.json()
  return { configuration, etag: response.headers.get('etag') ?? undefined }
}

async function tokenOf(response: Response): Promise<string> {
  const { token }: { token: string } = await response.json()
  return token
}

const nothingOf = async () => null
