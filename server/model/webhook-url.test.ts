import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { languages } from './language.ts'
import { checkWebhookUrl } from './webhook-url.ts'

const connector = 'https://contoso.webhook.office.com/webhookb2/g@t/IncomingWebhook/0123/owner'

function hostOf(url: string, allowed: readonly string[] = []) {
  return checkWebhookUrl(url, allowed)
}

describe('a host of Microsoft', () => {
  it.each([
    [connector, 'connector'],
    [`${connector}/V2abc`, 'connector'],
    ['https://outlook.office.com/webhook/g@t/IncomingWebhook/0123/owner', 'connector'],
    ['https://outlook.office365.com/webhook/g@t/x/0123/owner', 'connector'],
    [
      'https://default0123.45.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/0123/triggers/manual/paths/invoke?api-version=1&sig=s',
      'workflow',
    ],
    ['https://prod-12.westeurope.logic.azure.com:443/workflows/0123/triggers/manual?sig=s', 'workflow'],
    ['https://eu.api.powerautomate.com/x?sig=s', 'workflow'],
    ['https://eu.flow.microsoft.com/x?sig=s', 'workflow'],
    ['https://contoso.azure-api.net/teams?sig=s', 'workflow'],
  ] as const)('%s is taken as a %s', (url, transport) => {
    expect(hostOf(url)).toEqual({ ok: true, url, transport, trusted: false })
  })

  it('is known in any case, and in letters that only look different', () => {
    expect(hostOf('HTTPS://Contoso.WebHook.Office.COM/x')).toMatchObject({ ok: true })
    expect(hostOf('https://contoso.webhook.office。com/x')).toMatchObject({ ok: true })
  })

  it.each([
    ['another name that ends alike', 'https://evilwebhook.office.com/x'],
    ['the bare suffix', 'https://webhook.office.com/x'],
    ['a suffix in the middle', 'https://contoso.webhook.office.com.evil.example/x'],
    ['a name that ends in an Outlook host', 'https://eviloutlook.office.com/x'],
    ['a suffix in the path', 'https://evil.example/.webhook.office.com'],
    ['a suffix in the query', 'https://evil.example/?x=.webhook.office.com'],
    ['a suffix in the fragment', 'https://evil.example#.webhook.office.com'],
    ['a dot at the end', 'https://contoso.webhook.office.com./x'],
    ['letters of another alphabet', 'https://contoso.webhook.offiсe.com/x'],
    ['punycode', 'https://contoso.webhook.xn--offie-4ye.com/x'],
    ['another port', 'https://contoso.webhook.office.com:8443/x'],
    ['port 80', 'https://contoso.webhook.office.com:80/x'],
    ['an IPv4 address', 'https://127.0.0.1/x'],
    ['an IPv4 address written as a number', 'https://2130706433/x'],
    ['an IPv6 address', 'https://[::1]/x'],
    ['the metadata service', 'https://169.254.169.254/latest/meta-data'],
    ['localhost', 'https://localhost/x'],
    ['nothing known', 'https://hooks.slack.com/services/x'],
  ])('is not %s', (_, url) => {
    const checked = hostOf(url)
    expect(checked).toMatchObject({ ok: false })
    for (const language of languages)
      expect(checked).toHaveProperty(`reason.${language}`, expect.stringContaining('*.webhook.office.com'))
  })
})

describe('what is not a webhook URL', () => {
  it.each([
    ['words', 'the webhook of our channel', /not a URL/],
    ['a word', 'webhook', /not a URL/],
    ['nothing', '', /not a URL/],
    ['no scheme', 'contoso.webhook.office.com/webhookb2/x', /not a URL/],
    ['http', connector.replace('https', 'http'), /starts with https/],
    ['ftp', connector.replace('https', 'ftp'), /starts with https/],
    ['a script', 'javascript:alert(1)', /starts with https/],
    ['a file', 'file:///etc/passwd', /starts with https/],
    ['a user name', connector.replace('https://', 'https://user:secret@'), /user name/],
    ['a host that hides behind a user name', 'https://contoso.webhook.office.com@evil.example/', /user name/],
    ['a workflow without its signature', 'https://prod-12.westeurope.logic.azure.com/workflows/0', /cut off/],
    ['a workflow with an empty one', 'https://eu.api.powerautomate.com/x?sig=', /cut off/],
  ])('is refused in words: %s', (_, url, reason) => {
    expect(hostOf(url)).toEqual({
      ok: false,
      reason: expect.objectContaining({ en: expect.stringMatching(reason) }),
    })
  })

  it('loses every blank first, since people paste', () => {
    expect(hostOf('https://contoso.webhook.office.com/web\r\n hook\u200Bb2')).toMatchObject({
      ok: true,
      url: 'https://contoso.webhook.office.com/webhookb2',
    })
    expect(hostOf(`\r\n\t ${connector} \n`)).toMatchObject({ ok: true, url: connector })
    expect(hostOf(`\uFEFF${connector}\u00A0`)).toMatchObject({ ok: true, url: connector })
  })
})

