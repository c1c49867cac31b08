import { Type } from 'typebox'
import { unknownConfiguration, visibleTo } from '../../configurations/caller.ts'
import { pauseConfiguration } from '../../configurations/pause.ts'
import { sendAgain, unknownDelivery, waitOf } from '../../configurations/send-again.ts'
import { ChannelAttempt, ChannelDelivery, ChannelDestination, MutedEvent } from '../../model/channel.ts'
import { Configuration } from '../../model/configuration.ts'
import { GrowingNumber, Uuid } from '../../model/ids.ts'
import { inLanguage } from '../../model/text.ts'
import type { Kind } from '../../sources/source.ts'
import type { Storage } from '../../storage/storage.ts'
import { askedLanguage, tellLanguage } from '../asked-language.ts'
import type { HttpPlugin } from '../build-http.ts'
import { toETag } from '../e-tag.ts'
import { pageOf } from '../page.ts'
import { problems } from '../plugins/problems.ts'
import { limitEach } from '../plugins/rate-limits.ts'
import { noteInLog } from '../plugins/request-log.ts'
import { toChannelAttempt, toChannelDelivery, toChannelDestination } from '../to-channel.ts'
import { toConfiguration } from '../to-configuration.ts'
import type { Who } from '../who.ts'
import { LogPageQuery } from './log-page.ts'

export interface ChannelOptions {
  storage: Pick<Storage, 'configurations' | 'channels' | 'overview' | 'sources'>
  kindOf: (id: string) => Kind | undefined
  who: Who
  onCommit: () => void
  now: () => Date
}

const SENT_AGAIN_PER_MINUTE = 30

const tags = ['channel']
const params = Type.Object({ entityId: Uuid })
const oneDelivery = Type.Object({
  entityId: Uuid,
  deliveryId: Type.String({ pattern: '^[0-9]{1,18}$', description: 'A delivery’s number.' }),
})
const known = problems('unauthenticated', 'configuration-unknown')

/**
 * The channel's own page: what became of its cards, and what anyone of its tenant may do about them without knowing
 * the webhook URL.
 */
