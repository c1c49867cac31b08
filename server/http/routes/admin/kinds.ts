import { Type } from 'typebox'
import { Text } from '../../../model/text.ts'
import type { Kind } from '../../../sources/source.ts'
import { askedLanguage, tellLanguage } from '../../asked-language.ts'
import type { HttpPlugin } from '../../build-http.ts'
import { problems } from '../../plugins/problems.ts'
import { schemaIn } from '../../schema-in.ts'
import type { Who } from '../../who.ts'

const ListedKind = Type.Object({
  id: Type.String({ description: 'What a new source names as its `kind`.' }),
  title: Text,
  settings: Type.Record(Type.String(), Type.Unknown(), {
    description:
      'The JSON Schema of the settings, from which a form can be drawn, with titles and descriptions in the language of `Accept-Language`.',
  }),
  presets: Type.Array(Type.Object({ title: Text, settings: Type.Record(Type.String(), Type.Unknown()) }), {
    description: 'Settings to begin with.',
  }),
})

/** What a source can be. */
export const adminKindRoutes: HttpPlugin<{ kinds: readonly Kind[]; who: Who }> = async (
  http,
  { kinds, who },
) => {
  http.addHook('onRequest', async (request) => void (await who.requireAdministrator(request)))
  http.get(
    '/api/admin/kinds',
    {
      schema: {
        tags: ['administration'],
        summary: 'List the kinds of sources',
        response: {
          200: Type.Object({ items: Type.Array(ListedKind) }),
          ...problems('unauthenticated', 'forbidden'),
        },
      },
    },
    async (request, reply) => {
      await who.requireAdministrator(request)
      const language = askedLanguage(request)
      tellLanguage(reply, language)
      const items = kinds.map(({ id, title, settings, words, presets = [] }) => ({
        id,
        title,
        settings: schemaIn(settings, words, language),
        presets: [...presets],
      }))
      return { items }
    },
  )
}
