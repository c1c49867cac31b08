import { randomBytes } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import type { Config } from '../../config.ts'
import type { Http } from '../build-http.ts'

/**
 * The headers that tell browsers what they may do with our answers.
 *
 * Everything starts with the strictest set; a page loosens its own answer by `sendAsPage`. The sets are written
 * out and not computed by `@fastify/helmet`, which builds them anew for each request: that took 40 % of what
 * the intake can carry. A test compares them with Helmet's.
 */
export function sendSecurityHeaders(http: Http, { publicUrl }: Pick<Config, 'publicUrl'>): void {
  const isHttps = publicUrl.startsWith('https:')
  const headers = { ...strictest, ...(isHttps && { 'strict-transport-security': oneYear }) }
  http.addHook('onRequest', (_, reply, done) => {
    reply.headers(headers)
    done()
  })
}

/** Our own host only: we do not know who else lives below it. */
const oneYear = 'max-age=31536000'

const strictest = {
  'content-security-policy': policy({ 'default-src': ["'none'"] }, ["'none'"]),
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'x-dns-prefetch-control': 'off',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
  'cache-control': 'no-store',
}

/** Who may show our pages in a frame (TEAMS' hosts as Microsoft lists them for `frame-ancestors`). */
const teamsHosts = [
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
]

/** teams-js reads the list of hosts it trusts from here. */
const teamsCdn = 'https://res.cdn.office.net'

export interface PageHeaders {
  /** What the page's scripts and styles carry; new for each answer. */
  nonce: string
  /** Whether Teams and `teamsOrigins` may show it in a frame. */
  framedBy?: { teamsOrigins: readonly string[] }
  /** Whether Teams opens it in a window of its own, to which the page then speaks. */
  isPopUp?: boolean
}

/** Lets an answer be a page: scripts and styles by their nonce, our API, pictures from anywhere safe. */
export function sendAsPage(reply: FastifyReply, { nonce, framedBy, isPopUp = false }: PageHeaders): void {
  const directives = {
    'default-src': ["'none'"],
    'script-src': [`'nonce-${nonce}'`],
    'style-src': [`'nonce-${nonce}'`],
    'img-src': ["'self'", 'https:', 'data:'],
    'font-src': ["'self'", 'data:'],
    'connect-src': ["'self'", ...(framedBy || isPopUp ? [teamsCdn] : [])],
  }
  const frames = framedBy ? [...teamsHosts, ...framedBy.teamsOrigins] : ["'none'"]
  reply.header('content-security-policy', policy(directives, frames))
  if (framedBy || isPopUp) keepOpener(reply)
  if (framedBy) reply.removeHeader('x-frame-options')
}

/**
 * Lets a window that Teams opened keep its way back to Teams. Every answer on its way counts, also one that only
 * sends it on: a single stricter one cuts the way for good.
 */
export function keepOpener(reply: FastifyReply): void {
  reply.header('cross-origin-opener-policy', 'unsafe-none')
}

/** New for every answer; that nobody can guess its 128 bits is what makes it worth anything. */
export function newNonce(): string {
  return randomBytes(16).toString('base64url')
}

function policy(directives: Record<string, readonly string[]>, frameAncestors: readonly string[]): string {
  const all = {
    ...directives,
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': frameAncestors,
  }
  return Object.entries(all)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ')
}
