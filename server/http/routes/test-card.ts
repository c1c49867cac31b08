import { tryUrl, urlToTry } from '../../configurations/try-url.ts'
import { TestCardInput, TestCardResult } from '../../model/test-card.ts'
import { inLanguage } from '../../model/text.ts'
import type { Storage } from '../../storage/storage.ts'
import { askedLanguage, tellLanguage } from '../asked-language.ts'
import type { HttpPlugin } from '../build-http.ts'
import { problems } from '../plugins/problems.ts'
import { limitEach } from '../plugins/rate-limits.ts'
import { noteInLog } from '../plugins/request-log.ts'
import type { Who } from '../who.ts'

export interface TestCardOptions {
  storage: Pick<Storage, 'trials'>
  who: Who
  /** WEBHOOK_HOSTS */
  webhookHosts: readonly string[]
  onCommit: () => void
  now: () => Date
  isStopping: () => boolean
}

const TESTS_PER_MINUTE = 5

/** Lets a person try a webhook URL before anything is saved. */
export const testCardRoutes: HttpPlugin<TestCardOptions> = async (http, options) => {
  const { who, webhookHosts } = options
  http.addHook('onRequest', async (request) => void (await who.requirePerson(request)))
  const countOne = limitEach(http, {
    max: TESTS_PER_MINUTE,
    of: async (request) => (await who.requirePerson(request)).who,
  })

  http.post(
    '/api/test-card',
    {
      schema: {
        tags: ['configurations'],
        summary: 'Try a webhook URL',
        description:
          'Sends one test card and waits for Teams’ answer, up to half a minute. It is charged to the budget of the ' +
          'URL. A URL that nobody saves is forgotten. Five a minute for each person.',
        body: TestCardInput,
        response: {
          200: TestCardResult,
          ...problems('request-invalid', 'unauthenticated', 'webhook-url-invalid', 'too-many-requests'),
        },
      },
    },
    async (request, reply) => {
      await who.requirePerson(request)
      const { url, transport } = urlToTry(request.body, webhookHosts)
      await countOne(request, reply)
      const language = askedLanguage(request)
      tellLanguage(reply, language)
      const { name = 'Cardwire', locale = language } = request.body
      const { why, whatToDo, ...tried } = await tryUrl({ url, transport, name, locale }, options)
      noteInLog(request, { outcome: tried.outcome, transport: tried.transport })
      return {
        ...tried,
        why: inLanguage(why, language),
        whatToDo: whatToDo === undefined ? null : inLanguage(whatToDo, language),
      }
    },
  )
}
