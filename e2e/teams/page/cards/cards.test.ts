import * as fc from 'fast-check'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { Markdown } from './markdown.tsx'
import { MessageCard } from './message-card.tsx'
import { readCard } from './read-card.ts'

/** What is drawn, without Fluent's classes and the attributes that every link has. */
const draw = (text: string) =>
  renderToStaticMarkup(createElement(Markdown, { text })).replaceAll(
    / (class|type|rel|target|tabindex)="[^"]*"/g,
    '',
  )

describe('Markdown', () => {
  test.each([
    ['**bold** and *slanted*', '<p><strong>bold</strong> and <em>slanted</em></p>'],
    ['__bold__ and _slanted_', '<p><strong>bold</strong> and <em>slanted</em></p>'],
    ['~~gone~~ `code`', '<p><s>gone</s> <code>code</code></p>'],
    ['snake_case_name and 2 * 3 * 4', '<p>snake_case_name and 2 * 3 * 4</p>'],
    ['\\*not slanted\\*', '<p>*not slanted*</p>'],
    ['**a \\*\\* b**', '<p><strong>a ** b</strong></p>'],
    ['[here](https://example.com/a?b=1)', '<p><a href="https://example.com/a?b=1">here</a></p>'],
    ['one line\nthe same', '<p>one line the same</p>'],
    ['one line\n\nanother', '<p>one line</p><p>another</p>'],
    ['- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
    ['1. a\n2. b', '<ol><li>a</li><li>b</li></ol>'],
    ['# Title\n> quoted', '<p><strong>Title</strong></p><blockquote>quoted</blockquote>'],
  ])('draws %j', (text, html) => expect(draw(text)).toBe(html))

  test.each(['<img src=x onerror=alert(1)>', '<script>alert(1)</script>', '&lt;b&gt;'])(
    'shows %j as the text it is',
    (text) =>
      expect(draw(text)).toBe(
        `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>`,
      ),
  )

  test.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', '//example.com', 'file:///etc/passwd'])(
    'never makes a link of %j',
    (address) => expect(draw(`[here](${address})`)).not.toContain('<a'),
  )

  test('never makes an element of anything but its own Markdown', () => {
    const hostile = fc.array(
      fc.constantFrom(
        '<',
        '>',
        '"',
        '&',
        '*',
        '_',
        '`',
        '[',
        ']',
        '(',
        ')',
        '\\',
        '~',
        '\n',
        '- ',
        'a',
        'javascript:',
        'https://x.y',
      ),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(hostile, (parts) => {
        const tags = draw(parts.join('')).match(/<\/?[a-z]+/g) ?? []
        expect(tags.filter((tag) => !/^<\/?(p|ul|ol|li|blockquote|strong|em|s|code|a)$/.test(tag))).toEqual(
          [],
        )
      }),
    )
  })
})

describe('a card', () => {
  test('is drawn with at most ten sections and four buttons, as Teams does', () => {
    const many = (count: number, one: object) => Array.from({ length: count }, () => one)
    const card = readCard({
      summary: 's',
      sections: many(12, {}),
      potentialAction: many(6, { '@type': 'OpenUri' }),
    })
    expect([card.sections.length, card.actions.length]).toEqual([10, 4])
  })

  test('is always drawn, whatever was sent', () => {
    const part = fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue()))
    const section = fc.record({
      title: part,
      facts: part,
      images: part,
      text: part,
      activityImage: part,
      potentialAction: part,
    })
    const message = fc.record({
      title: part,
      text: part,
      summary: part,
      sections: fc.array(section),
      potentialAction: part,
    })
    fc.assert(
      fc.property(message, (sent) => {
        renderToStaticMarkup(createElement(MessageCard, { card: readCard(sent) }))
      }),
    )
  })
})
