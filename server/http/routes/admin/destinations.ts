import { Type } from 'typebox'
import { AppError } from '../../../errors.ts'
import { Health } from '../../../model/destination.ts'
import { Uuid } from '../../../model/ids.ts'
import { type ListedDestination as Listed, ListedDestination } from '../../../model/overview.ts'
import type { Storage } from '../../../storage/storage.ts'
import { askedLanguage, tellLanguage } from '../../asked-language.ts'
import type { HttpPlugin } from '../../build-http.ts'
import { PageQuery, pageOf } from '../../page.ts'
import { problems } from '../../plugins/problems.ts'
import { noteInLog } from '../../plugins/request-log.ts'
import type { Who } from '../../who.ts'
import { healthForAdministrator } from './for-administrator.ts'

/** Where cards go: every webhook URL in use, by its host. */
export const adminDestinationRoutes: HttpPlugin<{
  storage: Pick<Storage, 'overview' | 'destinationSwitch'>
  who: Who
  /** What was held is due again. */
  onCommit: () => void
}> = async (http, { storage, who, onCommit }) => {
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

  http.post(
    '/api/admin/destinations/:id/disable',
    {
      schema: {
        tags: ['administration'],
        summary: 'Switch a destination off, or on again',
        params: Type.Object({ id: Uuid }),
        body: Type.Object(
          {
            disabled: Type.Boolean({
              description: 'Off, it holds what every configuration on it is owed; nothing is cancelled.',
            }),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ health: Health }),
          ...problems('request-invalid', 'unauthenticated', 'forbidden', 'destination-unknown'),
        },
      },
    },
    async (request) => {
      const administrator = await who.requireAdministrator(request)
      const { disabled } = request.body
      const to = { disabled, who: administrator.who }
      const health = await storage.destinationSwitch.turn(request.params.id, to)
      if (!health) throw unknown()
      noteInLog(request, { destinationId: request.params.id })
      if (!disabled) onCommit()
      return { health }
    },
  )
}

function unknown(): AppError {
  return new AppError('destination-unknown', {
    public: {
      en: 'There is no such destination. GET /api/admin/destinations lists them.',
      fr: 'Cette destination n’existe pas. GET /api/admin/destinations en donne la liste.',
      zh: '没有此目标。GET /api/admin/destinations 列出所有目标。',
    },
  })
}
