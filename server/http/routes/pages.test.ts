import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../../telemetry/log.ts'
import { createMetrics } from '../../telemetry/metrics.ts'
import { buildHttp, type Http } from '../build-http.ts'
import { languageNames } from '../pages/legal-texts.ts'
import { faviconRoutes } from './favicon.ts'
import { healthRoutes } from './health.ts'
import { legalRoutes } from './legal.ts'
import { metricsRoutes } from './metrics.ts'
import { pageRoutes } from './pages.ts'

let webRoot: string
let http: Http
const server = { state: 'ready' as 'starting' | 'ready' | 'stopping', ping: async () => {} }

const html = `<html><head><meta name="csp-nonce" content="__CSP_NONCE__" />
<meta name="teams-origins" content="__TEAMS_ORIGINS__" />
<script type="module" nonce="__CSP_NONCE__" src="/assets/configure-abc.js"></script></head></html>`

beforeEach(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'cardwire-web-'))
  await mkdir(join(webRoot, 'assets'))
  await writeFile(join(webRoot, 'configure.html'), html)
  await writeFile(join(webRoot, 'remove.html'), html)
  await writeFile(join(webRoot, 'channel.html'), html)
  await writeFile(join(webRoot, 'admin.html'), html)
  await writeFile(join(webRoot, 'assets', 'configure-abc.js'), 'export {}')
  Object.assign(server, { state: 'ready', ping: async () => {} })
  http = await build({})
})

afterEach(async () => {
  await http.close()
  await rm(webRoot, { recursive: true })
})

async function build({
  publicUrl = 'http://localhost:3978',
  metricsToken,
}: {
  publicUrl?: string
  metricsToken?: string
}) {
  const config = {
    publicUrl,
    metricsToken,
    trustedProxies: [],
    retentionDays: 45,
    entra: undefined,
    webhookHosts: [],
    teamsOrigins: ['http://localhost:3979', 'https://teams.example'],
  }
  const metrics = createMetrics()
  let ids = 0
  const built = await buildHttp({
    config,
    metrics,
    log: createLog('silent'),
    newId: () => `${++ids}`,
    version: '1.0.0',
  })
  const readiness = { state: () => server.state, ping: () => server.ping() }
  await built.register(healthRoutes, { readiness })
  await built.register(metricsRoutes, { config, metrics })
  await built.register(pageRoutes, { config, webRoot })
  await built.register(legalRoutes, { config })
  await built.register(faviconRoutes, {})
  return built
}

/** A policy, by directive. */
function policyOf(headers: Record<string, unknown>): Map<string, string[]> {
  const directives = String(headers['content-security-policy']).split('; ')
  return new Map(directives.map((one) => [one.split(' ')[0] ?? '', one.split(' ').slice(1)]))
}

describe.each(['/configure', '/configure?host=tab', '/remove', '/channel'])('the page %s', (path) => {
  it("may be framed by Teams' hosts and ours, and by nobody else", async () => {
    const { headers } = await http.inject(path)
    expect(policyOf(headers).get('frame-ancestors')).toEqual([
      "'self'",
      'https://*.cloud.microsoft',
      'https://teams.microsoft.com',
      'https://*.teams.microsoft.com',
      'https://*.microsoft365.com',
      'https://*.office.com',
      'https://outlook.office.com',
      'https://outlook.office365.com',
      'https://outlook-sdf.office.com',
      'https://outlook-sdf.office365.com',
      'http://localhost:3979',
      'https://teams.example',
    ])
    expect(headers).not.toHaveProperty('x-frame-options')
    expect(headers['cross-origin-opener-policy']).not.toBe('same-origin')
  })

  it('runs only scripts and styles that carry the nonce of this answer', async () => {
    const [first, second] = [await http.inject(path), await http.inject(path)]
    const nonce = /content="([\w-]{20,})"/.exec(first.body)?.[1]
    expect(policyOf(first.headers).get('script-src')).toEqual([`'nonce-${nonce}'`])
    expect(policyOf(first.headers).get('style-src')).toEqual([`'nonce-${nonce}'`])
    expect(first.body).toContain(`<script type="module" nonce="${nonce}"`)
    expect(first.body).not.toContain('__')
    expect(second.body).not.toContain(nonce)
    expect(first.headers['cache-control']).toBe('no-store')
  })

  it('may fetch from us and the list of hosts that teams-js trusts, and show pictures', async () => {
    const policy = policyOf((await http.inject(path)).headers)
    expect(policy.get('default-src')).toEqual(["'none'"])
    expect(policy.get('connect-src')).toEqual(["'self'", 'https://res.cdn.office.net'])
    expect(policy.get('img-src')).toEqual(["'self'", 'https:', 'data:'])
  })

  it('is told which other hosts may speak to it', async () => {
    expect((await http.inject(path)).body).toContain('content="http://localhost:3979,https://teams.example"')
  })

  it('says what to do when it has not been built', async () => {
    for (const file of ['configure', 'remove', 'channel']) await rm(join(webRoot, `${file}.html`))
    const answer = await http.inject(path)
    expect(answer.statusCode).toBe(503)
    expect(answer.json().detail).toContain('npm run build')
  })
})

