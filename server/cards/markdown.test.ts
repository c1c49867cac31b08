import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asLink, asMarkdown, asPlain, asTitle, oneLine } from './markdown.ts'

/** What a reader of Markdown shows of escaped text: the escapes and the invisible joiners gone. */
function shown(markdown: string): string {
  return markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll('\u2060', '')
}

/** The parts of a text that a reader of Markdown would take for syntax: those that no backslash precedes. */
function unescaped(markdown: string): string {
  return markdown.replace(/\\[!-/:-@[-`{-~]/g, '')
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      ...Array.from('*_`~[]()<>!#+-=|&\\ \n.1a'),
      '<at>',
      '</at>',
      '<script>',
      '](',
      'javascript:',
      'https://x.y/',
      '&lt;',
      '\u202E',
      '\u00A0',
      '\u202F',
    ),
    maxLength: 20,
  }),
)

describe('plain text', () => {
  test('is shown as it is and formats nothing, whatever it holds', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        fc.pre(!/^https?:/i.test(oneLine(text)))
        const plain = asPlain(text)
        expect(shown(plain)).toBe(oneLine(text).replaceAll('\u2060', ''))
        expect(unescaped(plain)).not.toMatch(/[*_`~[\]]/)
        expect(plain).not.toMatch(/<[a-z/!?]|&[a-z#]/i)
        expect(plain).not.toMatch(/^([#>]|[+-]\s|[=-]+$|\d+[.)]\s)/)
        expect(plain).not.toMatch(/\n/)
      }),
      { numRuns: 2_000 },
    )
  })

  test.each([
    ['snake_case', 'snake\\_case'],
    ['[acme] **now**', '\\[acme\\] \\*\\*now\\*\\*'],
    ['C:\\Users', 'C:\\Users'],
    ['a\\*b', 'a\\\\\\*b'],
    ['+1 -1 in 3.2', '+1 -1 in 3.2'],
    ['- 1', '\u2060- 1'],
    ['D:\\', 'D:\\\\'],
    ['1 < 2 & 3 > 2', '1 < 2 & 3 > 2'],
    ['Build 3.2 (main)!', 'Build 3.2 (main)!'],
  ])('is escaped no more than needed: %s', (text, escaped) => {
    expect(asPlain(text)).toBe(escaped)
  })

  test('that is an address links to itself', () => {
    expect(asPlain('https://a.b/c_d?(e)')).toBe('[https://a.b/c\\_d?(e)](https://a.b/c_d?%28e%29)')
  })
})

describe('one line', () => {
  test('keeps what holds words together, so that no line begins with a colon', () => {
    for (const title of ['Tâche créée\u00A0: Prévenir', 'Terminée\u202F!']) {
      expect(oneLine(title)).toBe(title)
      expect(asTitle(title)).toBe(title)
      expect(asPlain(title)).toBe(title)
    }
  })

  test('is never empty space: at no end, and nowhere more than one blank', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(oneLine(text)).not.toMatch(/^\s|\s$|\s\s|[^\S \u00A0\u202F]/)
        expect(oneLine(oneLine(text))).toBe(oneLine(text))
      }),
      { numRuns: 2_000 },
    )
    expect(oneLine('\u00A0a\u00A0\u202Fb \u00A0 c\td\u2003e\u00A0')).toBe('a b c d e')
  })
})

describe('a title', () => {
  test('is shown as it is, and forms no tag, entity or link where a client would format it all the same', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const title = asTitle(text)
        expect(title.replaceAll('\u2060', '')).toBe(oneLine(text).replaceAll('\u2060', ''))
        expect(title).not.toMatch(/<[a-z/!?]|&[a-z#]|\]\(|\n/i)
      }),
    )
  })

  test('is left alone where it holds nothing of the kind', () => {
    expect(asTitle('[acme/site] fix_it: 1 < 2 & more *stars*')).toBe(
      '[acme/site] fix_it: 1 < 2 & more *stars*',
    )
  })
})

describe('Markdown', () => {
  test('keeps what is basic', () => {
    const text =
      '**Bold**, _slanted_, `code`, ~~gone~~\n\n- [site](https://a.b/c)\n- [mail](mailto:a@b.c)\n\n> quoted'
    expect(asMarkdown(text)).toBe(text)
  })

  test('forms no tag, no entity, no picture, and no link but to web pages and mailboxes', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const markdown = asMarkdown(text)
        expect(markdown).not.toMatch(/<[a-z/!?]|&[a-z#]/i)
        expect(markdown).not.toMatch(/!\[[^\]\n]*\]\(/)
        expect(markdown).not.toMatch(/\]\((?!\s*(https?:\/\/|mailto:))/i)
      }),
      { numRuns: 2_000 },
    )
  })

  test.each([
    ['a script', '[x](javascript:alert(1))', '[x]\u2060(javascript:alert(1))'],
    ['a definition', '[x]: javascript:alert(1)', '[x]\u2060: javascript:alert(1)'],
    ['a mention', '<at>Everyone</at>', '<\u2060at>Everyone<\u2060/at>'],
    ['a picture', '![seen](https://spy.example/1.png)', '[seen](https://spy.example/1.png)'],
    [
      'a picture behind a mark',
      '!![seen](https://spy.example/1.png)',
      '!\u2060[seen](https://spy.example/1.png)',
    ],
    ['an address in brackets', '<https://a.b>', 'https://a.b'],
    ['a text that is turned around', 'a\u202Eb', 'ab'],
  ])('is disarmed: %s', (_what, text, safe) => {
    expect(asMarkdown(text)).toBe(safe)
  })

  test('of a megabyte made to explode takes no time to speak of', () => {
    for (const piece of ['![', '](', '<', '[', '![](', '`', '\n', '<https://']) {
      const text = piece.repeat(1_000_000 / piece.length)
      expect(asMarkdown(text).length).toBeLessThan(2_500_000)
      expect(asPlain(text).length).toBeLessThan(2_500_000)
      expect(asTitle(text).length).toBeLessThan(2_500_000)
    }
  })
})

test('a link leads where it says, whatever its title and address hold', () => {
  fc.assert(
    fc.property(hostile, fc.webUrl({ withQueryParameters: true, withFragments: true }), (title, url) => {
      const link = asLink(title, `${url}(x) "y"\\`)
      expect(link.slice(link.lastIndexOf('](') + 2, -1)).toMatch(/^https?:\/\/[^\s()<>"\\]+$/)
      expect(unescaped(link.slice(1, link.lastIndexOf(']')))).not.toMatch(/[[\]]/)
    }),
  )
})
