import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { Config } from '../../config.ts'
import { AppError } from '../../errors.ts'
import type { HttpPlugin } from '../build-http.ts'
import { newNonce, sendAsPage } from '../plugins/security-headers.ts'

export interface PagesOptions {
  config: Pick<Config, 'teamsOrigins'>
  /** Where `npm run build` put the pages, such as `dist/web`. */
  webRoot: string
}

/** The pages that Vite builds, and whether Teams shows them in a frame. */
const pages = [
  { path: '/configure', file: 'configure.html', isFramed: true },
  { path: '/remove', file: 'remove.html', isFramed: true },
] as const

/**
 * Serves the built pages, each answer with a nonce of its own, and their assets, whose names change with their
 * content so that browsers may keep them for ever.
 */
export const pageRoutes: HttpPlugin<PagesOptions> = async (http, { config, webRoot }) => {
  const { teamsOrigins } = config
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
      const html = await readPage(join(webRoot, file))
      const nonce = newNonce()
      sendAsPage(reply, { nonce, ...(isFramed && { framedBy: { teamsOrigins } }) })
      return reply.type('text/html; charset=utf-8').send(filled(html, { nonce, teamsOrigins }))
    })
  }
}

async function readPage(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const told = {
      en: 'The pages have not been built on this server: run `npm run build` there.',
      fr: 'Les pages de ce serveur n’ont pas été construites\u00A0: lancez-y `npm run build`.',
      zh: '此服务器尚未构建页面：请在服务器上运行 `npm run build`。',
    }
    throw new AppError('not-ready', { public: told, message: 'page missing', cause })
  }
}

/** The two things a page must know before any script runs; Vite leaves these words in their places. */
function filled(
  html: string,
  { nonce, teamsOrigins }: { nonce: string; teamsOrigins: readonly string[] },
): string {
  return html.replaceAll('__CSP_NONCE__', nonce).replaceAll('__TEAMS_ORIGINS__', teamsOrigins.join(','))
}