describe('assets', () => {
  it('may be kept for ever, since their names change with their content', async () => {
    const answer = await http.inject('/assets/configure-abc.js')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(answer.headers['content-type']).toMatch(/javascript/)
  })

  it.each([
    '/assets/missing.js',
    '/assets/',
    '/assets/../configure.html',
    '/assets/..%2fconfigure.html',
    '/assets/%2e%2e/configure.html',
  ])('give away nothing else: %s', async (path) => {
    const answer = await http.inject(path)
    expect([400, 403, 404]).toContain(answer.statusCode)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.body).not.toContain('csp-nonce')
  })
})

describe('the console', () => {
  it('is framed by nobody, and speaks to us alone by scripts of this answer', async () => {
    const { headers, body } = await http.inject('/admin')
    const policy = policyOf(headers)
    expect(policy.get('frame-ancestors')).toEqual(["'none'"])
    expect(policy.get('connect-src')).toEqual(["'self'"])
    const nonce = /content="([\w-]{20,})"/.exec(body)?.[1]
    expect(policy.get('script-src')).toEqual([`'nonce-${nonce}'`])
    expect(headers).toMatchObject({
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
    })
  })
})

describe.each(['/privacy', '/terms'])('the page %s', (path) => {
  it.each([
    [{}, '', 'en'],
    [{ 'accept-language': 'fr-CA,fr;q=0.9,en;q=0.5' }, '', 'fr'],
    [{ 'accept-language': 'de, zh-CN;q=0.8, en;q=0.4' }, '', 'zh-Hans'],
    [{ 'accept-language': 'de, en;q=0.2, fr;q=0.7' }, '', 'fr'],
    [{ 'accept-language': 'fr;q=0, en' }, '', 'en'],
    [{ 'accept-language': 'de,*;q=0.1' }, '', 'en'],
    [{ 'accept-language': 'fr' }, '?lang=zh-Hans', 'zh-Hans'],
    [{ 'accept-language': 'fr' }, '?lang=xx', 'fr'],
  ])('speaks to %j%s in %s', async (headers, query, language) => {
    const answer = await http.inject({ url: `${path}${query}`, headers })
    expect(answer.body).toContain(`<html lang="${language}">`)
    expect(answer.headers).toMatchObject({ 'content-language': language, vary: 'accept-language' })
    for (const [tag, name] of Object.entries(languageNames))
      expect(answer.body).toMatch(new RegExp(`lang=${tag}.*${name}`))
  })

  it('needs no script, and is framed by nobody', async () => {
    const answer = await http.inject(path)
    const nonce = /<style nonce="([\w-]{20,})"/.exec(answer.body)?.[1]
    expect(policyOf(answer.headers).get('style-src')).toEqual([`'nonce-${nonce}'`])
    expect(policyOf(answer.headers).get('frame-ancestors')).toEqual(["'none'"])
    expect(answer.headers['x-frame-options']).toBe('DENY')
    expect(answer.body).not.toContain('<script')
    expect(answer.body).toContain('<strong>localhost:3978</strong>')
  })
})

