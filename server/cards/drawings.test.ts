import type * as AdaptiveCards from 'adaptivecards'
// The package's own entry is no module that Node.js can load.
// @ts-expect-error: the bundle comes without types.
import * as bundle from 'adaptivecards/dist/adaptivecards.js'
import * as fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, test } from 'vitest'
import { cardFixtures } from '../../e2e/cards/fixtures.ts'
import { type AdaptiveElement, AdaptiveMessage } from '../model/adaptive-card.ts'
import type { Severity } from '../model/event.ts'
import { MessageCard } from '../model/message-card.ts'
import { drawAdaptiveCard } from './adaptive-card.ts'
import type { Card } from './card.ts'
import { fit } from './fit.ts'
import { asName, oneLine } from './markdown.ts'
import { drawMessageCard } from './message-card.ts'
import { signs } from './rows.ts'

const judge = (bundle as { default: typeof AdaptiveCards }).default
const messageCard = Compile(MessageCard)
const adaptiveMessage = Compile(AdaptiveMessage)

const text = fc.oneof(
  fc.lorem(),
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.string({
    unit: fc.constantFrom(
      ...Array.from('*_`~[]()<>!#+-=|&\\{} \n.1a'),
      '](',
      '<at>',
      'https://x.y/',
      '{{DATE(',
    ),
  }),
)
const word = text.filter((some) => oneLine(some) !== '')
const https = fc.webUrl({ validSchemes: ['https'], withQueryParameters: true })
const severity = fc.constantFrom<Severity[]>('info', 'success', 'warning', 'critical')
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const items = fc.array(
  fc.record({
    severity,
    title: word,
    url: optional(https),
    when: optional(fc.constantFrom('09:30', '20 nov. 09:30')),
  }),
  { minLength: 1, maxLength: 6 },
)
const cards: fc.Arbitrary<Card> = fc
  .record({
    summary: word,
    title: word,
    severity,
    severityLabel: optional(fc.constantFrom('Critical', 'Réussi', '警告')),
    text: optional(text),
    byline: optional(word),
    when: optional(fc.constantFrom('21 Nov 2026, 00:30 CET', '2026年11月21日 GMT+8 07:30')),
    actorImageUrl: optional(https),
    imageUrl: optional(https),
    mentions: optional(
      fc.record({
        label: fc.constantFrom('For', 'Pour', '相关人员'),
        people: fc.array(fc.record({ name: word, id: fc.emailAddress() }), { minLength: 1, maxLength: 4 }),
      }),
    ),
    facts: fc.array(fc.record({ name: word, value: text }), { maxLength: 5 }),
    links: fc.array(fc.record({ title: word, url: https }), { maxLength: 7 }),
    list: optional(fc.record({ items, total: fc.constant(9), more: optional(fc.constant('and 3 more')) })),
    note: optional(fc.lorem()),
  })
  .map((card) => JSON.parse(JSON.stringify(card)) as Card)

/** What a drawing tells, in the words that people see. */
interface Content {
  title: string
  below: string
  byline: string
  text: string
  facts: string[][]
  list: string[][]
  pictures: string[]
  links: string[][]
  note: string
}

