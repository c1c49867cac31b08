import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMarkdownCutter } from './cut-markdown.ts'
import { asMarkdown } from './markdown.ts'

const cutMarkdown = (text: string, longest: number) => createMarkdownCutter(asMarkdown(text))(longest)

/** Markdown made of what it means, with nothing in it that could be misread: whatever sign is seen was broken. */
const word = fc.constantFrom('alpha', 'be', 'gamma', 'délta', '漢字', '🦊', 'ziffer9', 'x'.repeat(30))
const words = fc.array(word, { minLength: 1, maxLength: 6 }).map((some) => some.join(' '))
const plain = fc.oneof(
  words,
  words.map((some) => `\`${some}\``),
  words.map((some) => `~~${some}~~`),
  words.map((some) => `[${some}](https://a.b/c)`),
  words.map((some) => `${some} \\* ${some} \\[${some}`),
  words.map((some) => `https://a.b/${some.replaceAll(' ', '/')}`),
)
const several = (piece: fc.Arbitrary<string>) =>
  fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(' '))
const slanted = (piece: fc.Arbitrary<string>) => several(piece).map((inner) => `_${inner}_`)
const bold = (piece: fc.Arbitrary<string>) => several(piece).map((inner) => `**${inner}**`)
const phrase = several(
  fc.oneof(plain, bold(fc.oneof(plain, slanted(plain))), slanted(fc.oneof(plain, bold(plain)))),
)
const lines = fc.array(phrase, { minLength: 1, maxLength: 4 })
const code = fc.array(words, { minLength: 1, maxLength: 6 }).map((some) => some.join('\n'))
const block = fc.oneof(
  phrase,
  phrase.map((some) => `## ${some}`),
  lines.map((some) => some.join('\n')),
  lines.map((some) => some.map((each) => `- ${each}`).join('\n')),
  lines.map((some) => some.map((each, index) => `${index + 1}. ${each}`).join('\n')),
  lines.map((some) => some.map((each) => `> ${each}`).join('\n')),
  code.map((some) => `\`\`\`\n${some}\n\`\`\``),
  code.map((some) => `> \`\`\`\n> ${some.replaceAll('\n', '\n> ')}\n> \`\`\``),
)
const markdown = fc.array(block, { minLength: 1, maxLength: 6 }).map((blocks) => blocks.join('\n\n'))

/** What people read of such Markdown, without its blanks. */
function read(text: string): string {
  let seen = text
    .replace(/^(?:> )?```\n([^`]*?)\n(?:> )?```$/gm, (_fence, inside: string) => inside.replace(/^> /gm, ''))
    .replace(/^(?:- |\d\. |> |## )/gm, '')
    .replace(/\\[*[]/g, (escape) => (escape === '\\*' ? '×' : '⟦'))
    .replace(/https:\/\/[^\s()]*[^\s()*_~]/g, (address) => address.replaceAll('_', '‗'))
  for (let before = ''; before !== seen; ) {
    before = seen
    seen = seen
      .replace(/`([^`]+)`/g, '$1')
      .replace(/\[([^[\]]+)\]\(([^()\s]+)\)/g, '$1‹$2›')
      .replace(/(\*\*|~~)((?:(?!\1)[^])+)\1/g, '$2')
      .replace(/(?<![\p{L}\d])_([^_]+)_(?![\p{L}\d])/gu, '$1')
  }
  return seen.replace(/\s+/g, '')
}

describe('Markdown that is cut', () => {
  test('reads as the beginning of the whole, with nothing in it broken', () => {
    fc.assert(
      fc.property(markdown, fc.integer({ min: 6, max: 400 }), (whole, longest) => {
        const short = cutMarkdown(whole, longest)
        const seen = read(short).replace('…', '')
        expect(seen).not.toMatch(/[*_~`[\]()\\]/)
        expect(read(whole).startsWith(seen)).toBe(true)
        if (short !== whole && short !== '') expect(short).toContain('…')
      }),
      { numRuns: 3_000 },
    )
  })

  test('is never more, the less is asked for', () => {
    fc.assert(
      fc.property(markdown, fc.integer({ min: 6, max: 300 }), fc.nat(40), (whole, longest, more) => {
        const shorter = cutMarkdown(whole, longest)
        // But for the blank behind an address.
        expect(shorter.length).toBeLessThanOrEqual(cutMarkdown(whole, longest + more).length + 1)
      }),
      { numRuns: 1_000 },
    )
  })

  test.each([
    ['emphasis is closed', 'Some **bold and _slanted words_ here** end', 26, 'Some **bold and…**'],
    ['emphasis that has not begun is not opened', 'Some words and **bold** text', 22, 'Some words and…'],
    ['a link is kept whole or not at all', 'See [the site](https://a.b/c) now and then', 24, 'See…'],
    [
      'a link that was kept is told from the ellipsis',
      'See [it](https://a.b) now, and then',
      28,
      'See [it](https://a.b)…',
    ],
    ['code is closed', 'Run `npm ci and then npm test` now', 22, 'Run `npm ci and…`'],
    ['a fence is closed', '```\none two\nthree four\n```\nafter', 20, '```\none two…\n```'],
    [
      'a quoted fence is closed in its quotation',
      '> ```\n> one two\n> three\n> ```',
      22,
      '> ```\n> one two…\n> ```',
    ],
    ['a fence without a word in it is not opened', 'Log:\n\n```text\nsomething\n```', 20, 'Log:…'],
    ['an escape is kept whole', 'A note with 5 \\* 3 in it', 20, 'A note with 5…'],
    ['a broken line ends as any other', 'one two\\\nthree four', 16, 'one two…'],
    ['an item without a word in it is not begun', '- one\n- two\n- three', 18, '- one\n- two…'],
    ['marks in different items are no pair', '- one *two three\n- four* five', 18, '- one *two…'],
    [
      'a mark in a link has no other half',
      '[*b](https://c.d/e) and more* words',
      28,
      '[*b](https://c.d/e) and…',
    ],
    ['a mark that closes and opens is not the last', '*one***two three** four', 13, '*one…*'],
    ['what only looks like emphasis is left alone', '2 * 3 * 4 is snake_case_name here', 30, '2 * 3 * 4 is…'],
  ])('%s', (_what, whole, longest, short) => expect(cutMarkdown(whole, longest)).toBe(short))

  test('of a megabyte made to explode takes no time to speak of', () => {
    const pieces = [
      '*',
      '_a ',
      '*a ',
      '[',
      '[](http://',
      '](',
      '`',
      '\n',
      '>',
      '\n- a',
      '```\n',
      '~~a ',
      'http://_',
      '\\',
      ' ',
    ]
    for (const piece of pieces) {
      const text = piece.repeat(1_000_000 / piece.length)
      expect(createMarkdownCutter(text)(20_000).length).toBeLessThan(50_000)
    }
  })
})
