import { Type } from 'typebox'
import { sendAgain, unknownDelivery } from '../../../configurations/send-again.ts'
import type { createDraw } from '../../../delivery/draw.ts'
import { explainAttempt } from '../../../delivery/explain.ts'
import { AppError } from '../../../errors.ts'
import { createValidator } from '../../../lib/validator.ts'
import { AdaptiveMessage } from '../../../model/adaptive-card.ts'
import { DeliveryState } from '../../../model/delivery.ts'
import { GrowingNumber, Timestamp, Uuid } from '../../../model/ids.ts'
import type { Language } from '../../../model/language.ts'
import { MessageCard } from '../../../model/message-card.ts'
import { type CardBody, DeliveryStory, ListedDelivery } from '../../../model/overview.ts'
import { inLanguage } from '../../../model/text.ts'
import type { StoredStory } from '../../../storage/search.ts'
import type { Storage } from '../../../storage/storage.ts'
import { askedLanguage, tellLanguage } from '../../asked-language.ts'
import type { HttpPlugin } from '../../build-http.ts'
import { pageOf } from '../../page.ts'
import { problems } from '../../plugins/problems.ts'
import { noteInLog } from '../../plugins/request-log.ts'
import type { Administrator, Who } from '../../who.ts'
import { LogPageQuery } from '../log-page.ts'
import { forAdministrator } from './for-administrator.ts'
import { calledBy, titleOf, toListedDelivery } from './to-listed-delivery.ts'

export interface AdminDeliveriesOptions {
  storage: Pick<Storage, 'overview' | 'configurations' | 'channels'>
  who: Who
  draw: ReturnType<typeof createDraw>
  onCommit: () => void
}

const tags = ['administration']
const params = Type.Object({ id: Type.String({ pattern: '^[0-9]{1,15}$', description: 'Of a delivery.' }) })
const Query = Type.Object({
  ...LogPageQuery.properties,
  q: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'Words of the title in any of our languages, or the whole externalId.',
    }),
  ),
  state: Type.Optional(DeliveryState),
  entityId: Type.Optional(Uuid),
  sourceId: Type.Optional(Uuid),
  since: Type.Optional(Timestamp),
  until: Type.Optional(Timestamp),
})
const Again = Type.Object({
  deliveryId: Type.String({ description: 'The next round, at the end of its lane.' }),
})

