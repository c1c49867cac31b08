import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Answer } from '../model.ts'
import type { Receive } from './receive.ts'

/** Far above anything Teams would read, so that what was sent is recorded before it is refused. */
const BODY_LIMIT_BYTES = 32 * 1024 * 1024

/**
 * `POST /webhookb2/…` and `POST /powerautomate/…`: bytes in, Teams' answer out, at once, late, never, or with a
 * closed socket.
 */
export async function webhookRoutes(
  app: FastifyInstance,
  { receive, trigger }: { receive: Receive; trigger: Receive },
): Promise<void> {
  const late = new Set<NodeJS.Timeout>()
  app.addHook('onClose', async () => {
    for (const timer of late) clearTimeout(timer)
  })

  // Whatever the sender calls it, the bytes are kept as they came.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  function waitMs(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        late.delete(timer)
        resolve()
      }, ms)
      late.add(timer)
    })
  }

  const takenBy = (take: Receive) => async (request: FastifyRequest, reply: FastifyReply) => {
    const { received, slowMs } = take({
      url: request.url,
      headers: request.headers,
      raw: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
      remotePort: request.raw.socket.remotePort,
    })
    if (slowMs > 0) await waitMs(slowMs)
    if (received.answer === 'hang') return reply.hijack()
    if (received.answer === 'reset') {
      reply.hijack()
      request.raw.socket.resetAndDestroy()
      return reply
    }
    return send(reply, received.answer)
  }
  app.post('/webhookb2/*', { bodyLimit: BODY_LIMIT_BYTES }, takenBy(receive))
  app.post('/powerautomate/*', { bodyLimit: BODY_LIMIT_BYTES }, takenBy(trigger))
}

function send(reply: FastifyReply, { status, body, headers }: Answer): FastifyReply {
  return reply
    .code(status)
    .headers({ 'content-type': 'text/plain; charset=utf-8', ...headers })
    .send(body)
}