describe('WEBHOOK_HOSTS', () => {
  it('allows an origin whole, and that origin only', () => {
    const allowed = ['http://localhost:3979']
    expect(hostOf('http://localhost:3979/webhookb2/x', allowed)).toEqual({
      ok: true,
      url: 'http://localhost:3979/webhookb2/x',
      transport: 'connector',
      trusted: true,
    })
    expect(hostOf('http://localhost:3980/x', allowed)).toMatchObject({ ok: false })
    expect(hostOf('https://localhost:3979/x', allowed)).toMatchObject({ ok: false })
    expect(hostOf('http://localhost.evil.example:3979/x', allowed)).toMatchObject({ ok: false })
    expect(hostOf('http://user@localhost:3979/x', allowed)).toMatchObject({ ok: false })
    expect(hostOf('http://localhost:3979/x', ['http://localhost:3979/'])).toMatchObject({ ok: true })
  })

  it('allows a suffix on https, on any port', () => {
    const allowed = ['.teams.example']
    expect(hostOf('https://a.b.teams.example:8443/x', allowed)).toMatchObject({ ok: true, trusted: true })
    expect(hostOf('http://a.teams.example/x', allowed)).toMatchObject({ ok: false })
    expect(hostOf('https://teams.example/x', allowed)).toMatchObject({ ok: false })
    expect(hostOf('https://evilteams.example/x', allowed)).toMatchObject({ ok: false })
    expect(hostOf('https://teams.example/x', ['teams.example'])).toMatchObject({ ok: true })
    expect(hostOf('https://evilteams.example/x', ['teams.example'])).toMatchObject({ ok: false })
  })

  it('is a workflow where the query has a signature, unless the body says otherwise', () => {
    const allowed = ['.teams.example']
    const url = 'https://a.teams.example/x?sig=s'
    expect(checkWebhookUrl(url, allowed)).toMatchObject({ transport: 'workflow' })
    expect(checkWebhookUrl(url, allowed, 'connector')).toMatchObject({ transport: 'connector' })
    expect(checkWebhookUrl('https://a.teams.example/x', allowed, 'workflow')).toMatchObject({
      transport: 'workflow',
    })
  })

  it('does not let the body say what a host of Microsoft is', () => {
    expect(checkWebhookUrl(connector, [], 'workflow')).toMatchObject({ transport: 'connector' })
  })

  it('is named where a host is refused', () => {
    const checked = hostOf('https://evil.example/x', ['.teams.example'])
    expect(checked).toHaveProperty('reason.en', expect.stringMatching(/evil\.example.*\.teams\.example/))
  })
})

describe('always', () => {
  const suffixes = [
    'webhook.office.com',
    'outlook.office.com',
    'outlook.office365.com',
    'powerplatform.com',
    'logic.azure.com',
    'powerautomate.com',
    'flow.microsoft.com',
    'azure-api.net',
  ]

  it('what is taken leads, as the sender will read it, to a listed host over https on 443', () => {
    const pieces = fc.constantFrom(
      'https://',
      'http://',
      '@',
      ':',
      '.',
      '/',
      '\\',
      '#',
      '?',
      '%2e',
      'x',
      '。',
    )
    const texts = fc
      .array(fc.oneof(pieces, fc.constantFrom(...suffixes), fc.webUrl(), fc.string()), { maxLength: 8 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(texts, (text) => {
        const checked = hostOf(text)
        if (!checked.ok) return
        const { protocol, hostname, port, username, password } = new URL(checked.url)
        expect({ protocol, port, username, password }).toEqual({
          protocol: 'https:',
          port: '',
          username: '',
          password: '',
        })
        const isOutlook = hostname === 'outlook.office.com' || hostname === 'outlook.office365.com'
        expect(isOutlook || suffixes.some((suffix) => hostname.endsWith(`.${suffix}`))).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('a refusal never repeats more of the URL than its host', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.uuid(), (url, secret) => {
        const checked = hostOf(`${url.replace(/[#?].*$/, '')}/${secret}?sig=${secret}#${secret}`)
        if (!checked.ok) expect(JSON.stringify(checked.reason)).not.toContain(secret)
      }),
    )
  })
})