it.each([
  ['en', 'are deleted 45 days after'],
  ['fr', 'sont effacés 45 jours après'],
  ['zh', '保留45天'],
])(
  'what the page of privacy says in %s of how long things are kept is what this server does',
  async (language, words) => {
    const { body } = await http.inject(`/privacy?lang=${language}`)
    expect(body.replaceAll('\u00A0', ' ')).toContain(words)
  },
)

it.each([
  ['en', ['one-time code', 'refused: when, and why', 'after seven days']],
  ['fr', ['code à usage unique', 'requête refusée', 'au bout de sept jours']],
  ['zh', ['一次性代码', '被拒绝的请求', '保留七天']],
])(
  'the page of privacy tells in %s of the code that goes to Entra and of requests that were refused',
  async (language, words) => {
    const { body } = await http.inject(`/privacy?lang=${language}`)
    for (const told of words) expect(body).toContain(told)
  },
)

describe('the documentation', () => {
  it('is framed by nobody and runs nothing inline', async () => {
    const answer = await http.inject('/docs')
    expect(answer.statusCode).toBe(200)
    expect(policyOf(answer.headers).get('script-src')).toEqual(["'self'"])
    expect(policyOf(answer.headers).get('frame-ancestors')).toEqual(["'none'"])
    expect(answer.body).not.toMatch(/<script(?![^>]*src=)/)
  })

  it('lists no pages, only the API', async () => {
    const { paths } = (await http.inject('/openapi.json')).json()
    expect(Object.keys(paths)).toEqual(['/healthz', '/readyz'])
  })
})

describe('the health checks', () => {
  it('say alive at all times, and ready only when there can be work', async () => {
    expect((await http.inject('/readyz')).json()).toEqual({ status: 'ready' })
    for (const state of ['starting', 'stopping'] as const) {
      server.state = state
      const answer = await http.inject('/readyz')
      expect([answer.statusCode, answer.json().detail]).toEqual([503, `The server is ${state}.`])
      expect((await http.inject('/healthz')).json()).toEqual({ status: 'alive' })
    }
  })

  it('say not ready while the database does not answer, without saying why', async () => {
    server.ping = () => Promise.reject(new Error('disk image is malformed at /data/secret.db'))
    const answer = await http.inject('/readyz')
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'not-ready'])
    expect(answer.body).not.toContain('secret.db')
  })

  it('say not ready when the database hangs', async () => {
    server.ping = () => new Promise(() => {})
    expect((await http.inject('/readyz')).statusCode).toBe(503)
  })
})

describe('the metrics', () => {
  const get = async (built: Http, token?: string) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const answer = await built.inject({ url: '/metrics', headers })
    await built.close()
    return answer
  }

  it('are open on loopback and closed elsewhere, wherever the caller says it is', async () => {
    const local = await get(await build({}))
    expect(local.headers['content-type']).toMatch(/^text\/plain/)
    expect(local.body).toContain('cardwire_pending')
    const answer = await get(await build({ publicUrl: 'https://cardwire.example' }))
    expect(answer.statusCode).toBe(401)
    expect(answer.json().detail).toContain('METRICS_TOKEN')
  })

  it('take the metrics token, once there is one, and no other', async () => {
    const metricsToken = 'a-metrics-token-of-some-length'
    for (const publicUrl of ['http://localhost:3978', 'https://cardwire.example']) {
      const setUp = { publicUrl, metricsToken }
      expect((await get(await build(setUp), metricsToken)).statusCode).toBe(200)
      expect((await get(await build(setUp))).statusCode).toBe(401)
      expect((await get(await build(setUp), `${metricsToken}x`)).statusCode).toBe(401)
    }
  })
})

describe('the icon', () => {
  it('is where browsers look for it', async () => {
    for (const path of ['/favicon.svg', '/favicon.ico']) {
      expect((await http.inject(path)).headers['content-type']).toBe('image/svg+xml')
    }
  })
})
