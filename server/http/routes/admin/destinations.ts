import { Type } from 'typebox'
import { type ListedDestination as Listed, ListedDestination } from '../../../model/overview.ts'
import type { Kind } from '../../../sources/source.ts'
import type { Storage } from '../../../storage/storage.ts'
import type { HttpPlugin } from '../../build-http.ts'
import { PageQuery, pageOf } from '../../page.ts'
import { problems } from '../../plugins/problems.ts'
import type { Who } from '../../who.ts'

/** Where cards go: every webhook URL in use, by its host. */
export const adminDestinationRoutes: HttpPlugin<{ storage: Pick<Storage, 'overview'>; who: Who }> = async (
  http,
  { storage, who },
) => {
  http.addHook('onRequest', async (request) => void (await who.requireAdministrator(request)))
  http.get(
    '/api/admin/destinations',
    {
      schema: {
        tags: ['administration'],
        summary: 'List all destinations',
        querystring: PageQuery,
        response: { 200: pageOf(ListedDestination), ...problems('unauthenticated', 'forbidden') },
      },
    },
    async (request): Promise<{ items: Listed[]; cursor?: string }> => {
      await who.requireAdministrator(request)
      const { items, next } = await storage.overview.destinations(request.query)
      return { items, ...(next !== undefined && { cursor: next }) }
    },
  )
}

/** What a source can be, with the schema that its form is drawn from. */
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
          200: Type.Object({
            items: Type.Array(
              Type.Object({
                id: Type.String(),
                title: Type.Unknown(),
                settings: Type.Record(Type.String(), Type.Unknown(), { description: 'JSON Schema.' }),
              }),
            ),
          }),
          ...problems('unauthenticated', 'forbidden'),
        },
      },
    },
    async (request) => {
      await who.requireAdministrator(request)
      return {
        items: kinds.map(({ id, title, settings }) => ({ id, title, settings: { ...settings } })),
      }
    },
  )
}
