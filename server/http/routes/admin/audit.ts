import { Type } from 'typebox'
import { GrowingNumber, Timestamp } from '../../../model/ids.ts'
import type { Storage } from '../../../storage/storage.ts'
import type { HttpPlugin } from '../../build-http.ts'
import { pageOf } from '../../page.ts'
import { problems } from '../../plugins/problems.ts'
import type { Who } from '../../who.ts'
import { LogPageQuery } from '../log-page.ts'

const AuditEntry = Type.Object({
  id: GrowingNumber,
  at: Timestamp,
  who: Type.String(),
  action: Type.String({ description: 'In the past tense: `configuration.created`.' }),
  subject: Type.String({ description: 'The id of what was changed.' }),
  detail: Type.Unknown(),
})

/** Who changed what and when, newest first. */
export const auditRoutes: HttpPlugin<{ storage: Pick<Storage, 'audit'>; who: Who }> = async (
  http,
  { storage, who },
) => {
  http.addHook('onRequest', async (request) => void (await who.requireAdministrator(request)))
  http.get(
    '/api/admin/audit',
    {
      schema: {
        tags: ['administration'],
        summary: 'Read the audit log',
        querystring: LogPageQuery,
        response: { 200: pageOf(AuditEntry), ...problems('unauthenticated', 'forbidden') },
      },
    },
    async (request) => {
      await who.requireAdministrator(request)
      const { items, next } = await storage.audit.list(request.query)
      return { items, ...(next !== undefined && { cursor: next }) }
    },
  )
}