/** Everything that was, is and will be sent, for administrators. */
export const adminDeliveryRoutes: HttpPlugin<AdminDeliveriesOptions> = async (http, options) => {
  const { storage, who, draw } = options
  http.addHook('onRequest', async (request) => void (await who.requireAdministrator(request)))
  const again = async ({ id, administrator }: { id: string; administrator: Administrator }) => {
    const entityId = await storage.overview.entityOf(id)
    if (entityId === undefined) throw unknownDelivery()
    return sendAgain({ entityId, deliveryId: id, caller: administrator }, options)
  }

  http.get(
    '/api/admin/deliveries',
    {
      schema: {
        tags,
        summary: 'Search all deliveries',
        description:
          'Newest first. A page may hold less than its limit and still have a `cursor`: each looks through so many only.',
        querystring: Query,
        response: {
          200: pageOf(ListedDelivery),
          ...problems('request-invalid', 'unauthenticated', 'forbidden'),
        },
      },
    },
    async (request, reply) => {
      await who.requireAdministrator(request)
      const { since, until, ...asked } = request.query
      const { items, next } = await storage.overview.deliveries({
        ...asked,
        ...(asked.q !== undefined && { abouts: calledBy(asked.q) }),
        ...(since !== undefined && { since: new Date(since) }),
        ...(until !== undefined && { until: new Date(until) }),
      })
      const language = askedLanguage(request)
      tellLanguage(reply, language)
      return {
        items: items.map((one) => toListedDelivery(one, language)),
        ...(next !== undefined && { cursor: next }),
      }
    },
  )

  http.get(
    '/api/admin/deliveries/:id',
    {
      schema: {
        tags,
        summary: 'Read the whole story of a delivery',
        description: 'Its event, its card, every attempt with what Teams said, and the digest that tells it.',
        params,
        response: { 200: DeliveryStory, ...problems('unauthenticated', 'forbidden', 'delivery-unknown') },
      },
    },
    async (request, reply) => {
      await who.requireAdministrator(request)
      const story = await storage.overview.delivery(request.params.id)
      if (!story) throw unknownDelivery()
      const language = askedLanguage(request)
      tellLanguage(reply, language)
      return toStory(story, draw, language)
    },
  )

  http.post(
    '/api/admin/deliveries/:id/redeliver',
    {
      schema: {
        tags,
        summary: 'Send a delivery again',
        params,
        response: {
          202: Again,
          ...problems(
            'unauthenticated',
            'forbidden',
            'configuration-unknown',
            'delivery-unknown',
            'conflict',
          ),
        },
      },
    },
    async (request, reply) => {
      const administrator = await who.requireAdministrator(request)
      const deliveryId = await again({ id: request.params.id, administrator })
      noteInLog(request, { deliveryId })
      return reply.code(202).send({ deliveryId })
    },
  )

  http.post(
    '/api/admin/deliveries/redeliver',
    {
      schema: {
        tags,
        summary: 'Send many deliveries again',
        description: 'In the order given. What cannot be sent again is told, and keeps nothing else back.',
        body: Type.Object(
          {
            ids: Type.Array(params.properties.id, {
              minItems: 1,
              maxItems: 200,
              uniqueItems: true,
              description: 'Of deliveries that have ended.',
            }),
          },
          { additionalProperties: false },
        ),
        response: {
          202: Type.Object({
            sent: Type.Array(Type.Object({ id: GrowingNumber, ...Again.properties })),
            refused: Type.Array(
              Type.Object({ id: GrowingNumber, code: Type.String(), detail: Type.String() }),
            ),
          }),
          ...problems('request-invalid', 'unauthenticated', 'forbidden'),
        },
      },
    },
    async (request, reply) => {
      const administrator = await who.requireAdministrator(request)
      const sent: { id: string; deliveryId: string }[] = []
      const refused: { id: string; code: string; detail: string }[] = []
      for (const id of request.body.ids) {
        try {
          sent.push({ id, deliveryId: await again({ id, administrator }) })
        } catch (error) {
          if (!(error instanceof AppError)) throw error
          refused.push({ id, code: error.code, detail: inLanguage(error.public, askedLanguage(request)) })
        }
      }
      noteInLog(request, { sentAgain: sent.length, refused: refused.length })
      return reply.code(202).send({ sent, refused })
    },
  )
}

function toStory(
  story: StoredStory,
  draw: AdminDeliveriesOptions['draw'],
  language: Language,
): DeliveryStory {
  const { listed, due, attempts, sent, ...rest } = story
  const body = sent ?? drawnNow()
  return {
    ...toListedDelivery(listed, language),
    ...rest,
    members: rest.members.map((one) => ({ ...one, title: titleOf(one, language) })),
    event: due.event ? { ...due.event } : null,
    card: body === undefined ? null : toCard(body),
    cardIs: sent === undefined ? 'as-now' : 'as-sent',
    attemptList: attempts.map((attempt) => ({
      ...attempt,
      ...forAdministrator(explainAttempt(attempt, attempt.transport), language),
    })),
  }

  /** A card that cannot be drawn is one of the stories that are most looked for; the worker has told why. */
  function drawnNow(): string | undefined {
    if (!due.event && !due.notice && !due.digest) return undefined
    try {
      return draw(due, { transport: listed.transport }).body
    } catch {
      return undefined
    }
  }
}

const readMessageCard = createValidator(MessageCard)
const readAdaptiveMessage = createValidator(AdaptiveMessage)

function toCard(json: string): CardBody {
  const body: Record<string, unknown> = JSON.parse(json)
  const messageCard = readMessageCard(body)
  if (messageCard.ok) return { format: 'MessageCard', body: messageCard.value }
  const message = readAdaptiveMessage(body)
  return message.ok ? { format: 'AdaptiveCard', body: message.value } : { format: null, body }
}
