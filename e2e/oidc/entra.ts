import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { JWK } from 'jose'
import type { Person } from '../teams/model.ts'
import { CLIENT_ID, OTHER_TENANT_ID, TENANT_ID } from '../teams/people.ts'
import { createMemory } from './memory.ts'
import { createTenant, makeKey, type Tenant, type TenantState } from './tenant.ts'

/**
 * Entra, played by a certified OpenID provider: two tenants under one authority, with Entra's addresses, issuers
 * and claims, and its rule that a single-page application's code is redeemed with an `Origin`. A person sees
 * a page that asks whether to go on, as Entra's does, and may cancel there.
 */
export interface OidcEntra {
  /** Such as `https://localhost:PORT`. */
  authority: string
  tenantId: string
  clientId: string
  /** Who is at the keyboard, and what is wrong with their tokens; change it at any time. */
  state: TenantState
  /** Signs with a new key from now on, and publishes no other. */
  rollKeys(): Promise<void>
  close(): Promise<void>
}

export async function startOidcEntra(options: {
  redirectUri: string
  person: Person
  /** Without it, http. */
  tls?: { key: string; cert: string }
}): Promise<OidcEntra> {
  const state: TenantState = { person: options.person, changeClaims: (claims) => claims, isDown: false }
  const listener = (request: IncomingMessage, response: ServerResponse) => void route(request, response)
  const server = options.tls ? createHttpsServer(options.tls, listener) : createHttpServer(listener)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const authority = `${options.tls ? 'https' : 'http'}://localhost:${port}`
  const memory = createMemory()
  const tenantsWith = (key: JWK) =>
    new Map(
      [TENANT_ID, OTHER_TENANT_ID].map((tenantId): [string, Tenant] => {
        const own = { authority, tenantId, clientId: CLIENT_ID, key, memory, state }
        return [tenantId, createTenant({ ...own, redirectUri: options.redirectUri })]
      }),
    )
  firstKey ??= makeKey()
  let tenants = tenantsWith(await firstKey)

  /** `organizations` is whichever tenant the person belongs to. */
  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, first = '', ...rest] = (request.url ?? '').split('/')
    const tenantId = first === 'organizations' ? state.person.tenantId : first
    const tenant = tenants.get(tenantId)
    if (!tenant) return void response.writeHead(404).end('No such tenant.')
    if (state.isDown && rest.join('/').startsWith('oauth2/v2.0/token')) {
      return void response.writeHead(503).end('Come back later.')
    }
    request.url = `/${tenantId}/${rest.join('/')}`
    await tenant.answer(request, response)
  }

  return {
    authority,
    tenantId: TENANT_ID,
    clientId: CLIENT_ID,
    state,
    async rollKeys() {
      tenants = tenantsWith(await makeKey())
    },
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections()
        server.close(() => closed())
      }),
  }
}

/** One for all that start in this process. */
let firstKey: Promise<JWK> | undefined
