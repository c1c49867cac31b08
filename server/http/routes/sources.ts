import { Type } from 'typebox'
import { SourceChoice } from '../../model/source.ts'
import type { Kind } from '../../sources/source.ts'
import type { Storage, StoredSource } from '../../storage/storage.ts'
import type { HttpPlugin } from '../build-http.ts'
import { problems } from '../plugins/problems.ts'
import type { Who } from '../who.ts'

export interface SourcesOptions {
  storage: Pick<Storage, 'sources'>
  kindOf: (id: string) => Kind | undefined
  who: Who
}

/** What a person in Teams can choose from. */
export const sourceRoutes: HttpPlugin<SourcesOptions> = async (http, { storage, kindOf, who }) => {
  http.get(
    '/api/sources',
    {
      schema: {
        tags: ['configurations'],
        summary: 'List the sources a channel can choose',
        response: { 200: Type.Object({ items: Type.Array(SourceChoice) }), ...problems('unauthenticated') },
      },
    },
    async (request) => {
      await who.requirePerson(request)
      const sources = await storage.sources.list()
      return { items: sources.flatMap((source) => toChoice(source, kindOf(source.kind))) }
    },
  )
}

function toChoice(source: StoredSource, kind: Kind | undefined): SourceChoice[] {
  if (!kind) return []
  return [
    {
      id: source.id,
      kind: kind.id,
      kindTitle: kind.title,
      title: source.name,
      access: source.access,
      eventTypes: kind.eventTypes(source.settings),
      fields: kind.fields(source.settings),
      choices: { ...kind.choices },
    },
  ]
}
