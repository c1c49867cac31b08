import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OidcEntra, startOidcEntra } from '../../../e2e/oidc/entra.ts'
import { OTHER_TENANT_ID, PEOPLE, TENANT_ID } from '../../../e2e/teams/people.ts'
import { challengeOf } from '../../auth/challenge-of.ts'
import { createEntraVerifier } from '../../auth/entra.ts'
import { createOneTimeCodes } from '../../auth/one-time-codes.ts'
import { createSignIn } from '../../auth/sign-in.ts'
import { createSealer } from '../../secrets/seal.ts'
import { createLog } from '../../telemetry/log.ts'
import { createMetrics } from '../../telemetry/metrics.ts'
import { createSecrecy } from '../../testing/secrecy.ts'
import { buildHttp, type Http } from '../build-http.ts'
import { authRoutes } from './auth.ts'

const PUBLIC_URL = 'https://cardwire.example'
const person = (name: string) => {
  const found = PEOPLE.find((one) => one.name === name)
  if (!found) throw new Error(`There is no ${name}.`)
  return found
}
const amara = person('Amara Diallo')
const noor = person('Noor Haddad')

const html = `<html lang="__LANGUAGE__"><meta name="csp-nonce" content="__CSP_NONCE__" />
<meta name="theme" content="__THEME__" /><meta name="one-time-code" content="__ONE_TIME_CODE__" />
<meta name="problem" content="__PROBLEM__" /></html>`

let entra: OidcEntra
let webRoot: string
let http: Http
let lines: string[]
let secrecy: ReturnType<typeof createSecrecy>
/** By how much our clock is ahead of Entra's. */
let ahead: { ms: number }
let verifier: ReturnType<typeof createEntraVerifier>

beforeEach(async () => {
  entra = await startOidcEntra({ redirectUri: `${PUBLIC_URL}/auth/end`, person: amara })
  webRoot = await mkdtemp(join(tmpdir(), 'cardwire-web-'))
  await writeFile(join(webRoot, 'sign-in.html'), html)
  lines = []
  secrecy = createSecrecy()
  ahead = { ms: 0 }
  http = await build()
})

afterEach(async () => {
  await http.close()
  await entra.close()
  await rm(webRoot, { recursive: true })
  secrecy.check({ lines })
})

async function build({ isSetUp = true, tenantIds = [TENANT_ID] } = {}): Promise<Http> {
  const config = { publicUrl: PUBLIC_URL, trustedProxies: [], teamsOrigins: ['http://localhost:3979'] }
  const log = createLog('info', { write: (line) => void lines.push(line) })
  const built = await buildHttp({ config, log, metrics: createMetrics(), newId: uuid, version: '1.0.0' })
  const now = () => Date.now() + ahead.ms
  const newSecret = () => randomBytes(32).toString('base64url')
  const { authority, clientId } = entra
  const settings = { authority, clientId, tenantIds, appIdUri: undefined }
  verifier = createEntraVerifier(settings, { now, cooldownMs: 0 })
  await built.register(authRoutes, {
    config,
    webRoot,
    sealer: createSealer([Buffer.alloc(32, 7)]),
    codes: createOneTimeCodes<string>({ now, newCode: newSecret }),
    signIn: isSetUp
      ? createSignIn({ ...settings, publicUrl: PUBLIC_URL }, { verifier, now, newSecret })
      : undefined,
  })
  return built
}

