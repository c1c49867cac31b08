import { describe, expect, it } from 'vitest'
import { withoutUrl } from './without-url.ts'

const workflow =
  'https://prod-1.westeurope.logic.azure.com:443/workflows/0123456789abcdef/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Frun&sig=s3cr3t%2Dsignature'
const path = new URL(workflow).pathname

describe('an answer that repeats what was asked', () => {
  it.each([
    ['the URL', `Cannot POST ${workflow}`],
    ['its path and query', `Cannot POST ${path}${new URL(workflow).search}`],
    ['its path', `<pre>Cannot POST ${path}</pre>`],
    ['its signature', 'The signature s3cr3t-signature is wrong.'],
    ['its signature, encoded', 'sig=s3cr3t%2Dsignature'],
    ['its query as HTML', `?${new URL(workflow).search.slice(1).replaceAll('&', '&amp;')}`],
  ])('is kept without %s', (_, text) => {
    const kept = withoutUrl(text, workflow)
    expect(kept).toContain('…')
    expect(kept).not.toMatch(/0123456789abcdef|s3cr3t/)
  })

  it('is kept as it is otherwise', () => {
    const said =
      'Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429'
    expect(withoutUrl(said, workflow)).toBe(said)
    expect(withoutUrl('1', workflow)).toBe('1')
  })
})
