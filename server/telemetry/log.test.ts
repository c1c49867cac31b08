import { describe, expect, it } from 'vitest'
import { createLog } from './log.ts'

/** A log that is kept, line by line. */
function keptLog() {
  const lines: string[] = []
  const log = createLog('trace', { write: (line) => void lines.push(line) })
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? 'null') }
}

describe('the log', () => {
  it('writes one JSON object a line with the event, its fields, the level in words and the time in UTC', () => {
    const { log, last } = keptLog()
    log.info({ entityId: 'e1', deliveries: 3 }, 'event.received')
    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      event: 'event.received',
      entityId: 'e1',
      deliveries: 3,
    })
  })

  it('keeps the chain of causes of an error', () => {
    const { log, last } = keptLog()
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    log.error({ error: new Error('could not reach it', { cause }) }, 'delivery.attempted')
    expect(last().error).toMatchObject({
      type: 'Error',
      message: 'could not reach it',
      cause: { message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
    })
  })

  it('logs of a request and its answer the method and the status alone', () => {
    const { log, lines, last } = keptLog()
    log.info(
      {
        req: {
          method: 'POST',
          url: '/hooks/k/hunter2',
          headers: { authorization: 'hunter2' },
          body: 'hunter2',
        },
        res: { statusCode: 202, headers: { 'set-cookie': 'hunter2' } },
        headers: { authorization: 'hunter2' },
        body: 'hunter2',
      },
      'request.answered',
    )
    expect(last()).toMatchObject({ req: { method: 'POST' }, res: { status: 202 } })
    expect(lines.join('')).not.toContain('hunter2')
  })

  it('does not print properties that libraries hang on their errors', () => {
    const { log, lines } = keptLog()
    log.error({ error: Object.assign(new Error('no'), { request: { headers: 'hunter2' } }) }, 'x')
    expect(lines.join('')).not.toContain('hunter2')
  })

  it('takes a webhook URL out of an error message, its stack and its cause, and stays JSON', () => {
    const { log, lines, last } = keptLog()
    const url = 'https://contoso.webhook.office.com/webhookb2/aaa@bbb/IncomingWebhook/hunter2/ccc'
    const cause = new Error(`Failed to parse URL from "${url}"`)
    log.error({ error: new Error(`fetch of ${url} failed`, { cause }) }, 'delivery.attempted')
    expect(last().error.message).toBe('fetch of https://contoso.webhook.office.com/… failed')
    expect(lines.join('')).not.toContain('hunter2')
  })
})
