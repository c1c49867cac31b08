import type { FastifyRequest } from 'fastify'
import { type AdminSessions, isAdminToken } from '../auth/admin.ts'
import { ADMIN_ROLE, type EntraVerifier } from '../auth/entra.ts'
import type { Config } from '../config.ts'
import { AppError } from '../errors.ts'
import { isLoopback } from '../lib/is-loopback.ts'
import type { Text } from '../model/text.ts'
import { adminSessionOf, isSameOrigin } from './admin-cookie.ts'
import { bearerOf } from './bearer.ts'

/** Someone in Teams, as proven by a token; known by tenant and object id, never by a name. */
export interface Person {
  tenantId: string
  oid: string
  /** For people to read. */
  name?: string
  isAdministrator: boolean
  /** For the audit: `person:{tenant}/{oid}`, `administrator:token`, `anonymous`. */
  who: string
}

/** Whoever may do everything: by the admin token, or a person with the app role. */
export interface Administrator {
  isAdministrator: true
  /** For the audit. */
  who: string
}

/**
 * Who is behind a request. Nothing a browser says is believed, only what a token proves.
 *
 * A group of routes asks before anything of the request is read (`onRequest`), so that a stranger learns nothing from
 * how their body is found wanting; its handlers ask again, and are answered what was proven then.
 */
export interface Who {
  /** @throws {AppError} `unauthenticated`, or `sign-in-unavailable` while nobody can tell. */
  requirePerson(request: FastifyRequest): Promise<Person>
  /** @throws {AppError} the same, or `forbidden` for a person who is no administrator. */
  requireAdministrator(request: FastifyRequest): Promise<Administrator>
}

export interface WhoOptions {
  config: Pick<Config, 'publicUrl' | 'adminToken' | 'allowAnonymousSetup'>
  /** Absent where no Entra settings are given. */
  entra: Pick<EntraVerifier, 'verify'> | undefined
  sessions: Pick<AdminSessions, 'endOf'>
}

export function createWho({ config, entra, sessions }: WhoOptions): Who {
  const isAnonymousAllowed =
    !entra && config.allowAnonymousSetup && isLoopback(new URL(config.publicUrl).hostname)

  return {
    requirePerson: oncePerRequest(async (request) => {
      if (isAnonymousAllowed) return anonymous(request)
      if (!entra) throw unauthenticated(signInNotSetUp)
      const token = bearerOf(request)
      if (token === undefined) throw unauthenticated(noToken)
      return personBehind(entra, token)
    }),
    requireAdministrator: oncePerRequest(async (request) => {
      const token = bearerOf(request)
      if (token === undefined) return administratorInBrowser(request)
      if (isAdminToken(token, config.adminToken)) return { isAdministrator: true, who: 'administrator:token' }
      if (!entra || !looksLikeJwt(token)) throw unauthenticated('This is not the admin token of this server.')
      const { isAdministrator, who } = await personBehind(entra, token)
      if (isAdministrator) return { isAdministrator, who }
      throw new AppError('forbidden', { public: 'Ask for the app role Admin of Cardwire in Entra.' })
    }),
  }

  /** A browser sends its cookie along whoever makes it ask: a change is taken from our own pages only. */
  function administratorInBrowser(request: FastifyRequest): Administrator {
    const session = adminSessionOf(request)
    if (session === undefined) throw unauthenticated(howToAdminister)
    if (!sessions.endOf(session)) throw unauthenticated(sessionOver)
    const isReading = request.method === 'GET' || request.method === 'HEAD'
    if (!isReading && !isSameOrigin(request, config.publicUrl)) throw fromElsewhere()
    return { isAdministrator: true, who: 'administrator:token' }
  }
}

/** Refuses what only a page of ours may ask for. */
export function fromElsewhere(): AppError {
  return new AppError('forbidden', {
    public: {
      en: 'Open the console at the address of this server, and do it there.',
      fr: 'Ouvrez la console à l’adresse de ce serveur et faites-le de là.',
      zh: '请通过此服务器的地址打开控制台，并在其中操作。',
    },
  })
}

function oncePerRequest<Known>(prove: (request: FastifyRequest) => Promise<Known>) {
  const proven = new WeakMap<FastifyRequest, Promise<Known>>()
  return (request: FastifyRequest): Promise<Known> => {
    const known = proven.get(request) ?? prove(request)
    proven.set(request, known)
    return known
  }
}

const noToken: Text = {
  en: 'Teams did not tell Cardwire who you are. Open Cardwire in Teams, and try again.',
  fr: 'Teams n’a pas indiqué à Cardwire qui vous êtes. Ouvrez Cardwire dans Teams et réessayez.',
  zh: 'Teams 未告知 Cardwire 您的身份。请在 Teams 中打开 Cardwire 后重试。',
}

const signInNotSetUp: Text = {
  en: 'Sign-in is not set up on this server. Its administrator sets ENTRA_TENANT_IDS and ENTRA_CLIENT_ID; to try it on one machine without sign-in, ALLOW_ANONYMOUS_SETUP=true with a PUBLIC_URL on localhost.',
  fr: 'La connexion n’est pas configurée sur ce serveur. Son administrateur définit ENTRA_TENANT_IDS et ENTRA_CLIENT_ID\u00A0; pour un essai sans connexion sur une seule machine, ALLOW_ANONYMOUS_SETUP=true avec un PUBLIC_URL sur localhost.',
  zh: '此服务器尚未设置登录。管理员需设置 ENTRA_TENANT_IDS 和 ENTRA_CLIENT_ID；如需在一台机器上免登录试用，请设置 ALLOW_ANONYMOUS_SETUP=true，并将 PUBLIC_URL 设为 localhost 地址。',
}

const notLocalhost: Text = {
  en: 'Without sign-in, open it as localhost.',
  fr: 'Sans connexion, ouvrez-le sous le nom localhost.',
  zh: '未设置登录时，请通过 localhost 打开。',
}

const sessionOver: Text = {
  en: 'Your session is over. Sign in again.',
  fr: 'Votre session a expiré. Reconnectez-vous.',
  zh: '会话已结束，请重新登录。',
}

const howToAdminister = 'Send the admin token of this server, or an Entra token with the app role Admin.'

async function personBehind(entra: Pick<EntraVerifier, 'verify'>, token: string): Promise<Person> {
  const { tid, oid, name, roles } = await entra.verify(token)
  return {
    tenantId: tid,
    oid,
    isAdministrator: roles.includes(ADMIN_ROLE),
    who: `person:${tid}/${oid}`,
    ...(name !== undefined && { name }),
  }
}

/**
 * Everyone on this machine is the same person where sign-in is switched off for a try. A web page elsewhere
 * whose name was made to point at this machine still calls us by that name, and is refused.
 */
function anonymous(request: FastifyRequest): Person {
  if (!isLoopback(request.hostname)) throw unauthenticated(notLocalhost)
  return { tenantId: 'anonymous', oid: 'anonymous', isAdministrator: false, who: 'anonymous' }
}

function looksLikeJwt(token: string): boolean {
  return token.split('.').length === 3
}

function unauthenticated(told: Text): AppError {
  return new AppError('unauthenticated', { public: told })
}
