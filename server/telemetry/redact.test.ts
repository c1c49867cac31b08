import { assert, constantFrom, property, string, stringMatching } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redactPath, redactSecrets } from './redact.ts'

describe('the redactor of log lines', () => {
  it.each([
    [
      'https://x.webhook.office.com/webhookb2/g@t/IncomingWebhook/0123/owner',
      'https://x.webhook.office.com/…',
    ],
    [
      'https://prod-01.westeurope.logic.azure.com:443/workflows/1/triggers/manual/paths/invoke?sp=x&sig=abc',
      'https://prod-01.westeurope.logic.azure.com:443/…',
    ],
    ['http://localhost:3979/webhook/abc', 'http://localhost:3979/…'],
    ['https://user:hunter2@example.com/x', 'https://example.com/…'],
    ["https://example.com/it's/hunter2", 'https://example.com/…'],
    ['https://example.com?sig=abc', 'https://example.com/…'],
    ['listening at http://127.0.0.1:3978', 'listening at http://127.0.0.1:3978'],
    ['Authorization: Bearer abcdefghijklmnop', 'Authorization: Bearer …'],
    ['HMAC 03TCao0i55H1eVKUusZOTZRjtvYTs+mO41mPL+R1e1U=', 'HMAC …'],
    ['token eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2ln gone', 'token … gone'],
    ['/workflows/1?sp=x&sig=abc&sv=1', '/workflows/1?sp=x&sig=…&sv=1'],
    ['POST /hooks/my-key/hunter2', 'POST /hooks/my-key/…'],
    ['nothing to see', 'nothing to see'],
  ])('makes of %s %s', (line, redacted) => {
    expect(redactSecrets(line)).toBe(redacted)
  })

  it('never breaks the JSON of a line', () => {
    const awkward = constantFrom(
      'https://h/a"b',
      'Bearer 12345678',
      '\\',
      '"',
      'sig=x',
      '\n',
      'https://h?q\\u00e9',
    )
    assert(
      property(string(), awkward, string(), (before, middle, after) => {
        const line = JSON.stringify({ text: `${before}${middle}${after}` })
        expect(() => JSON.parse(redactSecrets(line))).not.toThrow()
      }),
    )
  })

  it('never shows a path, query or fragment of an address', () => {
    const part = stringMatching(/^[A-Za-z0-9@=&%._~!$()*+,;:-]{6,30}$/)
    assert(
      property(constantFrom('/', '?', '#', '/webhookb2/'), part, (mark, secret) => {
        expect(
          redactSecrets(JSON.stringify({ m: `to https://h.example${mark}${secret} failed` })),
        ).not.toContain(secret)
      }),
    )
  })
})

describe('the redactor of paths', () => {
  it.each([
    ['/hooks/my-key', '/hooks/my-key'],
    ['/hooks/my-key/hunter2', '/hooks/my-key/…'],
    ['/hooks/my-key/hunter2/more?x=1', '/hooks/my-key/…'],
    ['/a/hunter2', '/a/…'],
    ['/api/card-actions/hunter2', '/api/card-actions/…'],
    ['/api/sources?q=hunter2', '/api/sources'],
    ['/configure?host=tab#hunter2', '/configure'],
    [
      '/api/configurations/018f3b2e-7c1a-7000-8000-000000000001',
      '/api/configurations/018f3b2e-7c1a-7000-8000-000000000001',
    ],
    ['/hooks%2Fmy-key%2Fhunter2', '/…'],
    [`/old/${'hunter2'.repeat(6)}/hook`, '/old/…/hook'],
  ])('makes of %s %s', (path, redacted) => {
    expect(redactPath(path)).toBe(redacted)
  })
})