/** A browser with its cookies, which goes wherever it is sent until something is shown. */
function createBrowser() {
  const cookies = new Map<string, Map<string, string>>()
  const seen: { url: string; headers: Headers }[] = []

  async function ask(
    url: URL,
    form?: URLSearchParams,
  ): Promise<{ status: number; headers: Headers; body: string }> {
    const jar = cookies.get(url.origin) ?? new Map<string, string>()
    cookies.set(url.origin, jar)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await (url.origin === PUBLIC_URL
      ? askUs(url, cookie)
      : fetch(url, { headers: { cookie }, redirect: 'manual', ...(form && { method: 'POST', body: form }) }))
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(set)) jar.delete(name)
      else jar.set(name, value)
    }
    seen.push({ url: url.href, headers: answer.headers })
    return { status: answer.status, headers: answer.headers, body: await answer.text() }
  }

  async function visit(
    address: string | URL,
    { form, until = () => false }: { form?: URLSearchParams; until?: (url: URL) => boolean } = {},
  ) {
    let url = new URL(address)
    let answer = await ask(url, form)
    while (answer.headers.has('location')) {
      url = new URL(answer.headers.get('location') ?? '', url)
      if (until(url)) break
      answer = await ask(url)
    }
    return { url, ...answer }
  }
  return { cookies, seen, visit }
}
type Browser = ReturnType<typeof createBrowser>

async function askUs(url: URL, cookie: string): Promise<Response> {
  const answer = await http.inject({ url: `${url.pathname}${url.search}`, headers: { cookie } })
  const headers = new Headers()
  for (const [name, value] of Object.entries(answer.headers)) {
    for (const one of [value].flat()) if (one !== undefined) headers.append(name, String(one))
  }
  return new Response(answer.body, { status: answer.statusCode, headers })
}

const newVerifier = () => randomBytes(32).toString('base64url')
const startAt = (own: string, more = '') => `${PUBLIC_URL}/auth/start?challenge=${challengeOf(own)}${more}`

/** From the start to Entra's question. */
async function begin(own = newVerifier(), { browser = createBrowser(), more = '' } = {}) {
  const asked = await browser.visit(startAt(own, more))
  return { own, browser, asked }
}

/** What the person answers there, up to where Entra would send them back. */
async function answerEntra(browser: Browser, asked: { url: URL }, answer: 'continue' | 'cancel') {
  return browser.visit(asked.url, { form: new URLSearchParams({ answer }) })
}

async function signIn(answer: 'continue' | 'cancel' = 'continue', more = '') {
  const { own, browser, asked } = await begin(newVerifier(), { more })
  const shown = await answerEntra(browser, asked, answer)
  return {
    own,
    browser,
    shown,
    code: metaIn(shown.body, 'one-time-code'),
    problem: metaIn(shown.body, 'problem'),
  }
}

function metaIn(body: string, name: string): string {
  const content = new RegExp(`name="${name}" content="([^"]*)"`).exec(body)?.[1] ?? ''
  return content.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
}

async function redeem(code: string, own: string) {
  const answer = await http.inject({ method: 'POST', url: '/auth/token', payload: { code, verifier: own } })
  const content: { token?: string; code?: string; detail?: string } = answer.json()
  return { status: answer.statusCode, ...content }
}

const refusals = () =>
  lines.flatMap((line) => {
    const { signIn: outcome, reason }: Record<string, unknown> = JSON.parse(line)
    return outcome === 'refused' ? [String(reason)] : []
  })

describe('a person is signed in', () => {
  it('who agrees at Entra, with a token that our API takes', async () => {
    const { own, code } = await signIn()
    const { status, token = '' } = await redeem(code, own)
    expect(status).toBe(200)
    expect(await verifier.verify(token)).toMatchObject({ tid: TENANT_ID, oid: amara.id, name: amara.name })
    secrecy.keep(token, code, own)
  })

  it('with their app roles, as an administrator needs them', async () => {
    entra.state.person = person('Mei Lin')
    const { own, code } = await signIn()
    const { token = '' } = await redeem(code, own)
    expect(await verifier.verify(token)).toMatchObject({ roles: ['Admin'] })
  })

  it('without being asked again while Entra remembers them', async () => {
    const { browser } = await signIn()
    const again = await begin(newVerifier(), { browser })
    const { status } = await redeem(metaIn(again.asked.body, 'one-time-code'), again.own)
    expect(status).toBe(200)
  })

  it('in whichever of the allowed tenants is theirs', async () => {
    await http.close()
    http = await build({ tenantIds: [TENANT_ID, OTHER_TENANT_ID] })
    entra.state.person = noor
    const { own, code, browser } = await signIn()
    expect(browser.seen[1]?.url).toMatch(`${entra.authority}/organizations/oauth2/v2.0/authorize`)
    const { token = '' } = await redeem(code, own)
    expect(await verifier.verify(token)).toMatchObject({ tid: OTHER_TENANT_ID, oid: noor.id })
  })

  it('after Entra rolled its keys', async () => {
    await signIn()
    await entra.rollKeys()
    const { own, code } = await signIn()
    expect((await redeem(code, own)).status).toBe(200)
  })

  it.each([
    ['slow', -290],
    ['fast', 3600 + 290],
  ])('while our clock is %s by no more than is tolerated', async (_, seconds) => {
    const { own, browser, asked } = await begin()
    const shown = await answerEntraWithin(browser, asked, seconds)
    expect((await redeem(metaIn(shown.body, 'one-time-code'), own)).status).toBe(200)
  })
})

