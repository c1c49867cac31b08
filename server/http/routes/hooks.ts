import { Type } from 'typebox'
import { AppError } from '../../errors.ts'
import type { Receiver } from '../../events/receive.ts'
import { Uuid } from '../../model/ids.ts'
import type { HttpPlugin } from '../build-http.ts'
import { problems } from '../plugins/problems.ts'
import { keepRawBodies } from '../plugins/raw-bodies.ts'

const ReceivedEvents = Type.Object({
  events: Type.Array(
    Type.Object({
      id: Uuid,
      externalId: Type.String(),
      duplicate: Type.Boolean({ description: 'It was known already; `id` is the earlier one.' }),
      deliveries: Type.Integer({ description: 'How many cards it makes.' }),
    }),
  ),
})

/** Where tracked systems send their events. 202 says that they are on disk with all their deliveries. */
export const hookRoutes: HttpPlugin<{ receiver: Receiver }> = async (http, { receiver }) => {
  keepRawBodies(http)
  http.post(
    '/hooks/:sourceKey',
    {
      schema: {
        tags: ['tracked systems'],
        summary: 'Tell what happened',
        description:
          'The body, and the proof that it is authentic, are as the kind of the source prescribes.',
        params: Type.Object({
          sourceKey: Type.String({ maxLength: 64, description: 'Names the source, from its URL.' }),
        }),
        response: {
          202: ReceivedEvents,
          ...problems(
            'body-unreadable',
            'proof-invalid',
            'source-unknown',
            'body-too-large',
            'media-type-unsupported',
            'too-many-requests',
            'source-paused',
          ),
        },
      },
    },
    async (request, reply) => {
      const { body } = request
      if (!(body instanceof Uint8Array))
        throw new AppError('body-unreadable', { public: 'The body is empty: send JSON.' })
      const events = await receiver.receive(request.params.sourceKey, { body, headers: request.headers })
      return reply.code(202).send({ events })
    },
  )
}
