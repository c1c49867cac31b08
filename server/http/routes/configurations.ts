import { Type } from 'typebox'
import { visibleTo } from '../../configurations/caller.ts'
import { removeConfiguration } from '../../configurations/remove.ts'
import { type SaveTools, saveConfiguration } from '../../configurations/save.ts'
import { sendTestCard } from '../../configurations/test-card.ts'
import { Configuration } from '../../model/configuration.ts'
import { GrowingNumber, Uuid } from '../../model/ids.ts'
import type { Storage } from '../../storage/storage.ts'
import type { HttpPlugin } from '../build-http.ts'
import { toETag, versionIn } from '../e-tag.ts'
import { problems } from '../plugins/problems.ts'
import { limitEach } from '../plugins/rate-limits.ts'
import { noteInLog } from '../plugins/request-log.ts'
import { saveProblems, saveRequest } from '../save-request.ts'
import { toConfiguration } from '../to-configuration.ts'
import type { Who } from '../who.ts'

export interface ConfigurationsOptions extends SaveTools {
  storage: Pick<Storage, 'configurations' | 'sources'>
  who: Who
}

const TESTS_PER_MINUTE = 5

const tags = ['configurations']
const params = Type.Object({ entityId: Uuid })

/** What a channel saved, for people in Teams. A handler reads: who, what, allowed, do, answer. */
export const configurationRoutes: HttpPlugin<ConfigurationsOptions> = async (http, options) => {
  const { storage, who } = options
  http.addHook('onRequest', async (request) => void (await who.requirePerson(request)))
  // Each takes a place in the channel's lane and in Teams' windows.
  const countTest = limitEach(http, {
    max: TESTS_PER_MINUTE,
    of: async (request) => (await who.requirePerson(request)).who,
  })

  http.get(
    '/api/configurations/:entityId',
    {
      schema: {
        tags,
        summary: 'Read a configuration',
        description: 'For prefilling the form: everything but the webhook URL. The ETag is for `If-Match`.',
        params,
        response: { 200: Configuration, ...problems('unauthenticated', 'configuration-unknown') },
      },
    },
    async (request, reply) => {
      const person = await who.requirePerson(request)
      const configuration = visibleTo(person, await storage.configurations.read(request.params.entityId))
      return reply.header('etag', toETag(configuration.version)).send(toConfiguration(configuration))
    },
  )

  http.put(
    '/api/configurations/:entityId',
    {
      schema: {
        tags,
        summary: 'Create or replace a configuration',
        ...saveRequest,
        response: {
          200: Configuration,
          201: Configuration,
          ...saveProblems,
        },
      },
    },
    async (request, reply) => {
      const person = await who.requirePerson(request)
      const { entityId } = request.params
      const ifVersion = versionIn(request.headers['if-match'])
      const saved = await saveConfiguration(
        { entityId, input: request.body, caller: person, ifVersion },
        options,
      )
      const { created, nextUrlDropped } = saved
      noteInLog(request, { entityId, sourceId: saved.configuration.sourceId, created, nextUrlDropped })
      return reply
        .code(saved.created ? 201 : 200)
        .header('etag', toETag(saved.configuration.version))
        .send(toConfiguration(saved.configuration))
    },
  )

  http.delete(
    '/api/configurations/:entityId',
    {
      schema: {
        tags,
        summary: 'Remove a configuration',
        description: 'The current webhook URL proves that someone who is not the maker may remove it too.',
        params,
        body: Type.Union([
          Type.Null(),
          Type.Object(
            { webhookUrl: Type.Optional(Type.String({ maxLength: 4096 })) },
            { additionalProperties: false },
          ),
        ]),
        response: {
          204: Type.Null(),
          ...problems('unauthenticated', 'forbidden', 'configuration-unknown', 'stale'),
        },
      },
    },
    async (request, reply) => {
      const person = await who.requirePerson(request)
      const { entityId } = request.params
      const ifVersion = versionIn(request.headers['if-match'])
      const { webhookUrl } = request.body ?? {}
      await removeConfiguration({ entityId, caller: person, webhookUrl, ifVersion }, options)
      noteInLog(request, { entityId })
      return reply.code(204).send(null)
    },
  )

  http.post(
    '/api/configurations/:entityId/test',
    {
      schema: {
        tags,
        summary: 'Send a test card',
        params,
        response: {
          202: Type.Object({ deliveryId: GrowingNumber }),
          ...problems('unauthenticated', 'configuration-unknown', 'too-many-requests'),
        },
      },
    },
    async (request, reply) => {
      const person = await who.requirePerson(request)
      await countTest(request, reply)
      const deliveryId = await sendTestCard({ entityId: request.params.entityId, caller: person }, options)
      return reply.code(202).send({ deliveryId })
    },
  )
}
