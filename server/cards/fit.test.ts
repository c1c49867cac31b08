import * as fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSimulatedTeams, type SimulatedTeams } from '../../e2e/teams/simulated-teams.ts'
import type { Transport } from '../model/destination.ts'
import type { Event } from '../model/event.ts'
import { MessageCard } from '../model/message-card.ts'
import type { Card } from './card.ts'
import { createEventRenderer } from './event-renderer.ts'
import { type Fitted, fit, wireBudgetBytes } from './fit.ts'
import { oneLine } from './markdown.ts'
import { render } from './render.ts'

/** Counterexamples are large, and made no clearer by being smaller. */
const runs = { numRuns: 100, endOnFailure: true }
const messageCard = Compile(MessageCard)
const transports = ['connector', 'workflow'] as const

/** Text that wants to break something, of any length, and often of the same again and again. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.lorem({ maxCount: 20 }),
  fc.constantFrom(
    '👩‍👩‍👧‍👦',
    '🇫🇷',
    'e\u0301',
    'שלום \u202E',
    'مرحبا ',
    '漢字',
    '\u0000\u0007',
    '\u2028',
    '\uD83D',
    '\uDC00',
    ...Array.from('*_`~[]()<>!#+-=|&\\"\n'),
    '**',
    '```\n',
    '](',
    '<at>',
    '&lt;',
    '\n\n- ',
    '\n> ',
    'https://a.b/',
    '[a](https://b.c/',
    '[a b](https://c.d/e) ',
    '**a _b_ c** ',
    '`a b` ',
  ),
)
const repeated = fc.tuple(piece, fc.integer({ min: 1, max: 500 })).map(([some, times]) => some.repeat(times))
const text = fc.oneof(
  { weight: 3, arbitrary: fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')) },
  { weight: 1, arbitrary: repeated },
)
const address = fc.oneof(
  { weight: 4, arbitrary: fc.webUrl({ validSchemes: ['https'], withQueryParameters: true }) },
  { weight: 1, arbitrary: fc.integer({ min: 1_000, max: 9_000 }).map((n) => `https://a.b/${'c'.repeat(n)}`) },
)
const severity = fc.constantFrom('info', 'success', 'warning', 'critical')
const fact = fc.record({ name: text, value: text })
const link = fc.record({ title: text, url: address })
const item = fc.record({ severity, title: text, url: address, when: fc.constant('10:42') })
const many = <Row>(row: fc.Arbitrary<Row>) =>
  fc.oneof(
    fc.array(row, { maxLength: 6 }),
    fc.tuple(row, fc.integer({ min: 1, max: 200 })).map(([some, count]) => times(count, some)),
  )
const list = fc
  .tuple(many(item), fc.nat(1_000))
  .map(([items, more]) => ({ items, total: items.length + more }))
const cards: fc.Arbitrary<Card> = fc.record(
  {
    summary: text,
    title: text.map((some) => `Title ${some}`),
    severity,
    text,
    byline: text.map((some) => `Ada ${some}`),
    when: fc.constant('21 Nov 2026, 00:30 CET'),
    actorImageUrl: address,
    imageUrl: address,
    mentions: fc.record({
      label: fc.constant('For'),
      people: fc.array(fc.record({ name: text, id: fc.constant('ada@example.com') }), {
        minLength: 1,
        maxLength: 10,
      }),
    }),
    facts: many(fact),
    links: many(link),
    list,
  },
  { requiredKeys: ['summary', 'title', 'severity', 'facts', 'links'] },
)
const budget = fc.oneof(fc.constant(wireBudgetBytes), fc.integer({ min: 4_096, max: wireBudgetBytes }))
const language = fc.constantFrom('en-US', 'fr-FR', 'zh-CN', 'de')

const plain: Card = {
  summary: 'Build 12 failed',
  title: 'Build 12 failed',
  severity: 'critical',
  byline: 'Ada · Builds',
  facts: [{ name: 'Branch', value: 'main' }],
  links: [{ title: 'Open build', url: 'https://builds.example/12' }],
}

/** Every string in a body, with the names of its places left out. */
function stringsIn(body: string): string[] {
  const strings: string[] = []
  JSON.parse(body, (_key, value: unknown) => {
    if (typeof value === 'string') strings.push(value)
    return value
  })
  return strings
}

