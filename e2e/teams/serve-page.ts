import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** Where `vite build --config e2e/teams/page/vite.config.ts` puts the host page. */
export const PAGE_FOLDER = fileURLToPath(new URL('../../dist/teams/', import.meta.url))

const NOT_BUILT = `The page of the simulated Teams is not built: there is no ${PAGE_FOLDER}index.html.
Build it with: npx vite build --config e2e/teams/page/vite.config.ts
`

/** Serves the built host page at `/`; until it is built, the answer there says how. */
export async function servePage(app: FastifyInstance): Promise<void> {
  if (!existsSync(`${PAGE_FOLDER}index.html`)) {
    app.get('/', async (_request, reply) => reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT))
    return
  }
  await app.register(fastifyStatic, { root: PAGE_FOLDER, cacheControl: false })
}