/** As a client shows what it takes for Markdown: a link by its label, an escape as what it escapes. */
function seen(markdown: string): string {
  const label = /^\[(.*)\]\(https?:[^\s()]+\)$/.exec(markdown)?.[1] ?? markdown
  return bare(label.replace(/\\([!-/:-@[-`{-~])/g, '$1'))
}

const bare = (line: string) => line.replaceAll('\u2060', '')

/** The words alone: how a text is formatted differs, what it says does not. */
const words = (markdown: string) => markdown.replace(/[^\p{L}\p{N}]/gu, '')

const linked = /^- \[(.*)\]\((https?:[^\s()]+)\)$/
function readLinks(listed: string): string[][] {
  return listed.split('\n').map((line) => {
    const [, label = '', url = ''] = linked.exec(line) ?? []
    return [seen(label), url]
  })
}

/** An address in a text may not have what would end it there. */
const inText = (url: string) => url.replace(/[()\\"]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)

function contentOf(card: Card): Content {
  const line = (some: string | undefined) => bare(oneLine(some ?? ''))
  return {
    title: line(card.title),
    below: [card.severityLabel, card.when].filter(Boolean).join(' · '),
    byline: line(card.byline),
    text: words(card.text?.replace(/[\p{Surrogate}]/gu, '') ?? ''),
    facts: [
      ...(card.mentions
        ? [[card.mentions.label, card.mentions.people.map(({ name }) => asName(name)).join(', ')]]
        : []),
      ...card.facts.map(({ name, value }) => [line(name), line(value)]),
    ],
    list: card.list
      ? [
          ...card.list.items.map(({ when, severity: how, title }) => [
            [when, signs[how]].filter(Boolean).join(' ').replaceAll(' ', '\u00A0') || '–',
            line(title),
          ]),
          ...(card.list.more ? [['…', card.list.more]] : []),
        ]
      : [],
    pictures: [card.actorImageUrl ?? '', card.imageUrl ?? ''],
    links: card.links.map(({ title, url }, index) => [line(title), index < 4 ? url : inText(url)]),
    note: line(card.note),
  }
}

function readMessageCard(card: MessageCard, { severity: how }: Card): Content {
  const [main, ...rest] = card.sections
  const list = rest.find(({ facts }) => facts)
  const more = rest.find((section) => section.text?.startsWith('- ['))
  const note = rest.find((section) => section.text?.startsWith('_'))
  const sign = signs[how] && `${signs[how]} `
  expect(card.title.startsWith(sign)).toBe(true)
  return {
    title: bare(card.title.slice(sign.length)),
    below: main?.activitySubtitle ?? '',
    byline: seen(main?.activityTitle ?? ''),
    text: words(main?.text ?? ''),
    facts: (main?.facts ?? []).map(({ name, value }) => [bare(name), seen(value)]),
    list: (list?.facts ?? []).map(({ name, value }) => [name, seen(value)]),
    pictures: [main?.activityImage ?? '', main?.images?.[0]?.image ?? ''],
    links: [
      ...(card.potentialAction ?? []).map(({ name, targets }) => [bare(name), targets[0]?.uri ?? '']),
      ...(more?.text ? readLinks(more.text) : []),
    ],
    note: seen(note?.text?.slice(1, -1) ?? ''),
  }
}

type Element<Type> = Extract<AdaptiveElement, { type: Type }>

function readAdaptiveCard({ attachments: [{ content }] }: AdaptiveMessage, card: Card): Content {
  const { body, actions = [] } = content
  const ofType = <Type extends AdaptiveElement['type']>(type: Type) =>
    body.filter((element): element is Element<Type> => element.type === type)
  const [title, label] = ofType('Container')[0]?.items ?? []
  const columns = ofType('ColumnSet')[0]?.columns.flatMap((column) => column.items) ?? []
  const blocks = [...columns, ...body].filter((one): one is Element<'TextBlock'> => one.type === 'TextBlock')
  const take = (isIt: (block: Element<'TextBlock'> | undefined) => boolean) =>
    isIt(blocks[0]) ? blocks.shift()?.text : undefined
  const byline = card.byline === undefined ? undefined : take((block) => block?.weight === 'Bolder')
  const when = take((block) => block?.spacing === 'None')
  const written = words(card.text ?? '') === '' ? undefined : take((block) => block?.size === undefined)
  const note = blocks.find(({ isSubtle }) => isSubtle)
  const more = blocks.find((block) => !block.isSubtle && linked.test(block.text.split('\n')[0] ?? ''))
  const picture = columns.find((one) => one.type === 'Image')
  // As Teams does: a text that stands for someone becomes their name.
  const entities = content.msteams.entities ?? []
  const named = (value: string) =>
    entities.reduce((told, { text: at, mentioned }) => told.replace(at, () => mentioned.name), value)
  const sets = ofType('FactSet').map(({ facts, separator }) => ({
    rows: facts.map(({ title: name, value }) => [seen(name), seen(named(value))]),
    isList: separator === true,
  }))
  return {
    title: seen(title?.text ?? ''),
    below: [label?.text, when].filter(Boolean).join(' · '),
    byline: seen(byline ?? ''),
    text: words(written ?? ''),
    facts: sets.find(({ isList }) => !isList)?.rows ?? [],
    list: sets.find(({ isList }) => isList)?.rows ?? [],
    pictures: [picture?.type === 'Image' ? picture.url : '', ofType('Image')[0]?.url ?? ''],
    links: [
      ...actions.map((action) => [bare(action.title), action.url]),
      ...(more ? readLinks(more.text) : []),
    ],
    note: seen(note?.text ?? ''),
  }
}

/** Faults as the library finds them, reading the card as a client of this version does. */
function faultsOf({ attachments: [{ content }] }: AdaptiveMessage): string[] {
  const context = new judge.SerializationContext(judge.Versions.v1_4)
  const card = new judge.AdaptiveCard()
  card.parse(content, context)
  const parsed = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message)
  return [...parsed, ...card.validateProperties().validationEvents.map(({ message }) => message)]
}

test('an Adaptive Card mentions everyone it is for, each by a text of their own that stands in it once', () => {
  fc.assert(
    fc.property(cards, (card) => {
      const { content } = drawAdaptiveCard(card).attachments[0]
      const people = card.mentions?.people ?? []
      const entities = content.msteams.entities ?? []
      expect(entities.map(({ mentioned }) => mentioned)).toEqual(
        people.map(({ id, name }) => ({ id, name: asName(name) })),
      )
      const told = JSON.stringify(content.body)
      for (const { text: at } of entities) expect(told.split(at)).toHaveLength(2)
      expect(told.split('<at>')).toHaveLength(entities.length + 1)
    }),
    { numRuns: 500 },
  )
})

describe('both drawings of a card', () => {
  test('tell all of it, and the same', () => {
    fc.assert(
      fc.property(cards, (card) => {
        const content = contentOf(card)
        expect(readMessageCard(drawMessageCard(card), card)).toEqual(content)
        expect(readAdaptiveCard(drawAdaptiveCard(card), card)).toEqual(content)
      }),
      { numRuns: 1_000 },
    )
  })

  test('are such as Teams takes', () => {
    fc.assert(
      fc.property(cards, (card) => {
        expect(messageCard.Errors(drawMessageCard(card))).toEqual([])
        const adaptive = drawAdaptiveCard(card)
        expect(adaptiveMessage.Errors(adaptive)).toEqual([])
        expect(faultsOf(adaptive)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test.each(cardFixtures().map((fixture) => [fixture.name, fixture] as const))(
    'are such as Teams takes: %s',
    (_name, { card, locale }) => {
      expect(messageCard.Errors(drawMessageCard(card))).toEqual([])
      expect(faultsOf(drawAdaptiveCard(card))).toEqual([])
      const fitted = {
        connector: JSON.parse(fit(card, 'connector', locale).body) as MessageCard,
        workflow: JSON.parse(fit(card, 'workflow', locale).body) as AdaptiveMessage,
      }
      expect(messageCard.Errors(fitted.connector)).toEqual([])
      expect(adaptiveMessage.Errors(fitted.workflow)).toEqual([])
      expect(faultsOf(fitted.workflow)).toEqual([])
    },
  )
})

test('the judge finds what is wrong with an Adaptive Card', () => {
  const good = drawAdaptiveCard({ summary: 's', title: 't', severity: 'info', facts: [], links: [] })
  const withElement = (element: object) => {
    // Our type knows only what we draw, and this must be something else.
    const broken = structuredClone(good) as unknown as { attachments: [{ content: { body: object[] } }] }
    broken.attachments[0].content.body.push(element)
    return broken as unknown as AdaptiveMessage
  }
  expect(faultsOf(good)).toEqual([])
  expect(faultsOf(withElement({ type: 'Carousel' }))).not.toEqual([])
  expect(faultsOf(withElement({ type: 'TextBlock', text: 'a', size: 'Huge' }))).not.toEqual([])
})
