import { type ListedDestination as Listed, ListedDestination } from '../../../model/overview.ts'
import type { Storage } from '../../../storage/storage.ts'
import { askedLanguage, tellLanguage } from '../../asked-language.ts'
import type { HttpPlugin } from '../../build-http.ts'
import { PageQuery, pageOf } from '../../page.ts'
import { problems } from '../../plugins/problems.ts'
import type { Who } from '../../who.ts'
import { healthForAdministrator } from './for-administrator.ts'

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
    async (request, reply): Promise<{ items: Listed[]; cursor?: string }> => {
      await who.requireAdministrator(request)
      const { items, next } = await storage.overview.destinations(request.query)
      const language = askedLanguage(request)
      tellLanguage(reply, language)
      const told = items.map(({ lastAttempt, ...one }) => ({
        ...one,
        healthReason: healthForAdministrator({ ...one, lastAttempt }, language),
      }))
      return { items: told, ...(next !== undefined && { cursor: next }) }
    },
  )
}
