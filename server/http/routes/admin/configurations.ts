import { Type } from 'typebox'
import { visibleTo } from '../../../configurations/caller.ts'
import { removeConfiguration } from '../../../configurations/remove.ts'
import { type SaveTools, saveConfiguration } from '../../../configurations/save.ts'
import { Configuration } from '../../../model/configuration.ts'
import { Uuid } from '../../../model/ids.ts'
import type { StoredConfiguration } from '../../../storage/storage.ts'
import type { HttpPlugin } from '../../build-http.ts'
import { toETag, versionIn } from '../../e-tag.ts'
import { PageQuery, pageOf } from '../../page.ts'
import { problems } from '../../plugins/problems.ts'
import { noteInLog } from '../../plugins/request-log.ts'
import { saveProblems, saveRequest } from '../../save-request.ts'
import { toConfiguration } from '../../to-configuration.ts'
import type { Who } from '../../who.ts'

export interface AdminConfigurationsOptions extends SaveTools {
  who: Who
}

const tags = ['administration']
const params = Type.Object({ entityId: Uuid })

/** A configuration as an administrator sees it: whose it is, and where it sends. */
const AdminConfiguration = Type.Object({
  ...Configuration.properties,
  tenantId: Type.String(),
  destinationId: Uuid,
})

/** Every channel's configuration, of every tenant, for administrators. */
export const adminConfigurationRoutes: HttpPlugin<AdminConfigurationsOptions> = async (http, options) => {
  const { who } = options
  const { configurations } = options.storage
  http.addHook('onRequest', async (request) => void (await who.requireAdministrator(request)))

  http.get(
    '/api/admin/configurations',
    {
      schema: {
        tags,
        summary: 'List all configurations',
        querystring: PageQuery,
        response: { 200: pageOf(AdminConfiguration), ...problems('unauthenticated', 'forbidden') },
      },
    },
    async (request) => {
      await who.requireAdministrator(request)
      const { items, next } = await configurations.list(request.query)
      return { items: items.map(toAdminConfiguration), ...(next !== undefined && { cursor: next }) }
    },
  )

  http.get(
    '/api/admin/configurations/:entityId',
    {
      schema: {
        tags,
        summary: 'Read a configuration',
        params,
        response: {
          200: AdminConfiguration,
          ...problems('unauthenticated', 'forbidden', 'configuration-unknown'),
        },
      },
    },
    async (request, reply) => {
      const administrator = await who.requireAdministrator(request)
      const configuration = visibleTo(administrator, await configurations.read(request.params.entityId))
      return reply.header('etag', toETag(configuration.version)).send(toAdminConfiguration(configuration))
    },
  )

  http.put(
    '/api/admin/configurations/:entityId',
    {
      schema: {
        tags,
        summary: 'Create or replace a configuration',
        description:
          'As a person in Teams would; `tenantId` says whose a new one is. Saving one that waits for an administrator approves it.',
        ...saveRequest,
        response: {
          200: AdminConfiguration,
          201: AdminConfiguration,
          ...saveProblems,
        },
      },
    },
    async (request, reply) => {
      const administrator = await who.requireAdministrator(request)
      const { entityId } = request.params
      const ifVersion = versionIn(request.headers['if-match'])
      const saved = await saveConfiguration(
        { entityId, input: request.body, caller: administrator, ifVersion },
        options,
      )
      noteInLog(request, { entityId, created: saved.created, nextUrlDropped: saved.nextUrlDropped })
      return reply
        .code(saved.created ? 201 : 200)
        .header('etag', toETag(saved.configuration.version))
        .send(toAdminConfiguration(saved.configuration))
    },
  )

  http.delete(
    '/api/admin/configurations/:entityId',
    {
      schema: {
        tags,
        summary: 'Remove a configuration',
        params,
        response: {
          204: Type.Null(),
          ...problems('unauthenticated', 'forbidden', 'configuration-unknown', 'stale'),
        },
      },
    },
    async (request, reply) => {
      const administrator = await who.requireAdministrator(request)
      const { entityId } = request.params
      const ifVersion = versionIn(request.headers['if-match'])
      await removeConfiguration({ entityId, caller: administrator, ifVersion }, options)
      noteInLog(request, { entityId })
      return reply.code(204).send(null)
    },
  )
}

function toAdminConfiguration(stored: StoredConfiguration) {
  const { tenantId, destinationId } = stored
  return { ...toConfiguration(stored), tenantId, destinationId }
}
