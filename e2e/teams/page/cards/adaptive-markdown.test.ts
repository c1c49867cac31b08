import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adaptiveHtml } from './adaptive-markdown.ts'
import { cannotBeDrawn, firstText, mentionedNames } from './read-adaptive-card.ts'

describe('the Markdown of an Adaptive Card', () => {
  test.each([
    ['**bold** and _slanted_', '<p><strong>bold</strong> and <em>slanted</em></p>'],
    ['__bold__ and *slanted*', '<p><strong>bold</strong> and <em>slanted</em></p>'],
    ['**a _b_ c**', '<p><strong>a <em>b</em> c</strong></p>'],
    ['\\*not slanted\\* and 2 * 3 * 4', '<p>*not slanted* and 2 * 3 * 4</p>'],
    ['- a\r- b', '<ul><li>a</li><li>b</li></ul>'],
    ['1. a\n2. b\n\nc', '<ol><li>a</li><li>b</li></ol><p>c</p>'],
    ['one line\nthe same', '<p>one line the same</p>'],
    ['# no heading, `no code`', '<p># no heading, `no code`</p>'],
    ['[a & b](https://example.com/?a="1)', '<p><a href="https://example.com/?a=&quot;1">a &amp; b</a></p>'],
  ])('draws %j', (text, html) =>
    expect(adaptiveHtml(text).replaceAll(' target="_blank" rel="noreferrer"', '')).toBe(html),
  )

  test('mentions those whom the card names, and nobody else', () => {
    const entity = { type: 'mention', text: '<at>Mei Lin</at>', mentioned: { id: 'mei', name: 'Mei Lin' } }
    const names = mentionedNames({ msteams: { entities: [entity, { type: 'mention', text: '<at>X</at>' }] } })
    expect(names).toEqual(['Mei Lin'])
    expect(adaptiveHtml('<at>Mei Lin</at>, <at>X</at>', names)).toBe(
      '<p><strong class="mention">Mei Lin</strong>, &lt;at&gt;X&lt;/at&gt;</p>',
    )
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', '//example.com', 'file:///etc/passwd'])(
    'never makes a link of %j',
    (address) => expect(adaptiveHtml(`[here](${address})`)).not.toContain('<a'),
  )

  test('never makes an element or an attribute of anything but its own marks', () => {
    const hostile = fc.array(
      fc.constantFrom(
        ...Array.from('<>"\'&*_`[]()\\\n\ra '),
        '- ',
        '1. ',
        '<at>',
        '</at>',
        'Mei',
        'onerror=',
        'javascript:',
        'https://x.y',
      ),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(hostile, (parts) => {
        const html = adaptiveHtml(parts.join(''), ['Mei'])
        const left = html
          .replaceAll(/<a href="https:\/\/[^"<>']*" target="_blank" rel="noreferrer">/g, '')
          .replaceAll('<strong class="mention">', '')
          .replaceAll(/<\/?(p|ul|ol|li|strong|em|a)>|<br>|&(amp|lt|gt|quot|#39);/g, '')
        expect(left).not.toMatch(/[<>"'&]/)
      }),
    )
  })
})

describe('an Adaptive Card', () => {
  test('goes by its first words', () => {
    const title = { type: 'Container', items: [{ type: 'TextBlock', text: 'Task \\*1\\*' }] }
    expect(firstText({ body: [{ type: 'Image' }, title] })).toBe('Task *1*')
    expect(firstText({ body: 'x' })).toBeUndefined()
  })

  test.each([
    ['1.0', undefined],
    ['1.5', undefined],
    ['1.6', 'Instead'],
    [undefined, 'Instead'],
  ])('of version %j is drawn, or its fallback is', (version, shown) =>
    expect(cannotBeDrawn({ type: 'AdaptiveCard', version, fallbackText: 'Instead' })).toBe(shown),
  )

  test('is read without fault, whatever was sent', () => {
    fc.assert(
      fc.property(fc.anything(), (sent) => {
        firstText(sent)
        mentionedNames(sent)
        cannotBeDrawn(sent)
      }),
    )
  })
})
