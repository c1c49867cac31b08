import { Type } from 'typebox'
import type { Config } from '../../config.ts'
import { spokenLanguage } from '../../model/language.ts'
import { askedLanguage, tellLanguage } from '../asked-language.ts'
import type { HttpPlugin } from '../build-http.ts'
import { legalPage } from '../pages/legal-page.ts'
import { legalTexts } from '../pages/legal-texts.ts'
import { newNonce, sendAsPage } from '../plugins/security-headers.ts'

const Query = Type.Object({ lang: Type.Optional(Type.String({ maxLength: 35 })) })

const paths = { about: '/', privacy: '/privacy', terms: '/terms' } as const

/** The pages that Teams' app package must link to (its website, privacy, terms), in the reader's language. */
export const legalRoutes: HttpPlugin<{ config: Pick<Config, 'publicUrl' | 'retentionDays'> }> = async (
  http,
  { config },
) => {
  const { host } = new URL(config.publicUrl)
  const { retentionDays } = config
  for (const page of ['about', 'privacy', 'terms'] as const) {
    http.get(paths[page], { schema: { hide: true, querystring: Query } }, async (request, reply) => {
      const language = spokenLanguage(request.query.lang ?? '') ?? askedLanguage(request)
      const nonce = newNonce()
      sendAsPage(reply, { nonce })
      tellLanguage(reply, language)
      return reply
        .type('text/html; charset=utf-8')
        .send(legalPage(legalTexts[page][language], { language, nonce, host, retentionDays }))
    })
  }
}
