import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../../lib/project-root.ts'
import type { HttpPlugin } from '../build-http.ts'

/** The product's icon for browsers' tabs, also where they look for it unasked. */
export const faviconRoutes: HttpPlugin<object> = async (http) => {
  const svg = await readFile(join(projectRoot, 'icons', 'favicon.svg'), 'utf8')
  for (const path of ['/favicon.svg', '/favicon.ico']) {
    http.get(path, { schema: { hide: true } }, (_, reply) =>
      reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(svg),
    )
  }
}