export const channelRoutes: HttpPlugin<ChannelOptions> = async (http, options) => {
  const { storage, kindOf, who, now } = options
  http.addHook('onRequest', async (request) => void (await who.requirePerson(request)))
  // Each takes a place in the channel's lane and in Teams' windows.
  const countOne = limitEach(http, {
    max: SENT_AGAIN_PER_MINUTE,
    of: async (request) => (await who.requirePerson(request)).who,
  })

  http.get(
    '/api/configurations/:entityId/deliveries',
    {
      schema: {
        tags,
        summary: "Read the channel's own log, newest first",
        description: 'Each delivery with why it stands as it does and what to do about it, in words.',
        params,
        querystring: LogPageQuery,
        response: { 200: pageOf(ChannelDelivery), ...known },
      },
    },
    async (request, reply) => {
      const person = await who.requirePerson(request)
      const { entityId } = visibleTo(person, await storage.configurations.read(request.params.entityId))
      const { items, next } = await storage.channels.deliveries(entityId, request.query)
      const language = askedLanguage(request)
      tellLanguage(reply, language)
      const told = items.map((item) => toChannelDelivery(item, language))
      return { items: told, ...(next !== undefined && { cursor: next }) }
    },
  )

  http.get(
    '/api/configurations/:entityId/deliveries/:deliveryId/attempts',
    {
      schema: {
        tags,
        summary: 'Read the attempts of one delivery, oldest first',
        params: oneDelivery,
        response: {
          200: Type.Object({ items: Type.Array(ChannelAttempt) }),
          ...problems('unauthenticated', 'configuration-unknown', 'delivery-unknown'),
        },
      },
    },
    async (request, reply) => {
      const person = await who.requirePerson(request)
      const { entityId } = visibleTo(person, await storage.configurations.read(request.params.entityId))
      const found = await storage.channels.attempts(entityId, request.params.deliveryId)
      if (!found) throw unknownDelivery()
      const language = askedLanguage(request)
      tellLanguage(reply, language)
      return { items: found.attempts.map((one) => toChannelAttempt(one, found.transport, language)) }
    },
  )

  http.post(
    '/api/configurations/:entityId/deliveries/:deliveryId/redeliver',
    {
      schema: {
        tags,
        summary: 'Send a delivery again',
        description:
          'As its next round, at the end of the lane; the answer tells what else it waits for. What has not ended yet, and a digest, get 409.',
        params: oneDelivery,
        response: {
          202: Type.Object({
            deliveryId: GrowingNumber,
            heldBy: ChannelDelivery.properties.heldBy,
            heldUntil: ChannelDelivery.properties.heldUntil,
          }),
          ...problems(
            'unauthenticated',
            'configuration-unknown',
            'delivery-unknown',
            'conflict',
            'too-many-requests',
          ),
        },
      },
    },
    async (request, reply) => {
      const caller = await who.requirePerson(request)
      await countOne(request, reply)
      const { entityId } = request.params
      const deliveryId = await sendAgain({ ...request.params, caller }, options)
      noteInLog(request, { entityId, deliveryId })
      return reply.code(202).send({ deliveryId, ...(await waitOf({ entityId, deliveryId }, options)) })
    },
  )

  http.get(
    '/api/configurations/:entityId/muted',
    {
      schema: {
        tags,
        summary: 'Read the latest events that the rule kept from the channel',
        description:
          'Newest first, at most fifty, of what happened lately. None while it waits for approval.',
        params,
        response: { 200: Type.Object({ items: Type.Array(MutedEvent) }), ...known },
      },
    },
    async (request, reply) => {
      const person = await who.requirePerson(request)
      const { entityId, state, sourceId } = visibleTo(
        person,
        await storage.configurations.read(request.params.entityId),
      )
      const language = askedLanguage(request)
      tellLanguage(reply, language)
      const source = await storage.sources.read(sourceId)
      const kind = source && kindOf(source.kind)
      // What a kind polls may be for another configuration alone.
      if (state !== 'active' || !kind || 'poll' in kind) return { items: [] }
      const events = await storage.channels.muted(entityId)
      return {
        items: events.map(({ id, type, title, occurredAt }) => ({
          id,
          type,
          title: inLanguage(title, language),
          occurredAt,
        })),
      }
    },
  )

  http.get(
    '/api/configurations/:entityId/destination',
    {
      schema: {
        tags,
        summary: 'Read where the cards go, how that is, and who shares it',
        params,
        response: { 200: ChannelDestination, ...known },
      },
    },
    async (request, reply) => {
      const person = await who.requirePerson(request)
      const { entityId } = visibleTo(person, await storage.configurations.read(request.params.entityId))
      const found = await storage.channels.destination(entityId)
      if (!found) throw unknownConfiguration()
      const language = askedLanguage(request)
      tellLanguage(reply, language)
      return toChannelDestination(found, now(), language)
    },
  )

  for (const [path, summary, paused] of [
    ['pause', 'Pause a configuration: its cards are held', true],
    ['resume', 'Let a paused configuration go on', false],
  ] as const) {
    http.post(
      `/api/configurations/:entityId/${path}`,
      { schema: { tags, summary, params, response: { 200: Configuration, ...known } } },
      async (request, reply) => {
        const caller = await who.requirePerson(request)
        const { entityId } = request.params
        const configuration = await pauseConfiguration({ entityId, paused, caller }, options)
        noteInLog(request, { entityId, paused })
        return reply.header('etag', toETag(configuration.version)).send(toConfiguration(configuration))
      },
    )
  }

  http.post(
    '/api/configurations/:entityId/opened',
    {
      schema: {
        tags,
        summary: "Say that the channel's page was opened",
        description: 'The first time counts: an administrator sees which were never opened.',
        params,
        response: { 204: Type.Null(), ...known },
      },
    },
    async (request, reply) => {
      const person = await who.requirePerson(request)
      const { entityId } = visibleTo(person, await storage.configurations.read(request.params.entityId))
      await storage.channels.opened(entityId)
      return reply.code(204).send(null)
    },
  )
}
