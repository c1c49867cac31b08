import { setTimeout as wait } from 'node:timers/promises'
import { Type } from 'typebox'
import { AppError } from '../../errors.ts'
import type { HttpPlugin } from '../build-http.ts'
import { problems } from '../plugins/problems.ts'
import type { Readiness } from '../readiness.ts'

/** A database that takes longer is as good as gone for whoever decides where requests go. */
const PING_TIMEOUT_MS = 2000

const Status = Type.Object({ status: Type.String() })

/** `GET /healthz`: the process lives. `GET /readyz`: it can do its work. */
export const healthRoutes: HttpPlugin<{ readiness: Readiness }> = async (http, { readiness }) => {
  http.get(
    '/healthz',
    { schema: { summary: 'Alive', tags: ['server'], response: { 200: Status } } },
    async () => ({ status: 'alive' }),
  )

  http.get(
    '/readyz',
    {
      schema: {
        summary: 'Ready for work',
        tags: ['server'],
        response: { 200: Status, ...problems('not-ready') },
      },
    },
    async () => {
      const state = readiness.state()
      if (state !== 'ready') throw new AppError('not-ready', { public: `The server is ${state}.` })
      await pinged(readiness)
      return { status: 'ready' }
    },
  )
}

async function pinged(readiness: Readiness): Promise<void> {
  const timer = new AbortController()
  const late = wait(PING_TIMEOUT_MS, 'late', { signal: timer.signal, ref: false })
  late.catch(() => {})
  try {
    const first = await Promise.race([readiness.ping(), late])
    if (first === 'late') throw new Error(`No answer within ${PING_TIMEOUT_MS} ms.`)
  } catch (cause) {
    throw new AppError('not-ready', {
      public: 'The database does not answer.',
      message: 'ping failed',
      cause,
    })
  } finally {
    timer.abort()
  }
}
