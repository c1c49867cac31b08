import * as fc from 'fast-check'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { Markdown } from '../../e2e/teams/page/cards/markdown.tsx'
import type { AdaptiveMessage } from '../model/adaptive-card.ts'
import type { Event } from '../model/event.ts'
import type { MessageCard } from '../model/message-card.ts'
import { drawAdaptiveCard } from './adaptive-card.ts'
import { boldHeadings } from './bold-headings.ts'
import { cardFromDigest } from './from-digest.ts'
import { cardFromEvent } from './from-event.ts'
import { cardFromNotice } from './from-notice.ts'
import { asMarkdown, oneLine } from './markdown.ts'
import { drawMessageCard } from './message-card.ts'

/** What people who mean harm, and people who write about code, put into a title. */
const pieces = [
  ...Array.from('*_`~[]()<>!#+-=|&\\{}@$.:1a \n\t'),
  '**',
  '](',
  '[a](https://evil.example)',
  '![a](https://evil.example/p.png)',
  '[a](javascript:alert(1))',
  '<at>Everyone</at>',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<!--',
  '&lt;b&gt;',
  '&#x202E;',
  '{{DATE(2026-01-01T00:00:00Z, SHORT)}}',
  '{{TIME(2026-01-01T00:00:00Z)}}',
  '","type":"Action.Execute',
  '\n# ',
  '\n- ',
  '\n```\n',
  '\u202E',
  '\u2028',
]
const hostile = fc
  .oneof(
    fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 12 }).map((some) => some.join('')),
    fc.string({ unit: 'binary' }),
  )
  // An address alone is shown as a link to itself, which is what it says.
  .filter((some) => oneLine(some) !== '' && !/^https?:/i.test(oneLine(some)))

const reader = (sourceName: string) => ({ locale: 'en', zone: 'UTC', sourceName })

const eventOf = (text: string): Event => ({
  id: '01936f5e-0000-7000-8000-000000000000',
  sourceId: '01936f5e-0000-7000-8000-000000000001',
  externalId: text,
  type: text,
  subject: text,
  title: text,
  severity: 'critical',
  occurredAt: '2026-11-20T23:30:00.000Z',
  actor: { name: text },
  links: Array.from({ length: 6 }, (_, index) => ({ title: text, url: `https://a.b/${index}` })),
  facts: [{ name: text, value: text }],
  fields: { any: text },
})

const digestOf = (text: string) =>
  cardFromDigest(
    {
      reason: 'digest',
      configurationName: text,
      from: '2026-11-20T09:00:00.000Z',
      to: '2026-11-20T10:00:00.000Z',
      total: 2,
      counts: { a: 2 },
      typeTitles: { a: text },
      events: [
        {
          type: 'a',
          title: text,
          severity: 'info',
          occurredAt: '2026-11-20T09:10:00.000Z',
          url: 'https://a.b',
        },
        { type: 'a', title: text, severity: 'info', occurredAt: '2026-11-20T09:20:00.000Z' },
      ],
    },
    reader(text),
  )

const cardsOf = (text: string) => [cardFromEvent(eventOf(text), reader(text)), digestOf(text)]

/** The texts of a drawing that a client may read as more than text, which it never does with buttons and summaries. */
function formattedIn(drawing: MessageCard | AdaptiveMessage): string[] {
  return '@type' in drawing
    ? textsOf({ title: drawing.title, sections: drawing.sections }, [
        'title',
        'name',
        'value',
        'text',
        'activityTitle',
        'activitySubtitle',
      ])
    : textsOf(drawing.attachments[0].content.body, ['text', 'title', 'value'])
}

/** Those of them that it reads as Markdown. */
function markdownIn(drawing: MessageCard | AdaptiveMessage): string[] {
  return '@type' in drawing
    ? textsOf(drawing.sections, ['value', 'text', 'activityTitle'])
    : formattedIn(drawing)
}

function textsOf(drawing: unknown, keys: readonly string[], key = ''): string[] {
  if (typeof drawing === 'string') return keys.includes(key) ? [drawing] : []
  if (typeof drawing !== 'object' || drawing === null) return []
  return Object.entries(drawing).flatMap(([name, value]) =>
    textsOf(value, keys, Array.isArray(drawing) ? key : name),
  )
}

/** A drawing with every text that is for people left out. */
function skeletonOf(drawing: unknown): unknown {
  const fixed = new Set(['type', '@type', 'style', 'url', 'uri', 'os', 'version', 'contentType', 'size'])
  return JSON.parse(
    JSON.stringify(drawing, (key, value: unknown) =>
      typeof value === 'string' && !fixed.has(key) ? '' : value,
    ),
  )
}

