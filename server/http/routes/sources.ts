import { Type } from 'typebox'
import type { Language } from '../../model/language.ts'
import { SourceChoice } from '../../model/source.ts'
import type { Kind } from '../../sources/source.ts'
import type { Storage, StoredSource } from '../../storage/storage.ts'
import { askedLanguage, tellLanguage } from '../asked-language.ts'
import type { HttpPlugin } from '../build-http.ts'
import { problems } from '../plugins/problems.ts'
import { titlesOf } from '../titles-of.ts'
import type { Who } from '../who.ts'

export interface SourcesOptions {
  storage: Pick<Storage, 'sources'>
  kindOf: (id: string) => Kind | undefined
  who: Who
}

/** What a person in Teams can choose from. */
export const sourceRoutes: HttpPlugin<SourcesOptions> = async (http, { storage, kindOf, who }) => {
  http.addHook('onRequest', async (request) => void (await who.requirePerson(request)))
  http.get(
    '/api/sources',
    {
      schema: {
        tags: ['configurations'],
        summary: 'List the sources a channel can choose',
        description: 'In the language of `Accept-Language`: English, French or Simplified Chinese.',
        response: { 200: Type.Object({ items: Type.Array(SourceChoice) }), ...problems('unauthenticated') },
      },
    },
    async (request, reply) => {
      await who.requirePerson(request)
      const sources = await storage.sources.list()
      const language = askedLanguage(request)
      tellLanguage(reply, language)
      return { items: sources.flatMap((source) => toChoice(source, kindOf(source.kind), language)) }
    },
  )
}

function toChoice(source: StoredSource, kind: Kind | undefined, language: Language): SourceChoice[] {
  if (!kind) return []
  return [
    {
      id: source.id,
      kind: kind.id,
      title: source.name,
      access: source.access,
      ...titlesOf(source, kind, language),
      choices: { ...kind.choices },
    },
  ]
}
