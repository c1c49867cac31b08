import { Writable } from 'node:stream'
import helmet from '@fastify/helmet'
import Fastify from 'fastify'
import { Type } from 'typebox'
import { afterEach, describe, expect, it } from 'vitest'
import { AppError, errorTable } from '../errors.ts'
import { createLog } from '../telemetry/log.ts'
import { createMetrics } from '../telemetry/metrics.ts'
import { BODY_LIMIT_BYTES, buildHttp, type Http, type HttpPlugin } from './build-http.ts'
import { problems } from './plugins/problems.ts'
import { keepRawBodies } from './plugins/raw-bodies.ts'

const open: Http[] = []
afterEach(async () => {
  for (const http of open.splice(0)) await http.close()
})

async function build(config: { publicUrl?: string; trustedProxies?: string[] } = {}) {
  const lines: string[] = []
  const stream = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk))
      done()
    },
  })
  let ids = 0
  const metrics = createMetrics()
  const http = await buildHttp({
    config: { publicUrl: 'http://127.0.0.1:3978', trustedProxies: [], ...config },
    log: createLog('debug', stream),
    metrics,
    newId: () => `request-${++ids}`,
    version: '1.2.3',
  })
  open.push(http)
  await http.register(sampleRoutes)
  return { http, lines, metrics, logged: () => lines.map((line) => JSON.parse(line)) }
}

/** Routes of every sort, to see what is around them. */
const sampleRoutes: HttpPlugin<object> = async (http) => {
  http.route({
    method: 'POST',
    url: '/api/things/:thing',
    schema: {
      params: Type.Object({ thing: Type.String({ maxLength: 10 }) }),
      querystring: Type.Object({ limit: Type.Integer({ default: 5 }) }),
      body: Type.Object(
        { name: Type.String({ minLength: 1 }), tags: Type.Array(Type.String(), { default: [] }) },
        { additionalProperties: false },
      ),
      response: {
        200: Type.Object({ name: Type.String(), tags: Type.Array(Type.String()), limit: Type.Integer() }),
        ...problems('stale', 'request-invalid'),
      },
    },
    handler: async (request) => ({ ...request.body, limit: request.query.limit }),
  })
  http.route({
    method: 'GET',
    url: '/api/fails/:how',
    schema: { params: Type.Object({ how: Type.String() }) },
    handler: async ({ params: { how } }) => {
      if (how === 'app')
        throw new AppError('stale', { public: 'Read it again.', message: 'version 3 is not 4' })
      if (how === 'signed-out') throw new AppError('unauthenticated', { public: 'Sign in.' })
      throw new Error('the password is hunter2')
    },
  })
  http.get('/api/admin/fails', async () => {
    throw new Error('the password is hunter2')
  })
  http.get('/public', async () => ({}))
  await http.register(async (hooks: Http) => {
    keepRawBodies(hooks)
    hooks.route({
      method: 'POST',
      url: '/hooks/:sourceKey/:secret',
      handler: async ({ body }) => {
        if (!Buffer.isBuffer(body)) throw new Error('not raw')
        if (body.includes('forged')) throw new AppError('proof-invalid', { public: 'Check the secret.' })
        return { bytes: body.length }
      },
    })
  })
}

const json = { 'content-type': 'application/json' }

describe('a problem', () => {
  it('is told as problem+json with all its parts', async () => {
    const { http } = await build()
    const answer = await http.inject('/api/fails/app')
    expect(answer.statusCode).toBe(412)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.json()).toEqual({
      type: 'urn:cardwire:problem:stale',
      title: errorTable.stale.title,
      status: 412,
      detail: 'Read it again.',
      code: 'stale',
      requestId: answer.headers['x-request-id'],
    })
  })

  it('of a missing sign-in says by which scheme to sign in', async () => {
    const { http } = await build()
    const answer = await http.inject('/api/fails/signed-out')
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['www-authenticate']).toBe('Bearer')
  })

  it('that we did not foresee is a 500 that tells nothing and a log line that tells all', async () => {
    const { http, logged } = await build()
    const answer = await http.inject('/api/fails/unforeseen')
    expect(answer.statusCode).toBe(500)
    expect(answer.json()).toMatchObject({ code: 'internal', status: 500 })
    expect(answer.body).not.toContain('hunter2')
    expect(logged()).toContainEqual(
      expect.objectContaining({
        event: 'request.failed',
        requestId: answer.json().requestId,
        error: expect.objectContaining({ message: 'the password is hunter2' }),
      }),
    )
  })

  it('that we did not foresee sends people to whoever runs the server, and an administrator to its log', async () => {
    const { http } = await build()
    const { detail } = (await http.inject('/api/fails/unforeseen')).json()
    expect(detail).toContain('tell whoever runs this server')
    const answer = await http.inject('/api/admin/fails')
    expect(answer.statusCode).toBe(500)
    expect(answer.json().detail).toContain(`log says why under the requestId ${answer.json().requestId}`)
    expect(answer.body).not.toContain('hunter2')
  })

  it.each([
    ['a missing path', { url: '/nowhere' }, 404, 'not-found'],
    ['another method', { method: 'DELETE', url: '/api/things/a' }, 404, 'not-found'],
    ['a path that cannot be decoded', { url: '/api/things/%' }, 400, 'request-invalid'],
    ['JSON cut short', { payload: '{"name":', headers: json }, 400, 'body-unreadable'],
    ['no body', { payload: '', headers: json }, 400, 'body-unreadable'],
    ['no body at all', {}, 400, 'request-invalid'],
    ['a forbidden key', { payload: '{"__proto__":{}}', headers: json }, 400, 'body-unreadable'],
    [
      'a body of text',
      { payload: 'hi', headers: { 'content-type': 'text/xml' } },
      415,
      'media-type-unsupported',
    ],
    [
      'a body over the limit',
      { payload: `"${'x'.repeat(BODY_LIMIT_BYTES)}"`, headers: json },
      413,
      'body-too-large',
    ],
  ] as const)('is what %s gets', async (_, request, status, code) => {
    const { http } = await build()
    const answer = await http.inject({ method: 'POST', url: '/api/things/a', ...request })
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.json()).toMatchObject({ code, status, title: errorTable[code].title })
    expect(answer.json().detail).toMatch(/\.$/)
    expect(answer.json().requestId).toMatch(/^request-\d+$/)
  })
})

