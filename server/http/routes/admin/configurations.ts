import { Type } from 'typebox'
import { approveConfiguration } from '../../../configurations/approve.ts'
import { visibleTo } from '../../../configurations/caller.ts'
import { pauseConfiguration } from '../../../configurations/pause.ts'
import { removeConfiguration } from '../../../configurations/remove.ts'
import { type SaveTools, saveConfiguration } from '../../../configurations/save.ts'
import { sendTestCard } from '../../../configurations/test-card.ts'
import { Configuration } from '../../../model/configuration.ts'
import { Health } from '../../../model/destination.ts'
import { GrowingNumber, Uuid } from '../../../model/ids.ts'
import { ListedConfiguration } from '../../../model/overview.ts'
import type { Storage, StoredConfiguration } from '../../../storage/storage.ts'
import { askedLanguage, tellLanguage } from '../../asked-language.ts'
import type { HttpPlugin } from '../../build-http.ts'
import { IfMatch, toETag, versionIn } from '../../e-tag.ts'
import { PageQuery, pageOf } from '../../page.ts'
import { problems } from '../../plugins/problems.ts'
import { noteInLog } from '../../plugins/request-log.ts'
import { saveProblems, saveRequest } from '../../save-request.ts'
import { toConfiguration } from '../../to-configuration.ts'
import type { Who } from '../../who.ts'
import { healthForAdministrator } from './for-administrator.ts'

export interface AdminConfigurationsOptions extends SaveTools {
  storage: SaveTools['storage'] & Pick<Storage, 'overview'>
  who: Who
}

const tags = ['administration']
const params = Type.Object({ entityId: Uuid })
const ListQuery = Type.Object({
  ...PageQuery.properties,
  cursor: Type.Optional(
    Type.String({ pattern: '^[0-9][0-9a-f]{32}$', description: 'From the page before.' }),
  ),
  q: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'In its name, team, channel or webhook host.' }),
  ),
  health: Type.Optional(Health),
  sourceId: Type.Optional(Uuid),
  state: Type.Optional(Configuration.properties.state),
  unopened: Type.Optional(Type.Boolean({ description: 'Only tabs whose page was never opened.' })),
})

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
        description:
          'Those on destinations that are gone or failing come first, then those on classic connectors, which Microsoft switches off.',
        querystring: ListQuery,
        response: {
          200: pageOf(ListedConfiguration),
          ...problems('request-invalid', 'unauthenticated', 'forbidden'),
        },
      },
    },
    async (request, reply) => {
      await who.requireAdministrator(request)
      const language = askedLanguage(request)
      tellLanguage(reply, language)
      const { items, next } = await options.storage.overview.configurations(request.query)
      const stored = await configurations.readAll(items.map(({ entityId }) => entityId))
      const listed = items.flatMap(({ lastAttempt, ...more }) => {
        const configuration = stored.get(more.entityId)
        if (!configuration) return []
        const { health, transport, version } = configuration
        const destination = { health, transport, lastAttempt, healthReason: more.healthReason }
        const healthReason = healthForAdministrator(destination, language)
        return [{ ...toAdminConfiguration(configuration), ...more, healthReason, etag: toETag(version) }]
      })
      return { items: listed, ...(next !== undefined && { cursor: next }) }
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
          'As a person in Teams would; `tenantId` says whose a new one is, which waits for nobody. Saving one that waits does not approve it.',
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

  http.post(
    '/api/admin/configurations/:entityId/test',
    {
      schema: {
        tags,
        summary: 'Send a test card to its channel',
        params,
        response: {
          202: Type.Object({ deliveryId: GrowingNumber }),
          ...problems('unauthenticated', 'forbidden', 'configuration-unknown'),
        },
      },
    },
    async (request, reply) => {
      const administrator = await who.requireAdministrator(request)
      const { entityId } = request.params
      const deliveryId = await sendTestCard({ entityId, caller: administrator }, options)
      noteInLog(request, { entityId, deliveryId })
      return reply.code(202).send({ deliveryId })
    },
  )

  http.post(
    '/api/admin/configurations/:entityId/pause',
    {
      schema: {
        tags,
        summary: 'Pause a configuration, or let it go on',
        params,
        headers: IfMatch,
        body: Type.Object(
          { paused: Type.Boolean({ description: 'Paused, it holds its deliveries.' }) },
          { additionalProperties: false },
        ),
        response: {
          200: AdminConfiguration,
          ...problems('request-invalid', 'unauthenticated', 'forbidden', 'configuration-unknown', 'stale'),
        },
      },
    },
    async (request, reply) => {
      const administrator = await who.requireAdministrator(request)
      const { entityId } = request.params
      const { paused } = request.body
      const ifVersion = versionIn(request.headers['if-match'])
      const configuration = await pauseConfiguration(
        { entityId, paused, caller: administrator, ifVersion },
        options,
      )
      noteInLog(request, { entityId, paused })
      return reply.header('etag', toETag(configuration.version)).send(toAdminConfiguration(configuration))
    },
  )

  http.post(
    '/api/admin/configurations/:entityId/approve',
    {
      schema: {
        tags,
        summary: 'Approve a configuration that waits for it',
        description:
          '`If-Match` is the `etag` of what was looked at: what its owner changed since is not approved unseen.',
        params,
        headers: Type.Required(IfMatch),
        response: {
          200: AdminConfiguration,
          ...problems(
            'request-invalid',
            'unauthenticated',
            'forbidden',
            'configuration-unknown',
            'source-not-available',
            'stale',
          ),
        },
      },
    },
    async (request, reply) => {
      const administrator = await who.requireAdministrator(request)
      const { entityId } = request.params
      const ifVersion = versionIn(request.headers['if-match'])
      const configuration = await approveConfiguration(
        { entityId, caller: administrator, ifVersion },
        options,
      )
      noteInLog(request, { entityId })
      return reply.header('etag', toETag(configuration.version)).send(toAdminConfiguration(configuration))
    },
  )

  http.delete(
    '/api/admin/configurations/:entityId',
    {
      schema: {
        tags,
        summary: 'Remove a configuration',
        params,
        headers: IfMatch,
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