/** Our clock jumps when the person is back, as if Entra's token had been made so long ago. */
async function answerEntraWithin(browser: Browser, asked: { url: URL }, seconds: number) {
  entra.state.changeClaims = (claims) => ({
    ...claims,
    nbf: Number(claims.nbf) - seconds,
    exp: Number(claims.exp) - seconds,
  })
  return answerEntra(browser, asked, 'continue')
}

describe('what goes through the pop-up', () => {
  it('is a code and never a token', async () => {
    const { own, code, browser, shown } = await signIn()
    const { token = '' } = await redeem(code, own)
    expect(code).toMatch(/^[\w-]{43}$/)
    expect(shown.body).not.toContain(token)
    for (const { url, headers } of browser.seen.filter((one) => one.url.startsWith(PUBLIC_URL))) {
      expect(url + JSON.stringify([...headers])).not.toContain(token)
    }
  })

  it('keeps its way back to Teams at every step, and is shown in no frame', async () => {
    const { browser } = await signIn()
    const ours = browser.seen.filter((one) => one.url.startsWith(PUBLIC_URL))
    expect(ours).toHaveLength(2)
    for (const { headers } of ours) {
      expect(headers.get('cross-origin-opener-policy')).toBe('unsafe-none')
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
    }
  })

  it('is bound to the browser by a cookie that no script and no other host can read or set', async () => {
    const { browser } = await signIn()
    const [start, end] = browser.seen.filter((one) => one.url.startsWith(PUBLIC_URL))
    const [set = ''] = start?.headers.getSetCookie() ?? []
    for (const attribute of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax', 'Max-Age=600']) {
      expect(set.split('; ')).toContain(attribute)
    }
    expect(set).toMatch(/^__Host-/)
    expect(set).not.toContain('Domain')
    expect(end?.headers.getSetCookie()[0]).toMatch(/^__Host-cardwire-sign-in=;/)
  })

  it('asks Entra for nothing but who the person is, with state, nonce and challenge', async () => {
    const { browser } = await begin(newVerifier(), { more: '&hint=amara.diallo%40harbour.example' })
    const { searchParams } = new URL(browser.seen[1]?.url ?? '')
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: entra.clientId,
      response_type: 'code',
      response_mode: 'query',
      redirect_uri: `${PUBLIC_URL}/auth/end`,
      scope: `openid profile ${entra.clientId}/access_as_user`,
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
      login_hint: 'amara.diallo@harbour.example',
    })
  })

  it('speaks and looks like the page that opened it', async () => {
    const { shown, problem } = await signIn('cancel', '&lang=fr-CA&theme=dark')
    expect(shown.body).toContain('<html lang="fr">')
    expect(metaIn(shown.body, 'theme')).toBe('dark')
    expect(problem).toBe('Vous avez annulé, ou refusé que Cardwire sache qui vous êtes.')
  })

  it('takes no look for more than a look', async () => {
    const { shown } = await signIn('cancel', '&theme=%22%3E%3Cscript%3E')
    expect(metaIn(shown.body, 'theme')).toBe('default')
  })
})