describe('a request', () => {
  it('gets its defaults, and its numbers from the query', async () => {
    const { http } = await build()
    const answer = await http.inject({ method: 'POST', url: '/api/things/a?limit=7', payload: { name: 'n' } })
    expect(answer.json()).toEqual({ name: 'n', tags: [], limit: 7 })
  })

  it.each([
    [
      '/api/things/a',
      { name: '', extra: 1 },
      'In the body: /extra is not known here; /name must not be empty.',
    ],
    ['/api/things/a', { name: 5 }, 'In the body: /name must be text.'],
    ['/api/things/a?limit=x', { name: 'n' }, 'In the query: /limit must be a whole number.'],
    ['/api/things/far-too-long', { name: 'n' }, 'In the path: /thing must have at most 10 characters.'],
  ])('to %s with %j is told what is wrong and where', async (url, payload, detail) => {
    const { http } = await build()
    const answer = await http.inject({ method: 'POST', url, payload })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'request-invalid', detail })
  })

  it('does not choose its own id', async () => {
    const { http } = await build()
    const answer = await http.inject({
      url: '/public',
      headers: { 'request-id': 'mine', 'x-request-id': 'mine' },
    })
    expect(answer.headers['x-request-id']).toMatch(/^request-/)
  })

  it('has its raw bytes kept where a proof is made over them, and only as JSON', async () => {
    const { http } = await build()
    const request = { method: 'POST', url: '/hooks/key/secret' } as const
    const awkward = Buffer.from([0x7b, 0x22, 0xff, 0xc3])
    expect((await http.inject({ ...request, payload: awkward, headers: json })).json()).toEqual({ bytes: 4 })
    const cloudEvent = { 'content-type': 'application/cloudevents+json; charset=utf-8' }
    expect((await http.inject({ ...request, payload: '{}', headers: cloudEvent })).statusCode).toBe(200)
    for (const type of ['text/plain', 'application/xml', 'text/json-not', 'application/jsonx']) {
      const answer = await http.inject({ ...request, payload: '{}', headers: { 'content-type': type } })
      expect([type, answer.statusCode]).toEqual([type, 415])
    }
  })
})

describe('the log of requests', () => {
  it('tells each answered request once, by its route', async () => {
    const { http, logged, metrics } = await build()
    const answer = await http.inject('/api/fails/app')
    expect(logged()).toEqual([
      {
        level: 'info',
        time: expect.any(String),
        requestId: answer.headers['x-request-id'],
        method: 'GET',
        route: '/api/fails/:how',
        status: 412,
        ms: expect.any(Number),
        code: 'stale',
        reason: 'version 3 is not 4',
        event: 'request.answered',
      },
    ])
    expect(await metrics.text()).toContain(
      'cardwire_http_request_seconds_count{method="GET",route="/api/fails/:how",status="412"} 1',
    )
  })

  it('never holds a secret segment, a query string, a header or a body', async () => {
    const { http, lines } = await build()
    const payload = '{"k":"hunter2"}'
    const headers = { ...json, authorization: 'Bearer hunter2hunter2', cookie: 'hunter2' }
    await http.inject({ method: 'POST', url: '/hooks/key/hunter2?x=hunter2', payload, headers })
    await http.inject({ method: 'POST', url: '/hooks/key/hunter2/too/deep?x=hunter2', payload, headers })
    await http.inject({ method: 'GET', url: '/a/hunter2?x=hunter2', headers })
    await http.inject({ method: 'POST', url: '/api/card-actions/hunter2', payload, headers })
    await http.inject({ method: 'GET', url: '/hooks/key/%E0%A4%A/hunter2', headers })
    await http.inject({ method: 'GET', url: '/nowhere?code=hunter2', headers })
    await http.inject({ method: 'GET', url: '/api/fails/unforeseen?x=hunter2', headers })
    const told = lines.filter((line) => !line.includes('the password is hunter2'))
    expect(told.length).toBeGreaterThan(5)
    expect(told.join('')).not.toContain('hunter2')
  })
})

