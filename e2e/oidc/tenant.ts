import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { Provider } from 'oidc-provider'
import type { Person } from '../teams/model.ts'
import type { Memory } from './memory.ts'

export interface TenantState {
  person: Person
  /** What the next access tokens say otherwise. */
  changeClaims(claims: Record<string, unknown>): Record<string, unknown>
  /** Whether codes cannot be redeemed at the moment. */
  isDown: boolean
}

export interface Tenant {
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>
}

interface Own {
  authority: string
  tenantId: string
  clientId: string
  redirectUri: string
  key: JWK
  memory: Memory
  state: TenantState
}

/** One tenant of Entra: its issuer, its keys, its page that asks the person. */
export function createTenant(own: Own): Tenant {
  const { authority, tenantId, state } = own
  const provider = new Provider(`${authority}/${tenantId}/v2.0`, configuration(own))
  const serve = provider.callback()

  async function ask(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { params } = await provider.interactionDetails(request, response)
    if (request.method !== 'POST') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pageFor(state.person))
      return
    }
    const answer = new URLSearchParams(await text(request)).get('answer')
    if (answer !== 'continue') {
      const error_description = 'AADSTS65004: User declined to consent to access the app.'
      return provider.interactionFinished(request, response, { error: 'access_denied', error_description })
    }
    const accountId = state.person.id
    const grant = new provider.Grant({ accountId, clientId: String(params.client_id) })
    grant.addOIDCScope('openid profile')
    grant.addResourceScope(resourceOf(own), scopeOf(own))
    const consent = { grantId: await grant.save() }
    return provider.interactionFinished(request, response, { login: { accountId }, consent })
  }

  return {
    async answer(request, response) {
      const path = (request.url ?? '').slice(`/${tenantId}`.length)
      if (path.startsWith('/interaction/')) return ask(request, response)
      if (path.startsWith('/oauth2/v2.0/token') && request.headers.origin === undefined) {
        return refuseWithoutOrigin(response)
      }
      // The provider finds out where it is mounted from the difference of the two.
      Object.assign(request, { originalUrl: request.url, url: path })
      await serve(request, response)
    },
  }
}

const scopeOf = ({ clientId }: Own) => `${clientId}/access_as_user`
const resourceOf = ({ clientId }: Own) => `api://${clientId}`

function configuration(own: Own): Record<string, unknown> {
  const { tenantId, clientId, redirectUri, state } = own
  const now = () => Math.floor(Date.now() / 1000)
  const about = () => ({ tid: tenantId, oid: state.person.id, name: state.person.name, nbf: now() })
  return {
    adapter: own.memory,
    clients: [{ client_id: clientId, redirect_uris: [redirectUri], token_endpoint_auth_method: 'none' }],
    jwks: { keys: [own.key] },
    routes: {
      authorization: '/oauth2/v2.0/authorize',
      token: '/oauth2/v2.0/token',
      jwks: '/discovery/v2.0/keys',
    },
    scopes: ['openid', 'profile'],
    claims: { openid: ['sub', 'tid', 'oid', 'nbf'], profile: ['name'] },
    conformIdTokenClaims: false,
    clientBasedCORS: (_: unknown, origin: string) => origin === new URL(redirectUri).origin,
    pkce: { methods: ['S256'], required: () => true },
    cookies: { keys: ['only the browser of a test keeps these'] },
    ttl: {
      AccessToken: 3600,
      IdToken: 3600,
      AuthorizationCode: 60,
      Interaction: 600,
      Grant: 3600,
      Session: 3600,
    },
    findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, ...about() }) }),
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/${tenantId}/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resourceOf(own),
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: scopeOf(own),
          audience: clientId,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    formats: {
      customizers: {
        jwt(_: unknown, __: unknown, token: { payload: Record<string, unknown> }) {
          const { roles } = state.person
          const entras = { ...about(), ver: '2.0', scp: 'access_as_user', ...(roles.length > 0 && { roles }) }
          token.payload = state.changeClaims({ ...token.payload, ...entras })
        },
      },
    },
  }
}

/** Making a key takes a fifth of a second. */
export async function makeKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { ...(await exportJWK(privateKey)), kid: crypto.randomUUID(), alg: 'RS256', use: 'sig' }
}

function refuseWithoutOrigin(response: ServerResponse): void {
  const error_description =
    "AADSTS9002327: Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests."
  response
    .writeHead(400, { 'content-type': 'application/json' })
    .end(JSON.stringify({ error: 'invalid_request', error_description, error_codes: [9002327] }))
}

const pageFor = ({ name, userPrincipalName }: Person) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Sign in to your account</title>
    <style>
      body { display: grid; place-items: center; min-height: 100vh; margin: 0; background: #f2f2f2;
        font: 15px/1.5 'Segoe UI', system-ui, sans-serif; color: #1b1b1b }
      main { width: 22rem; padding: 2.5rem; background: #fff; box-shadow: 0 2px 6px #0003 }
      h1 { margin: 0 0 .5rem; font-size: 1.5rem; font-weight: 600 }
      form { display: flex; gap: .5rem; justify-content: end; margin-top: 1.5rem }
      button { min-width: 6.5rem; padding: .375rem .75rem; border: 0; background: #0067b8; color: #fff; font: inherit }
      button[value=cancel] { background: #ccc; color: #000 }
    </style>
  </head>
  <body>
    <main>
      <h1>Permissions requested</h1>
      <p>${userPrincipalName}</p>
      <p>Cardwire would like to know that you are ${name}.</p>
      <form method="post">
        <button name="answer" value="cancel">Cancel</button>
        <button name="answer" value="continue">Accept</button>
      </form>
    </main>
  </body>
</html>
`
