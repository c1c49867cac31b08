import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { ConfigurationInput } from '../server/model/configuration.ts'
import { createApi } from './api.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A server that answers as told, seen through our API. */
async function apiOf(answer: RequestListener, token?: string) {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return createApi({
    token: async () => token,
    language: 'fr',
    fetch: (path, init) => fetch(new URL(path as string, `http://127.0.0.1:${port}`), init),
  })
}

const input = { name: 'Launch' } as ConfigurationInput

test('a save carries the token, and the version that was read on an edit', async () => {
  const heard: unknown[] = []
  const api = await apiOf((request, response) => {
    heard.push([request.method, request.url, request.headers.authorization, request.headers['if-match']])
    response.writeHead(200, { 'content-type': 'application/json', etag: '"8"' }).end('{"name":"Launch"}')
  }, 'token')
  const saved = await api.save('e-1', input, { etag: '"7"', timeoutMs: 5000 })
  expect(saved).toEqual({ ok: true, value: { configuration: { name: 'Launch' }, etag: '"8"' } })
  expect(heard).toEqual([['PUT', '/api/configurations/e-1', 'Bearer token', '"7"']])
})

test('the server is asked in the language of the page', async () => {
  let language: string | undefined
  const api = await apiOf((request, response) => {
    language = request.headers['accept-language']
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"items":[]}')
  })
  await api.sources()
  expect(language).toBe('fr')
})

test('without a token nothing is claimed, since a server that is being set up needs none', async () => {
  let authorization: string | undefined = 'unasked'
  const api = await apiOf((request, response) => {
    authorization = request.headers.authorization
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"items":[]}')
  })
  expect(await api.sources()).toEqual({ ok: true, value: [] })
  expect(authorization).toBeUndefined()
})

test('a problem comes back with its sentence', async () => {
  const api = await apiOf((_, response) => {
    const problem = { status: 422, code: 'webhook-url-invalid', detail: 'Only https is allowed.' }
    response
      .writeHead(422, { 'content-type': 'application/problem+json; charset=utf-8' })
      .end(JSON.stringify(problem))
  })
  expect(await api.remove('e-1', { timeoutMs: 5000 })).toEqual({
    ok: false,
    failure: { kind: 'answered', status: 422, code: 'webhook-url-invalid', detail: 'Only https is allowed.' },
  })
})

test('the error page of something in between is no sentence for people', async () => {
  const api = await apiOf((_, response) => {
    response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>')
  })
  expect(await api.sources()).toEqual({
    ok: false,
    failure: { kind: 'answered', status: 502, code: '', detail: '' },
  })
})

test('a connection that breaks is "unreachable"', async () => {
  const api = await apiOf((request) => request.socket.destroy())
  expect(await api.sources()).toEqual({ ok: false, failure: { kind: 'unreachable' } })
})

test('a server that never answers is let go after its time, connection and all', async () => {
  let isClosed: Promise<void> | undefined
  const api = await apiOf((request) => {
    isClosed = new Promise((resolve) => request.socket.once('close', resolve))
  })
  const saved = await api.save('e-1', input, { timeoutMs: 50 })
  expect(saved).toEqual({ ok: false, failure: { kind: 'timed out' } })
  await isClosed
})
