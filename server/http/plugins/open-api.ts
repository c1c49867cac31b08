import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { Http } from '../build-http.ts'

/**
 * Describes the API from the schemas of its routes: `/openapi.json` for machines, `/docs` for people. Must be
 * registered before the routes it is to see; those with `hide: true` in their schema are left out.
 */
export async function describeApi(http: Http, about: { version: string; publicUrl: string }): Promise<void> {
  await http.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Cardwire', version: about.version, description },
      servers: [{ url: about.publicUrl }],
      tags,
      components: { securitySchemes },
    },
    transform: ({ schema, url }) => ({ schema: { security: provenBy(url), ...schema }, url }),
  })
  http.get('/openapi.json', { schema: { hide: true } }, () => http.swagger())
  await http.register(swaggerUi, {
    routePrefix: '/docs',
    // Without the bar on top, which only asks for the address of another API.
    uiConfig: { layout: 'BaseLayout', deepLinking: true, displayRequestDuration: true },
    theme: { title: 'Cardwire API' },
    staticCSP: docsPolicy,
  })
}

const description = [
  'The self-hosted Microsoft Teams connector: events in, cards in the channels that want them.',
  'Errors are `application/problem+json` with a stable `code`; their `detail` speaks English, French or Simplified',
  'Chinese, as `Accept-Language` asks. Times are RFC 3339 in UTC. Lists are paged by',
  '`cursor` and `limit`. What two people can edit carries an `ETag`; a stale `If-Match` gets 412.',
].join(' ')

/** Groups of the documentation, in the order in which someone meets them. */
const tags = [
  {
    name: 'configurations',
    description: 'What channels can choose from, and what they want. For people in Teams.',
  },
  { name: 'channel', description: 'What became of a channel’s cards. For people in Teams.' },
  { name: 'tracked systems', description: 'Where they send their events.' },
  { name: 'administration', description: 'Everything. For administrators.' },
  { name: 'server', description: 'How the server is.' },
]

/** Who may call; `provenBy` says which path asks for whom. */
const securitySchemes = {
  person: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'An Entra token of a person in Teams (single sign-on).',
  },
  administrator: {
    type: 'http',
    scheme: 'bearer',
    description: 'The `ADMIN_TOKEN`, or an Entra token with the app role `Admin`.',
  },
} as const

function provenBy(url: string): Record<string, string[]>[] {
  if (/^\/(api\/admin\/|app-package)/.test(url)) return [{ administrator: [] }]
  return url.startsWith('/api/') ? [{ person: [] }] : []
}

/**
 * The documentation's own policy. Its styles are inline and its pictures data: addresses; its scripts are files
 * of ours, so that nothing inline runs.
 */
const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
