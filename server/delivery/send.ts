import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Agent } from 'undici'
import { createMemo } from '../lib/memo.ts'
import { createExchange, type Ended, type Exchange } from './exchange.ts'

/** What came back from one HTTP request, or why nothing did. A remote failure is data. */
export type Answer =
  | { kind: 'answered'; status: number; body: string; retryAfter: string | undefined }
  | { kind: 'failed'; reason: string }
  /** By us, since the process stops. */
  | { kind: 'cut' }

/** The only way out to webhook URLs. Never throws; `close` ends idle connections. */
export interface Sender {
  send(url: string, body: string, options: { trusted: boolean }): Promise<Answer>
  /** Ends every request that is in flight, and whatever is sent after it. */
  cut(): void
  close(): Promise<void>
}

interface Timeouts {
  connectMs: number
  answerMs: number
}

const timeouts: Timeouts = { connectMs: 5000, answerMs: 10_000 }

/** However slowly an answer trickles in: leases are made to outlive this. */
export const longestSendMs = timeouts.connectMs + timeouts.answerMs

/** Answers are read up to this; Teams' own are under 2 KB. */
const answerLimitBytes = 64 * 1024

/**
 * Sends over keep-alive connections, one request at a time on each, and follows no redirect.
 *
 * It hands its requests to undici's dispatcher, since a stream and an abort signal for each answer of one byte
 * would cost more than the request. The dispatcher's own time-outs end a connection or an answer that does not
 * begin or stops; one that trickles on for ever is ended by a look at the oldest requests, once a second.
 *
 * The host was checked against the allowed suffixes when the URL was saved. What it resolves to is checked again
 * when a connection is made: a name that leads to a private, loopback or link-local address is not followed
 * (a rebound name, a mistake in somebody's DNS), unless an administrator listed the host, which is `trusted`.
 */
export function createSender({ connectMs, answerMs }: Timeouts = timeouts): Sender {
  const shared = { headersTimeout: answerMs, bodyTimeout: answerMs, keepAliveTimeout: 30_000 }
  const trusting = new Agent({ ...shared, connect: { timeout: connectMs } })
  const wary = new Agent({ ...shared, connect: { timeout: connectMs, lookup: publicOnly } })
  const targetOf = createMemo(toTarget, urlsKept)
  const inFlight = new Set<Exchange>()
  let isCut = false
  const lookMs = Math.min(1000, connectMs + answerMs)
  let looks = 0
  const looking = setInterval(endOverdue, lookMs).unref()

  return {
    send(url, body, { trusted }) {
      return new Promise((resolve) => {
        const lastLook = looks + Math.ceil((connectMs + answerMs) / lookMs)
        const exchange = createExchange({ lastLook, limitBytes: answerLimitBytes }, (ended) => {
          inFlight.delete(exchange)
          resolve(isCut && 'error' in ended ? { kind: 'cut' } : toAnswer(ended))
        })
        inFlight.add(exchange)
        const agent = trusted ? trusting : wary
        agent.dispatch({ ...targetOf(url), method: 'POST', headers, body }, exchange.handler)
      })
    },
    cut() {
      isCut = true
      for (const exchange of inFlight) exchange.end(new Error('cut'))
      void destroy()
    },
    async close() {
      clearInterval(looking)
      await destroy()
    },
  }

  function toAnswer(ended: Ended): Answer {
    if ('error' in ended) return { kind: 'failed', reason: failure(ended.error, { connectMs, answerMs }) }
    return { kind: 'answered', ...ended }
  }

  /** All are given the same time, so that the oldest come first. */
  function endOverdue(): void {
    looks += 1
    for (const exchange of inFlight) {
      if (exchange.lastLook >= looks) return
      exchange.end(Object.assign(new Error('too long'), { name: 'AbortError' }))
    }
  }

  async function destroy(): Promise<void> {
    await Promise.all([trusting.destroy(), wary.destroy()])
  }
}

/** Destinations are sent to again and again: a few thousand of them are told apart once. */
export const urlsKept = 20_000

function toTarget(url: string): { origin: string; path: string } {
  const { origin, pathname, search } = new URL(url)
  return { origin, path: pathname + search }
}

const headers = { 'content-type': 'application/json; charset=utf-8', accept: '*/*' }
/** In words and without the URL, which the messages of errors may hold. */
function failure(error: unknown, { connectMs, answerMs }: Timeouts): string {
  const code = errorCode(error)
  switch (code) {
    case 'UND_ERR_CONNECT_TIMEOUT':
      return `No connection within ${connectMs / 1000} seconds.`
    case 'AbortError':
    case 'UND_ERR_ABORTED':
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return `No answer within ${answerMs / 1000} seconds.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'The host of the webhook URL cannot be found.'
    case 'ECONNREFUSED':
      return 'The host of the webhook URL refuses connections.'
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return 'The connection was cut before an answer came.'
    case privateAddress:
      return 'The host of the webhook URL leads into the private network, where cards are not sent.'
    default:
      return `The request failed (${code}).`
  }
}

function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.cause === undefined ? error.name : errorCode(error.cause)
}

const privateAddress = 'ERR_PRIVATE_ADDRESS'

const notPublic = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  notPublic.addSubnet(net, bits, 'ipv4')
  // The same seen through a NAT64 gateway.
  notPublic.addSubnet(`64:ff9b::${net}`, 96 + bits, 'ipv6')
}
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  notPublic.addSubnet(net, bits, 'ipv6')
}

/** Also sees through IPv4 addresses written as IPv6, which `BlockList` compares with the IPv4 nets. */
export function isPublicAddress(address: string): boolean {
  return isIP(address) !== 0 && !notPublic.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

const publicOnly: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '')
    const good = addresses.filter(({ address }) => isPublicAddress(address))
    const [first] = good
    if (!first) return callback(Object.assign(new Error('private address'), { code: privateAddress }), '')
    return options.all ? callback(null, good) : callback(null, first.address, first.family)
  })
}