describe('nobody is signed in', () => {
  it('who cancels at Entra', async () => {
    const { code, problem } = await signIn('cancel')
    expect(code).toBe('')
    expect(problem).toBe('You cancelled, or did not agree that Cardwire may know who you are.')
    expect(refusals()).toEqual(['sign-in: entra answered access_denied'])
  })

  it('of a tenant that is not ours', async () => {
    await http.close()
    http = await build({ tenantIds: [TENANT_ID, '99999999-9999-4999-8999-999999999999'] })
    entra.state.person = noor
    const { code, problem } = await signIn()
    expect([code, problem]).toEqual(['', 'This server does not serve your organisation.'])
  })

  it.each([
    ['has expired', 3600 + 310, /expired/],
    ['is not valid yet', -310, /not valid/],
  ])('whose token %s, beyond what clocks may differ', async (_, seconds, told) => {
    const { browser, asked } = await begin()
    const shown = await answerEntraWithin(browser, asked, seconds)
    expect(metaIn(shown.body, 'one-time-code')).toBe('')
    expect(metaIn(shown.body, 'problem')).toMatch(told)
  })

  it('whose token is for another application', async () => {
    entra.state.changeClaims = (claims) => ({ ...claims, aud: 'another' })
    expect((await signIn()).code).toBe('')
  })

  it('whose two tokens name two people', async () => {
    entra.state.changeClaims = (claims) => ({ ...claims, oid: noor.id })
    expect((await signIn()).code).toBe('')
    expect(refusals()).toEqual(['sign-in: the two tokens name two people'])
  })

  it.each([
    ['forged', (url: URL) => url.searchParams.set('state', newVerifier())],
    ['missing', (url: URL) => url.searchParams.delete('state')],
  ])('when the state is %s', async (_, change) => {
    const { browser, back } = await upToTheEnd()
    change(back)
    expect(await endOf(browser, back)).toEqual(['', tooLate])
    expect(refusals()).toEqual(['sign-in: state of another sign-in'])
  })

  it('in a browser in which nobody began', async () => {
    const { back } = await upToTheEnd()
    expect(await endOf(createBrowser(), back)).toEqual(['', tooLate])
  })

  it('by a cookie that we did not seal', async () => {
    const { browser, back } = await upToTheEnd()
    const forged = JSON.stringify({
      begun: { state: back.searchParams.get('state'), nonce: '', verifier: '', at: Date.now() },
    })
    browser.cookies.get(PUBLIC_URL)?.set('__Host-cardwire-sign-in', encodeURIComponent(forged))
    expect(await endOf(browser, back)).toEqual(['', tooLate])
  })

  it('who took more than ten minutes', async () => {
    const { browser, back } = await upToTheEnd()
    ahead.ms = 10 * 60_000 + 1
    expect(await endOf(browser, back)).toEqual(['', tooLate])
  })

  it('by the authorisation code of somebody else’s sign-in', async () => {
    const stolen = await upToTheEnd()
    const { browser, back } = await upToTheEnd()
    back.searchParams.set('code', stolen.back.searchParams.get('code') ?? '')
    const [code, problem] = await endOf(browser, back)
    expect([code, problem]).toEqual(['', expect.stringContaining('was not completed')])
    expect(refusals()).toEqual(["sign-in: entra's token endpoint answered invalid_grant"])
  })

  it('by the answer to somebody else’s request, which a nonce tells', async () => {
    const { browser, asked } = await begin()
    const other = new URL(browser.seen[1]?.url ?? '')
    other.searchParams.set('nonce', newVerifier())
    expect(asked.status).toBe(200)
    const { url } = await browser.visit(other)
    const shown = await answerEntra(browser, { url }, 'continue')
    expect(metaIn(shown.body, 'one-time-code')).toBe('')
    expect(refusals()).toEqual(['entra token: nonce of another sign-in'])
  })

  it('by coming back twice', async () => {
    const { browser, back } = await upToTheEnd()
    const waiting = new Map(browser.cookies.get(PUBLIC_URL))
    expect((await endOf(browser, back))[0]).not.toBe('')
    expect(await endOf(browser, back)).toEqual(['', tooLate])
    browser.cookies.set(PUBLIC_URL, waiting)
    expect((await endOf(browser, back))[0]).toBe('')
  })

  it('while Entra does not answer, which is not the person’s fault', async () => {
    entra.state.isDown = true
    const { code, problem } = await signIn()
    expect([code, problem]).toEqual(['', expect.stringContaining('try again in a minute')])
    expect(lines.join('')).toContain('"code":"sign-in-unavailable"')
  })

  it.each([
    ['consent_required', /has not agreed/],
    ['temporarily_unavailable', /try again in a minute/],
    ['unauthorized_client', /refused Cardwire/],
    ['<script>', /refused Cardwire/],
  ])('when Entra sends them back with %s', async (error, told) => {
    const { browser, back } = await upToTheEnd()
    back.searchParams.delete('code')
    back.searchParams.set('error', error)
    const [code, problem] = await endOf(browser, back)
    expect(code).toBe('')
    expect(problem).toMatch(told)
    expect(lines.join('')).not.toContain('<script>')
  })

  it('where sign-in is not set up', async () => {
    await http.close()
    http = await build({ isSetUp: false })
    const { asked } = await begin()
    expect(metaIn(asked.body, 'problem')).toBe('Sign-in is not set up on this server.')
  })

  it.each(['', '?challenge=short', `?challenge=${'+'.repeat(43)}`])('from a start like %j', async (query) => {
    expect((await http.inject(`/auth/start${query}`)).statusCode).toBe(400)
  })
})