/** What a connector is told, as counts and lengths that must shrink together. */
function measure({ body }: Fitted) {
  const drawn = JSON.parse(body) as MessageCard
  const [, ...others] = drawn.sections
  const below = others.map((section) => section.text ?? '')
  const listed = others.flatMap((section) => section.facts ?? [])
  const facts = drawn.sections[0]?.facts ?? []
  return {
    title: drawn.title.length,
    byline: drawn.sections[0]?.activityTitle?.length ?? 0,
    facts: facts.filter(({ name }) => name !== '…').length,
    longestFact: Math.max(0, ...facts.map(({ value }) => value.length)),
    links: (drawn.potentialAction?.length ?? 0) + (below.join('\n').match(/^- \[/gm)?.length ?? 0),
    items: listed.filter(({ name }) => name !== '…').length,
  }
}

describe.each(transports)('by %s, any card', (transport) => {
  test('is under the budget, whatever it holds', () => {
    fc.assert(
      fc.property(cards, language, budget, (card, spoken, bytes) => {
        const { body, sizeBytes } = fit(card, transport, spoken, bytes)
        expect(sizeBytes).toBe(new TextEncoder().encode(body).length)
        expect(sizeBytes).toBeLessThanOrEqual(bytes)
      }),
      runs,
    )
  })

  test('is the very card where it fits, and says nothing of being shortened', () => {
    fc.assert(
      fc.property(cards, language, (card, spoken) => {
        const whole = render(card, transport)
        expect(fit(card, transport, spoken, whole.sizeBytes)).toEqual({ ...whole, shortened: null })
      }),
      runs,
    )
  })

  test('holds no half of a character', () => {
    fc.assert(
      fc.property(cards, budget, (card, bytes) => {
        for (const some of stringsIn(fit(card, transport, 'en', bytes).body))
          expect(some).not.toMatch(/\p{Surrogate}/u)
      }),
      runs,
    )
  })

  test('keeps the start of its title, and its first link where that is an address that people use', () => {
    fc.assert(
      fc.property(cards, link, (card, { title, url }) => {
        fc.pre(url.length <= 4_096)
        const { body } = fit({ ...card, links: [{ title, url }, ...card.links] }, transport, 'en')
        expect(stringsIn(body).some((some) => some.includes('Title'))).toBe(true)
        expect(stringsIn(body)).toContain(url)
      }),
      runs,
    )
  })

  test('tells its readers and the record whatever it lost', () => {
    fc.assert(
      fc.property(cards, budget, (card, bytes) => {
        const { body, shortened } = fit(card, transport, 'en', bytes)
        const isWhole = body === render(card, transport).body
        expect(shortened === null).toBe(isWhole)
        const told = stringsIn(body).join('\n').replaceAll('\\', '')
        const note = /This card was too large for Teams\..*/.exec(told)?.[0] ?? ''
        for (const part of shortened?.split(', ') ?? []) {
          expect(
            note.includes(part.replace(/s$/, '')) ||
              (part === 'people' && note.includes('1 person')) ||
              /and [\d,]+ more/.test(told),
            `${part}: ${note}`,
          ).toBe(true)
        }
      }),
      runs,
    )
  })
})

test('a smaller budget never keeps more of anything', () => {
  fc.assert(
    fc.property(cards, budget, budget, (card, one, other) => {
      const less = measure(fit(card, 'connector', 'en', Math.min(one, other)))
      const more = measure(fit(card, 'connector', 'en', Math.max(one, other)))
      for (const part of ['title', 'byline', 'facts', 'longestFact', 'links', 'items'] as const) {
        // The ellipsis and "and 8 more" may stand where less stood before.
        const room = part === 'longestFact' ? 20 : 0
        expect(less[part], part).toBeLessThanOrEqual(more[part] + room)
      }
    }),
    runs,
  )
})

test('every MessageCard that was shortened is one that Teams takes', () => {
  fc.assert(
    fc.property(cards, budget, (card, bytes) => {
      fc.pre(oneLine(card.summary) !== '' && card.list?.items.length !== 0)
      expect(messageCard.Errors(JSON.parse(fit(card, 'connector', 'en', bytes).body))).toEqual([])
    }),
    runs,
  )
})

const megabyte = 1_000_000
const times = <Row>(count: number, row: Row): Row[] => Array.from({ length: count }, () => row)

const hugeCards: [string, Partial<Card>, string][] = [
  ['a megabyte of words', { text: 'a word or **two** '.repeat(megabyte / 18) }, 'text'],
  ['a line of a megabyte', { text: 'x'.repeat(megabyte) }, 'text'],
  ['a megabyte of families', { text: '👩‍👩‍👧‍👦'.repeat(megabyte / 25) }, 'text'],
  ['a megabyte from right to left', { text: 'שלום עולם '.repeat(megabyte / 20) }, 'text'],
  ['a log in a fence', { text: `\`\`\`\n${'12:00 all is well\n'.repeat(50_000)}\`\`\`` }, 'text'],
  ['a title of a megabyte', { title: 'Title '.repeat(megabyte / 6) }, 'title'],
  ['10,000 facts', { facts: times(10_000, { name: 'Fact', value: 'some value' }) }, 'facts'],
  ['40 long facts', { facts: times(40, { name: 'Fact', value: 'value '.repeat(200) }) }, 'facts'],
  ['300 links', { links: times(300, { title: 'Link', url: `https://a.b/${'c'.repeat(90)}` }) }, 'links'],
  ['an address of 100 KB', { links: [{ title: 'Far', url: `https://a.b/${'c'.repeat(100_000)}` }] }, 'links'],
  ['pictures from far away', { imageUrl: `https://a.b/${'c'.repeat(30_000)}` }, 'picture'],
  [
    'text and 10,000 facts',
    { text: 'word '.repeat(2_000), facts: times(10_000, { name: 'F', value: 'v' }) },
    'text, facts',
  ],
]

describe('a card with', () => {
  let teams: SimulatedTeams
  let webhookUrl: string
  beforeAll(async () => {
    let now = Date.parse('2026-11-20T09:00:00Z')
    teams = await createSimulatedTeams({ now: () => (now += 3_600_000) })
    webhookUrl = teams.createConnector().webhookUrl
  })
  afterAll(() => teams.close())

  const post = async (body: string) => {
    const response = await fetch(webhookUrl, { method: 'POST', body, headers: { connection: 'close' } })
    return response.text()
  }

  test.each(hugeCards)('%s is refused as it is, and taken when fitted', async (_what, change, shortened) => {
    const card = { ...plain, ...change }
    for (const transport of transports) {
      expect(await post(render(card, transport).body)).toContain('HTTP error 413')
      const fitted = fit(card, transport, 'en')
      expect(fitted.shortened).toBe(shortened)
      expect(await post(fitted.body)).toBe('1')
    }
  })

  test.each(hugeCards.filter(([, , part]) => part === 'text'))(
    '%s keeps as much of it as fits, and all the rest',
    (_what, change) => {
      for (const transport of transports) {
        const { body, sizeBytes } = fit({ ...plain, ...change }, transport, 'en')
        expect(sizeBytes).toBeGreaterThan(wireBudgetBytes - 200)
        expect(body).toContain('Branch')
        expect(body).toContain('https://builds.example/12')
      }
    },
  )
})

test('the budget is what Teams takes by its own measure, even where a KB means 1,000 bytes', () => {
  expect(wireBudgetBytes * 1.18).toBeLessThan(28_000)
})

describe('what was lost is told', () => {
  const told = (change: Partial<Card>, locale: string, bytes?: number) => {
    const { body } = fit({ ...plain, ...change }, 'connector', locale, bytes)
    return JSON.parse(body) as MessageCard
  }
  const facts = Array.from({ length: 10_000 }, (_, index) => ({ name: `Fact ${index}`, value: 'some value' }))

  test.each([
    ['en', 'This card was too large for Teams. Shortened: title and text. Left out: 2 links.'],
    ['fr', 'Cette carte était trop grande pour Teams. Abrégé\u00A0: titre et texte. Omis\u00A0: 2 liens.'],
    ['zh', '此卡片超出了 Teams 的大小限制。已缩短：标题和正文。已省略：2 个链接。'],
  ])('in %s', (locale, sentence) => {
    const far = { title: 'Far', url: `https://a.b/${'c'.repeat(9_000)}` }
    const change = { title: 'Title '.repeat(100), text: 'word '.repeat(9_000), links: [far, far] }
    expect(told(change, locale).sections.at(-1)?.text).toBe(`_${sentence}_`)
  })

  test.each([
    ['en', /^and 9,\d{3} more$/],
    ['fr', /^et 9\s\d{3} autres$/],
    ['zh', /^另有 9,\d{3} 项$/],
  ])('below the facts, in %s, with their exact number', (locale, more) => {
    const kept = told({ facts }, locale).sections[0]?.facts ?? []
    expect(kept.at(-1)).toEqual({ name: '…', value: expect.stringMatching(more) })
    expect(Number(kept.at(-1)?.value.replace(/\D/g, ''))).toBe(facts.length - (kept.length - 1))
    expect(kept.slice(0, -1).map(({ name }) => name)).toEqual(
      facts.slice(0, kept.length - 1).map(({ name }) => name),
    )
  })

  test('of people, who are left out whole', () => {
    const people = Array.from({ length: 10 }, (_, index) => ({
      name: `${'Ada '.repeat(40)}${index}`,
      id: `ada${index}@example.com`,
    }))
    const card = { ...plain, mentions: { label: 'For', people } }
    const { body, shortened } = fit(card, 'workflow', 'en', 3_500)
    expect(shortened).toContain('people')
    expect(body).toMatch(/Left out: [^.]*\d+ people/)
    const kept = stringsIn(body).filter((some) => some.startsWith('<at>') && !some.includes(', '))
    expect(kept.length).toBeGreaterThan(0)
    expect(kept).toEqual(people.slice(0, kept.length).map(({ name }) => `<at>${name}</at>`))
  })

  test('where nothing but the title has room', () => {
    const url = `https://a.b/${'c'.repeat(4_000)}`
    const { title, potentialAction, sections } = told(
      { facts, text: 'word '.repeat(9_000), links: [{ title: 'Far', url }] },
      'en',
      4_096,
    )
    expect(title).toBe('🔴 Build 12 failed')
    expect(potentialAction).toBeUndefined()
    expect(sections.at(-1)?.text).toContain('Left out: text, 10,000 facts, and 1 link.')
  })
})

test('an event that is too large is shortened once for all who read it alike, in their language', () => {
  const event: Event = {
    id: '01936f5e-0000-7000-8000-000000000000',
    sourceId: '01936f5e-0000-7000-8000-000000000001',
    externalId: 'e-1',
    type: 'build.failed',
    subject: 'B-12',
    title: 'Build 12 failed',
    text: 'word '.repeat(9_000),
    severity: 'critical',
    occurredAt: '2026-11-20T23:30:00.000Z',
    links: [],
    facts: [],
    fields: {},
  }
  const renderEvent = createEventRenderer()
  const reader = { locale: 'fr-FR', zone: 'Europe/Paris', sourceName: 'Builds' }
  const fitted = renderEvent(event, reader, 'workflow')
  expect(fitted).toMatchObject({ shortened: 'text', body: expect.stringContaining('trop grande pour Teams') })
  expect(renderEvent(event, { ...reader }, 'workflow')).toBe(fitted)
})

test('the link outlives pictures, text and facts', () => {
  const url = `https://a.b/${'漢'.repeat(3_900)}`
  const card = { ...plain, text: 'word '.repeat(2_000), actorImageUrl: url, imageUrl: url }
  for (const transport of transports) {
    const { body, shortened } = fit(card, transport, 'en')
    expect(shortened).toBe('text, facts, picture')
    expect(body).toContain('Left out: text, 1 fact, and picture.')
    expect(stringsIn(body)).toContain('https://builds.example/12')
  }
})

test('a list that is folded still counts all that it stands for', () => {
  const items = Array.from({ length: 20 }, (_, index) => ({
    severity: 'info' as const,
    title: `Task ${index} was created`,
    url: `https://tasks.example/${'t'.repeat(2_000)}/${index}`,
  }))
  const transportOf = (transport: Transport) =>
    fit({ ...plain, list: { items, total: 345 } }, transport, 'en')
  for (const transport of transports) {
    const { body, shortened } = transportOf(transport)
    const shown = body.match(/Task \d+ was created/g)?.length ?? 0
    expect(shortened).toBe('events')
    expect(shown).toBeGreaterThan(5)
    expect(body).toContain(`and ${345 - shown} more`)
  }
})
