import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Outcome, readAnswer, readRetryAfter } from './outcome.ts'
import type { Answer } from './send.ts'

const now = new Date('2026-03-02T09:00:00Z')

function answered(status: number, body = '', retryAfter?: string): Answer {
  return { kind: 'answered', status, body, retryAfter }
}

/** Teams' words, captured. */
const endpointError = (status: number) =>
  `Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error ${status} with ContextId tcid=3,server=DB3PEPF0000009A,cv=kX1OZ6kPqUGAxQIb3RkL0w.0..`
const throttledPage =
  '<html><body>ErrorCode:ApplicationThrottled, Message: Application is over its MailboxConcurrency limit.</body></html>'

describe('a connector', () => {
  const rows: [what: string, answer: Answer, kind: Outcome['kind'], reason?: RegExp][] = [
    ['200 with 1', answered(200, '1'), 'delivered'],
    ['200 with another number and blanks', answered(200, ' 42\r\n'), 'delivered'],
    ['429 inside a 200', answered(200, endpointError(429)), 'throttled', /too many messages/],
    ['500 inside a 200', answered(200, endpointError(500)), 'unreachable', /500 inside a 200/],
    ['503 inside a 200', answered(200, endpointError(503)), 'unreachable', /503 inside a 200/],
    ['408 inside a 200', answered(200, endpointError(408)), 'unreachable', /408 inside a 200/],
    ['400 inside a 200', answered(200, endpointError(400)), 'refused', /400 inside a 200/],
    ['413 inside a 200', answered(200, endpointError(413)), 'refused', /too large/],
    ['ApplicationThrottled inside a 200', answered(200, throttledPage), 'throttled', /too many messages/],
    ['200 with anything else', answered(200, 'Hello'), 'refused', /"Hello"/],
    ['200 with nothing', answered(200), 'refused', /answered nothing/],
    ['200 with a number in words', answered(200, '1 message'), 'refused'],
    ['200 with a negative number', answered(200, '-1'), 'refused'],
    ['202, which a connector never says', answered(202), 'refused'],
    ['400: no summary', answered(400, 'Summary or Text is required.'), 'refused', /Summary or Text is req/],
    [
      '400: bad payload',
      answered(400, 'Bad payload received by generic incoming webhook.'),
      'refused',
      /Bad payload/,
    ],
    ['404', answered(404), 'gone', /removed from the channel/],
    ['410', answered(410, 'Connector configuration not found'), 'gone', /410.*removed from the channel/],
    ['429', answered(429), 'throttled', /429/],
    ['408', answered(408), 'unreachable', /408/],
    ['500', answered(500, 'oops'), 'unreachable', /500/],
    ['502', answered(502, '<html>'), 'unreachable', /502/],
    ['504', answered(504), 'unreachable', /504/],
    ['a redirect', answered(302), 'refused', /redirects \(302\)/],
    ['401', answered(401), 'refused', /401/],
    ['403', answered(403), 'refused', /403/],
    ['413', answered(413), 'refused', /too large/],
    ['another 4xx', answered(418, 'teapot'), 'refused', /418.*teapot/],
    ['a cut line', { kind: 'failed', reason: 'The connection was cut.' }, 'unreachable', /was cut/],
  ]
  it.each(rows)('%s', (_, answer, kind, reason) => {
    const outcome = readAnswer('connector', answer, now)
    expect(outcome.kind).toBe(kind)
    if (reason) expect(outcome).toHaveProperty('reason', expect.stringMatching(reason))
  })
})

describe('a workflow', () => {
  const rows: [what: string, answer: Answer, kind: Outcome['kind'], reason?: RegExp][] = [
    ['202 with nothing', answered(202), 'accepted'],
    ['200', answered(200, 'anything'), 'accepted'],
    ['401', answered(401), 'refused', /"Anyone"/],
    ['404', answered(404), 'gone', /deleted or is switched off/],
    ['410', answered(410), 'gone'],
    ['429', answered(429), 'throttled'],
    ['408', answered(408), 'unreachable'],
    ['503', answered(503), 'unreachable'],
    ['400', answered(400, 'TriggerInputSchemaMismatch'), 'refused', /TriggerInputSchemaMismatch/],
    ['403', answered(403), 'refused'],
    ['413', answered(413), 'refused', /too large/],
    ['a time-out', { kind: 'failed', reason: 'No answer within 10 seconds.' }, 'unreachable', /No answer/],
  ]
  it.each(rows)('%s', (_, answer, kind, reason) => {
    const outcome = readAnswer('workflow', answer, now)
    expect(outcome.kind).toBe(kind)
    if (reason) expect(outcome).toHaveProperty('reason', expect.stringMatching(reason))
  })

  it('is never believed to have delivered', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.string(), (status, body) => {
        expect(readAnswer('workflow', answered(status, body), now).kind).not.toBe('delivered')
      }),
    )
  })
})

describe('what is blamed', () => {
  it('an error that was answered may be the fault of the card, a cut line never is', () => {
    expect(readAnswer('connector', answered(503), now)).toMatchObject({ answered: true })
    expect(readAnswer('connector', answered(200, endpointError(502)), now)).toMatchObject({ answered: true })
    expect(readAnswer('connector', { kind: 'failed', reason: 'x' }, now)).toMatchObject({ answered: false })
  })

  it('long answers are quoted in one short line', () => {
    const outcome = readAnswer('connector', answered(400, `a\n\n b${'c'.repeat(5000)}`), now)
    const { reason } = outcome as { reason: string }
    expect(reason).toContain('"a bccc')
    expect(reason.length).toBeLessThan(300)
  })
})

describe('Retry-After', () => {
  const rows: [string, number | undefined][] = [
    ['30', 30_000],
    [' 30 ', 30_000],
    ['1.5', 1500],
    ['0', 1000],
    ['999999999', 3_600_000],
    ['Mon, 02 Mar 2026 09:00:45 GMT', 45_000],
    ['Mon, 02 Mar 2026 08:00:00 GMT', 1000],
    ['Tue, 03 Mar 2026 09:00:00 GMT', 3_600_000],
    ['Mon, 99 Mar 2026 09:00:45 GMT', undefined],
    ['-5', undefined],
    ['soon', undefined],
    ['in 5 minutes', undefined],
    ['2026-03-02T09:00:45Z', undefined],
    ['', undefined],
  ]
  it.each(rows)('"%s" is read as %s ms', (header, ms) => {
    expect(readRetryAfter(header, now)).toBe(ms)
  })

  it('is honoured wherever Teams asks for patience', () => {
    const wait = { retryAfterMs: 17_000 }
    expect(readAnswer('connector', answered(429, '', '17'), now)).toMatchObject(wait)
    expect(readAnswer('connector', answered(503, '', '17'), now)).toMatchObject(wait)
    expect(readAnswer('connector', answered(200, endpointError(429), '17'), now)).toMatchObject(wait)
    expect(readAnswer('connector', answered(200, endpointError(503), '17'), now)).toMatchObject(wait)
    expect(readAnswer('connector', answered(200, throttledPage, '17'), now)).toMatchObject(wait)
    expect(readAnswer('workflow', answered(429, '', '17'), now)).toMatchObject(wait)
  })

  it('never asks for less than a second or more than an hour, whatever it says', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.date().map(String)), (header) => {
        const ms = readRetryAfter(header, now)
        if (ms !== undefined) {
          expect(ms).toBeGreaterThanOrEqual(1000)
          expect(ms).toBeLessThanOrEqual(3_600_000)
        }
      }),
    )
  })
})
