import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createSocketServer, type Server as NetServer } from 'node:net'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSender, isPublicAddress, type Sender } from './send.ts'

/** Undici rounds short time-outs to half a second or so; what is tested is that they end a request. */
const short = { connectMs: 300, answerMs: 300 }
const secret = '0123456789abcdef-the-secret-of-the-url'

let sender: Sender
const servers: { close(done: () => void): unknown; closeAllConnections?: () => void }[] = []
beforeEach(() => {
  sender = createSender()
})
afterEach(async () => {
  await sender.close()
  for (const server of servers.splice(0)) {
    server.closeAllConnections?.()
    await new Promise<void>((done) => server.close(done))
  }
})

/** A real server on a free port of this machine. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer)
  servers.push(server)
  return { server, url: await listen(server) }
}

async function listen(server: NetServer): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhookb2/${secret}?sig=${secret}`
}

const trusted = { trusted: true }

describe('a request', () => {
  it('carries the body and says what it is, and no authorization', async () => {
    const seen: { method?: string; headers: IncomingMessage['headers']; body: string }[] = []
    const { url } = await serve((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += String(chunk)
      })
      request.on('end', () => {
        seen.push({ ...(request.method && { method: request.method }), headers: request.headers, body })
        response.end('1')
      })
    })
    const answer = await sender.send(url, '{"text":"Grüße 🎉"}', trusted)
    expect(answer).toEqual({ kind: 'answered', status: 200, body: '1', retryAfter: undefined })
    expect(seen).toMatchObject([{ method: 'POST', body: '{"text":"Grüße 🎉"}' }])
    expect(seen[0]?.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(seen[0]?.headers).not.toHaveProperty('authorization')
  })

  it('keeps its connection for those after it', async () => {
    const { server, url } = await serve((_, response) => response.end('1'))
    let connections = 0
    server.on('connection', () => {
      connections += 1
    })
    for (let sent = 0; sent < 20; sent++) await sender.send(url, '{}', trusted)
    // A second one is opened when the next request comes before the first is known to be free.
    expect(connections).toBeLessThanOrEqual(2)
  })
})

describe('an answer', () => {
  it('tells status, body and Retry-After', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(429, { 'retry-after': '17' }).end('Too many')
    })
    expect(await sender.send(url, '{}', trusted)).toEqual({
      kind: 'answered',
      status: 429,
      body: 'Too many',
      retryAfter: '17',
    })
  })

  it('that redirects is not followed', async () => {
    let asked = 0
    const { url } = await serve((_, response) => {
      asked += 1
      response.writeHead(307, { location: '/elsewhere' }).end()
    })
    expect(await sender.send(url, '{}', trusted)).toMatchObject({ kind: 'answered', status: 307 })
    expect(asked).toBe(1)
  })

  it('of more than 64 KB is cut, and what is left of it reaches no other request', async () => {
    let asked = 0
    const { url } = await serve((_, response) => {
      asked += 1
      response.end(asked === 1 ? 'x'.repeat(1_000_000) : '1')
    })
    const long = await sender.send(url, '{}', trusted)
    expect(long).toMatchObject({ kind: 'answered', body: 'x'.repeat(64 * 1024) })
    expect(await sender.send(url, '{}', trusted)).toMatchObject({ kind: 'answered', body: '1' })
  })

  it('that never ends is cut after 64 KB too', async () => {
    const { url } = await serve((_, response) => {
      const pour = () => {
        while (!response.destroyed && response.write('y'.repeat(16_384)));
      }
      response.on('drain', pour)
      pour()
    })
    expect(await sender.send(url, '{}', trusted)).toMatchObject({ body: 'y'.repeat(64 * 1024) })
  })
})

describe('a sender that is cut', () => {
  it('ends what is in flight, and says that nobody knows whether it was taken', async () => {
    const { promise: arrived, arrive } = arrival()
    const { url } = await serve(() => arrive())
    const answer = sender.send(url, '{}', trusted)
    await arrived
    sender.cut()
    expect(await answer).toEqual({ kind: 'cut' })
  })

  it('starts nothing any more', async () => {
    const seen: unknown[] = []
    const { url } = await serve((request, response) => {
      seen.push(request)
      response.end('1')
    })
    sender.cut()
    expect(await sender.send(url, '{}', trusted)).toEqual({ kind: 'cut' })
    expect(seen).toEqual([])
  })
})

function arrival() {
  let arrive = () => {}
  const promise = new Promise<void>((resolve) => {
    arrive = resolve
  })
  return { promise, arrive }
}

/** Every reason there is, told in words that hold nothing of the URL. */
describe('a failure is data, and its reason holds no secret', () => {
  async function reasonOf(url: string, by: Sender = sender, options = trusted) {
    const answer = await by.send(url, '{}', options)
    if (answer.kind !== 'failed') throw new Error(`${answer.kind}, where a failure was expected`)
    expect(answer.reason).not.toContain(secret)
    expect(answer.reason).not.toContain('127.0.0.1')
    return answer.reason
  }

  it('when connections are refused', async () => {
    const { server, url } = await serve(() => undefined)
    await new Promise((done) => server.close(done))
    expect(await reasonOf(url)).toMatch(/refuses connections/)
  })

  it('when the line is cut before an answer', async () => {
    const { url } = await serve((request) => request.socket.resetAndDestroy())
    expect(await reasonOf(url)).toMatch(/cut before an answer/)
  })

  it('when the line is closed in the middle of an answer', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half', () => response.destroy())
    })
    expect(await reasonOf(url)).toMatch(/cut|failed/)
  })

  it('when nothing is answered in time', async () => {
    const { url } = await serve(() => undefined)
    const hasty = createSender(short)
    expect(await reasonOf(url, hasty)).toBe('No answer within 0.3 seconds.')
    await hasty.close()
  })

  it('when an answer trickles in for ever', async () => {
    const timers = new Set<NodeJS.Timeout>()
    const { url } = await serve((_, response) => {
      const timer = setInterval(() => response.write('z'), 20)
      timers.add(timer)
      response.on('close', () => clearInterval(timer))
    })
    const hasty = createSender(short)
    expect(await reasonOf(url, hasty)).toBe('No answer within 0.3 seconds.')
    await hasty.close()
    for (const timer of timers) clearInterval(timer)
  })

  it('when it is not HTTP that answers', async () => {
    const server = createSocketServer((socket) => socket.resume().end('220 mail.example ESMTP\r\n'))
    servers.push(server)
    expect(await reasonOf(await listen(server))).toMatch(/request failed/)
  })

  it('when the name leads to this machine and nobody listed it', async () => {
    let asked = 0
    const { url } = await serve((_, response) => {
      asked += 1
      response.end('1')
    })
    const named = url.replace('127.0.0.1', 'localhost')
    expect(await reasonOf(named, sender, { trusted: false })).toMatch(/private network/)
    expect(asked).toBe(0)
  })

  it('when there is no such name', async () => {
    expect(await reasonOf(`https://nobody.invalid/${secret}`, sender, { trusted: false })).toMatch(
      /cannot be found/,
    )
  })
})

describe('an address is public', () => {
  it.each(['52.112.0.1', '20.190.128.1', '2603:1063::1', '2a01:111::1', '64:ff9b::3470:1'])(
    'when it is %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    '64:ff9b::a00:1',
    '64:ff9b:1::1',
    '2001:0:1::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    'localhost',
    '',
  ])('never when it is %s', (address) => expect(isPublicAddress(address)).toBe(false))

  it('never when it is a private IPv4 address, however it is written as IPv6', () => {
    const nets = fc.constantFrom([10, 0], [127, 0], [192, 168], [169, 254], [172, 20])
    fc.assert(
      fc.property(nets, fc.nat(255), fc.nat(255), ([a, b], c, d) => {
        const quad = `${a}.${b}.${c}.${d}`
        for (const prefix of ['', '::ffff:', '::', '64:ff9b::']) {
          expect(isPublicAddress(prefix + quad)).toBe(false)
        }
      }),
    )
  })
})
