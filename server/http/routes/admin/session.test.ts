import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { adminToken } from '../../../testing/app.ts'
import { startTestWorld, type TestWorld } from '../../../testing/world.ts'

let world: TestWorld
beforeEach(async () => {
  world = await startTestWorld()
})
afterEach(() => world.close())

const ours = { 'sec-fetch-site': 'same-origin' }
const signIn = (token = adminToken, headers: Record<string, string> = ours) =>
  world.app.http.inject({ method: 'POST', url: '/api/admin/session', headers, payload: { token } })

async function signedIn(): Promise<string> {
  const [cookie] = (await signIn()).cookies
  if (!cookie) throw new Error('No cookie came.')
  world.secrecy.keep(cookie.value)
  return `${cookie.name}=${encodeURIComponent(cookie.value)}`
}
const ask = (
  cookie: string,
  method: 'GET' | 'POST' | 'DELETE' = 'GET',
  headers: Record<string, string> = {},
) =>
  world.ask('/api/admin/sources', {
    method,
    headers: { cookie, ...headers },
    ...(method === 'POST' && { body: { kind: 'telepathy', name: 'Evil' } }),
  })

describe('a session of the console', () => {
  it('is kept by the browser where no script and no other site can reach it', async () => {
    const answer = await signIn(` ${adminToken}\n`)
    expect(answer.statusCode).toBe(200)
    expect(answer.cookies).toMatchObject([
      { name: 'cardwire-admin', path: '/api/admin', httpOnly: true, sameSite: 'Strict', maxAge: 43_200 },
    ])
    expect(answer.cookies[0]).not.toHaveProperty('secure')
    expect(answer.json()).toEqual({ until: '2026-03-02T21:00:00.000Z' })
  })

  it('lets an administrator read, and change from our own pages', async () => {
    const cookie = await signedIn()
    expect((await ask(cookie)).statusCode).toBe(200)
    // Understood, and found to be of no kind: it was not refused for who asked.
    expect((await ask(cookie, 'POST', ours)).json()).toMatchObject({ code: 'kind-unknown' })
    const origin = 'http://localhost:3978'
    expect((await ask(cookie, 'POST', { origin })).json()).toMatchObject({ code: 'kind-unknown' })
  })

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:3978' }],
    ['another host of the same site', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
    ['nobody says where', {}],
  ])('403 for a change and a sign-in asked for by %s', async (_, headers: Record<string, string>) => {
    const cookie = await signedIn()
    expect((await ask(cookie, 'POST', headers)).json()).toMatchObject({ status: 403, code: 'forbidden' })
    expect((await signIn(adminToken, headers)).statusCode).toBe(403)
  })

  it('ends after twelve hours', async () => {
    const cookie = await signedIn()
    world.turn({ hours: 11, minutes: 59 })
    expect((await ask(cookie)).statusCode).toBe(200)
    world.turn({ minutes: 2 })
    expect((await ask(cookie)).json()).toMatchObject({ status: 401, code: 'unauthenticated' })
  })

  it('is not opened by anything but the admin token', async () => {
    for (const token of ['wrong', `${adminToken}x`, await world.tokenOf(world.people.mei)]) {
      const answer = await signIn(token)
      expect(answer.json()).toMatchObject({ status: 401, code: 'unauthenticated' })
      expect(answer.cookies).toEqual([])
    }
  })

  it('is refused when it was changed, or sealed for something else', async () => {
    const cookie = await signedIn()
    const other = world.app.context.sealer.seal(String(Date.now() + 1e9), 'destination:1:url')
    for (const forged of [`${cookie}A`, `cardwire-admin=${other}`, 'cardwire-admin=']) {
      expect((await ask(forged)).statusCode).toBe(401)
    }
  })

  it('is forgotten by the browser that signs out', async () => {
    const headers = { ...ours, cookie: await signedIn() }
    const answer = await world.app.http.inject({ method: 'DELETE', url: '/api/admin/session', headers })
    expect(answer.statusCode).toBe(204)
    expect(answer.cookies).toMatchObject([
      { name: 'cardwire-admin', value: '', maxAge: 0, path: '/api/admin' },
    ])
  })

  it('is slowed down before the token is looked at: after ten tries the right one waits, too', async () => {
    const answers: number[] = []
    for (let count = 0; count < 10; count++) answers.push((await signIn('wrong')).statusCode)
    expect(answers).toEqual(Array(10).fill(401))
    expect((await signIn()).statusCode).toBe(429)
  })
})

describe('behind https', () => {
  it('the cookie is for https only', async () => {
    await world.close()
    world = await startTestWorld({ publicUrl: 'https://cardwire.example' })
    expect((await signIn()).cookies).toMatchObject([{ secure: true }])
  })
})
