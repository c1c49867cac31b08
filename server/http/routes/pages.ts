import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { Config } from '../../config.ts'
import type { HttpPlugin } from '../build-http.ts'
import { builtPage } from '../built-page.ts'
import { newNonce, sendAsPage } from '../plugins/security-headers.ts'

export interface PagesOptions {
  config: Pick<Config, 'teamsOrigins' | 'entra' | 'webhookHosts'>
  /** Where `npm run build` put the pages, such as `dist/web`. */
  webRoot: string
}

/** The pages that Vite builds, and whether Teams shows them in a frame. */
const pages = [
  { path: '/admin', file: 'admin.html', isFramed: false },
  { path: '/configure', file: 'configure.html', isFramed: true },
  { path: '/remove', file: 'remove.html', isFramed: true },
  { path: '/channel', file: 'channel.html', isFramed: true },
] as const

/**
 * Serves the built pages, each answer with a nonce of its own, and their assets, whose names change with their
 * content so that browsers may keep them for ever.
 */
export const pageRoutes: HttpPlugin<PagesOptions> = async (http, { config, webRoot }) => {
  const { teamsOrigins } = config
  const words = {
    TEAMS_ORIGINS: teamsOrigins.join(','),
    // Which webhook URLs may be pasted, beyond Microsoft's.
    WEBHOOK_HOSTS: config.webhookHosts.join(','),
    // Whether a person may sign in by themselves where Teams does not say who they are.
    SIGN_IN: config.entra ? 'pop-up' : 'none',
  }
  await http.register(fastifyStatic, {
    root: join(webRoot, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    preCompressed: true,
    immutable: true,
    maxAge: '1y',
    index: false,
  })

  for (const { path, file, isFramed } of pages) {
    http.get(path, { schema: { hide: true } }, async (_, reply) => {
      const nonce = newNonce()
      const html = await builtPage(join(webRoot, file), { ...words, CSP_NONCE: nonce })
      sendAsPage(reply, { nonce, ...(isFramed && { framedBy: { teamsOrigins } }) })
      return reply.type('text/html; charset=utf-8').send(html)
    })
  }
}