const tooLate = 'This sign-in took too long or was begun elsewhere: sign in again.'

/** Up to where Entra sends the browser back, which does not go there yet. */
async function upToTheEnd() {
  const { own, browser, asked } = await begin()
  const { url: back } = await browser.visit(asked.url, {
    form: new URLSearchParams({ answer: 'continue' }),
    until: (url) => url.origin === PUBLIC_URL,
  })
  return { own, browser, back }
}

async function endOf(browser: Browser, back: URL): Promise<[string, string]> {
  const { body } = await browser.visit(back)
  return [metaIn(body, 'one-time-code'), metaIn(body, 'problem')]
}

describe('a one-time code is refused', () => {
  it('the second time', async () => {
    const { own, code } = await signIn()
    expect((await redeem(code, own)).status).toBe(200)
    expect(await redeem(code, own)).toMatchObject({ status: 401, code: 'unauthenticated' })
  })

  it('without the verifier of who began, and then for good', async () => {
    const { own, code } = await signIn()
    expect((await redeem(code, newVerifier())).status).toBe(401)
    expect((await redeem(code, own)).status).toBe(401)
  })

  it('after a minute', async () => {
    const { own, code } = await signIn()
    ahead.ms = 60_000
    expect((await redeem(code, own)).status).toBe(401)
  })

  it('that nobody issued, in the language of the page', async () => {
    const answer = await http.inject({
      method: 'POST',
      url: '/auth/token',
      headers: { 'accept-language': 'zh-CN' },
      payload: { code: newVerifier(), verifier: newVerifier() },
    })
    expect([answer.statusCode, answer.json().detail]).toEqual([401, '登录未在规定时间内完成：请重新登录。'])
  })

  it('to whoever tries many of them', async () => {
    for (let tried = 0; tried < 60; tried++) {
      expect((await redeem(newVerifier(), newVerifier())).status).toBe(401)
    }
    expect((await redeem(newVerifier(), newVerifier())).status).toBe(429)
  })
})

it('starts no more sign-ins for one address than a company needs', async () => {
  const url = startAt(newVerifier()).slice(PUBLIC_URL.length)
  const statuses = new Set<number>()
  for (let tried = 0; tried < 301; tried++) statuses.add((await http.inject(url)).statusCode)
  expect([...statuses]).toEqual([302, 429])
})