describe('the headers', () => {
  it('are those that Helmet sends, but for one that only Internet Explorer reads', async () => {
    const { http } = await build({ publicUrl: 'https://cardwire.example' })
    const reference = Fastify()
    await reference.register(helmet)
    reference.get('/', async () => '')
    const helmets = Object.keys((await reference.inject('/')).headers)
    await reference.close()
    const ours = Object.keys((await http.inject('/public')).headers)
    expect(helmets.filter((name) => !ours.includes(name))).toEqual(['x-download-options'])
  })

  it.each(['/public', '/nowhere', '/api/fails/unforeseen'])(
    'of %s let nobody frame, sniff, keep or run anything',
    async (url) => {
      const { http } = await build()
      const { headers } = await http.inject(url)
      expect(headers).toMatchObject({
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      })
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    },
  )

  it('ask for https only where we are on https', async () => {
    const [plain, safe] = [await build(), await build({ publicUrl: 'https://cardwire.example' })]
    expect((await plain.http.inject('/public')).headers).not.toHaveProperty('strict-transport-security')
    expect((await safe.http.inject('/public')).headers['strict-transport-security']).toMatch(/^max-age=\d{8}/)
  })
})

const tooMany = (answers: readonly Answer[]) => answers.filter((one) => one.statusCode === 429).length
interface Answer {
  statusCode: number
}

/** One after another, as the counting of the limits is only exact then. */
async function many(count: number, ask: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = []
  while (answers.length < count) answers.push(await ask())
  return answers
}

const signIn = (http: Http, from: string) => () =>
  http.inject({ url: '/api/fails/signed-out', headers: { 'x-forwarded-for': from } })

describe('the limits', () => {
  it('hold for what anyone may ask for, and say how long to wait', async () => {
    const { http } = await build()
    expect(tooMany(await many(1100, () => http.inject('/public')))).toBe(100)
    const answer = await http.inject('/public')
    expect(answer.json()).toMatchObject({ code: 'too-many-requests', status: 429 })
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    expect((await http.inject({ url: '/public', remoteAddress: '10.0.0.9' })).statusCode).toBe(200)
  })

  it('hold for paths that lead nowhere', async () => {
    const { http } = await build()
    expect(tooMany(await many(1010, () => http.inject('/wp-login.php')))).toBeGreaterThan(0)
  })

  it('let any burst of real events pass, and stop only those without proof', async () => {
    const { http } = await build()
    const send = (payload: string) => () =>
      http.inject({ method: 'POST', url: '/hooks/k/s', payload, headers: json })
    expect(tooMany(await many(1500, send('{}')))).toBe(0)
    const forged = await many(100, send('{"forged":1}'))
    expect(forged.filter((one) => one.statusCode === 401)).toHaveLength(60)
    expect(tooMany(forged)).toBe(40)
    expect((await send('{}')()).statusCode).toBe(200)
  })

  it('count failed sign-ins', async () => {
    const { http } = await build()
    expect(tooMany(await many(70, () => http.inject('/api/fails/signed-out')))).toBe(10)
  })

  it('tell callers apart behind a proxy that is trusted, and only then', async () => {
    const trusting = await build({ trustedProxies: ['127.0.0.1'] })
    expect(tooMany(await many(60, signIn(trusting.http, '1.1.1.1')))).toBe(0)
    expect(tooMany(await many(60, signIn(trusting.http, '2.2.2.2')))).toBe(0)
    const wary = await build()
    await many(60, signIn(wary.http, '1.1.1.1'))
    expect(tooMany(await many(60, signIn(wary.http, '2.2.2.2')))).toBe(60)
  })
})

describe('the description of the API', () => {
  it('holds routes that are registered later, with their problems', async () => {
    const { http } = await build()
    const api = (await http.inject('/openapi.json')).json()
    expect(api.info.version).toBe('1.2.3')
    expect(Object.keys(api.paths)).toContain('/api/things/{thing}')
    const { post } = api.paths['/api/things/{thing}']
    expect(post.responses['412'].description).toContain('`stale`')
    expect(post.security).toEqual([{ person: [] }])
    expect(api.paths['/public'].get.security).toEqual([])
  })
})
