import { type PreviewTools, previewCards } from '../../configurations/preview.ts'
import { Preview, PreviewInput } from '../../model/preview.ts'
import type { HttpPlugin } from '../build-http.ts'
import { problems } from '../plugins/problems.ts'
import type { Who } from '../who.ts'

export interface PreviewOptions extends PreviewTools {
  who: Who
}

/** What cards will look like, for people in Teams who have not decided yet. */
export const previewRoutes: HttpPlugin<PreviewOptions> = async (http, { who, ...tools }) => {
  http.addHook('onRequest', async (request) => void (await who.requirePerson(request)))
  http.post(
    '/api/preview',
    {
      schema: {
        tags: ['configurations'],
        summary: 'See the cards of a configuration before it is saved',
        description:
          'One card per event type, in both drawings: of the latest real event that the choices want, or of an invented one where nothing has happened yet or the source waits for an approval.',
        body: PreviewInput,
        response: {
          200: Preview,
          ...problems(
            'request-invalid',
            'unauthenticated',
            'configuration-unknown',
            'source-not-available',
            'event-type-unknown',
            'choices-invalid',
          ),
        },
      },
    },
    async (request) => previewCards(request.body, await who.requirePerson(request), tools),
  )
}