/** What a client that reads Markdown makes of a text: the words, the elements around them, and where links lead. */
function shown(markdown: string) {
  const markup = renderToStaticMarkup(createElement(Markdown, { text: markdown }))
  const words = markup
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|amp|#x27);/g, (_, name: string) => entities[name] ?? '')
  return {
    words: words.replaceAll('\u2060', ''),
    elements: [...markup.matchAll(/<([a-z0-9]+)/g)].map(([, name]) => name),
    links: [...markup.matchAll(/ href="([^"]*)"/g)].map(([, url]) => url),
  }
}
const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', '#x27': "'" }

describe.each([
  ['MessageCard', drawMessageCard],
  ['Adaptive Card', drawAdaptiveCard],
] as const)('hostile text in any field of a %s', (_name, draw) => {
  test('forms no tag, mention, entity or computed time', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const value of cardsOf(text).flatMap((card) => formattedIn(draw(card)))) {
          expect(value).not.toMatch(/<[a-z/!?]|&[a-z#]|\{\{(date|time)\(/i)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('arrives as that text where a client reads Markdown, and formats nothing', () => {
    const before = cardsOf('harmless').flatMap((card) => markdownIn(draw(card)).map(shown))
    fc.assert(
      fc.property(hostile, (text) => {
        const line = oneLine(text).replaceAll('\u2060', '')
        const after = cardsOf(text).flatMap((card) => markdownIn(draw(card)).map(shown))
        expect(after).toEqual(
          before.map((one) => ({ ...one, words: one.words.replaceAll('harmless', () => line) })),
        )
      }),
      { numRuns: 500 },
    )
  })

  test('adds nothing to the card: no element, no button, no address', () => {
    const [event, digest] = cardsOf('harmless').map((card) => skeletonOf(draw(card)))
    fc.assert(
      fc.property(hostile, (text) => {
        const drawn = cardsOf(text).map((card) => skeletonOf(draw(card)))
        expect(drawn).toEqual([event, digest])
      }),
    )
  })

  test('is Markdown in the text of an event, but no tag, mention, picture or way out of the web', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const event = { ...eventOf('harmless'), text }
        for (const value of formattedIn(draw(cardFromEvent(event, reader('harmless'))))) {
          expect(value).not.toMatch(/<[a-z/!?]|&[a-z#]|\{\{(date|time)\(/i)
          expect(value).not.toMatch(/!\[[^\]]*\]\(/)
          expect(value).not.toMatch(/\]\(\s*(?!\s|https?:|mailto:)/i)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('is a name in a notice', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const line = oneLine(text).replaceAll('\u2060', '')
        const card = cardFromNotice({ about: 'test', configurationName: text }, { locale: 'en' })
        expect(shown(card.text ?? '').words).toContain(line)
      }),
    )
  })
})

test('a name that is mentioned is letters, digits and what stands between names, whatever it was', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const mentions = { label: 'For', people: [{ name: text, id: 'ada@example.com' }] }
      const card = { ...cardFromEvent(eventOf('harmless'), reader('harmless')), mentions }
      const [entity] = drawAdaptiveCard(card).attachments[0].content.msteams.entities ?? []
      expect(entity?.text).toMatch(/^<at>[\p{L}\p{M}\p{N}\u200C .,'’·–-]+<\/at>$/u)
      expect(JSON.stringify(drawMessageCard(card))).not.toContain('<at>')
    }),
    { numRuns: 1_000 },
  )
})

describe('a heading', () => {
  test.each([
    ['# Changes', '**Changes**'],
    ['Before\n## What *is* new ##\nAfter', 'Before\n\n**What *is* new**\n\nAfter'],
    ['# The **gate**', '**The gate**'],
    ['# C:\\', '**C:\\\\**'],
    ['```sh\n# a comment\n```\n# Real', '```sh\n# a comment\n```\n\n**Real**'],
    ['#hashtag', '#hashtag'],
    ['# ***', '# ***'],
  ])('is a bold paragraph in an Adaptive Card: %j', (markdown, expected) => {
    expect(boldHeadings(markdown)).toBe(expected)
  })

  test('says the same words, and a text without headings stays as it is', () => {
    const words = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')
    fc.assert(
      fc.property(hostile.map(asMarkdown), (text) => {
        const drawn = boldHeadings(text)
        expect(words(drawn)).toBe(words(text))
        if (!text.includes('#')) expect(drawn).toBe(text)
      }),
      { numRuns: 1_000 },
    )
  })
})
