import * as fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, test } from 'vitest'
import type { Notice } from '../model/delivery.ts'
import type { Event } from '../model/event.ts'
import { languageOf } from '../model/language.ts'
import { MessageCard } from '../model/message-card.ts'
import { inLanguage } from '../model/text.ts'
import { tasks } from '../sources/tasks/tasks.ts'
import { drawAdaptiveCard } from './adaptive-card.ts'
import { createEventRenderer } from './event-renderer.ts'
import { cardFromEvent } from './from-event.ts'
import { cardFromNotice } from './from-notice.ts'
import { oneLine } from './markdown.ts'
import { drawMessageCard } from './message-card.ts'
import { render } from './render.ts'

const messageCard = Compile(MessageCard)
const reader = { locale: 'en-GB', zone: 'Europe/Paris', sourceName: 'Tasks' }

const event: Event = {
  id: '01936f5e-0000-7000-8000-000000000000',
  sourceId: '01936f5e-0000-7000-8000-000000000001',
  externalId: 'e-1',
  type: 'task.created',
  subject: 'T-1',
  title: 'Task created: Mend the fence',
  severity: 'info',
  occurredAt: '2026-11-20T23:30:00.000Z',
  links: [{ title: 'Open task', url: 'https://tasks.example/T-1' }],
  facts: [{ name: 'Assignee', value: 'Grace_Hopper' }],
  fields: {},
}

const text = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.lorem(),
  fc.constant('**a** <b>[c](javascript:d)'),
)
const word = text.filter((some) => oneLine(some) !== '')
const words = fc.oneof(word, fc.record({ en: word, fr: word, zh: word }))
const https = fc.webUrl({ validSchemes: ['https'], withQueryParameters: true })
const events: fc.Arbitrary<Event> = fc.record({
  id: fc.uuid(),
  sourceId: fc.uuid(),
  externalId: word,
  type: word,
  subject: text,
  title: words,
  text,
  severity: fc.constantFrom('info', 'success', 'warning', 'critical'),
  occurredAt: fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
    .map((date) => date.toISOString()),
  actor: fc.record({ name: word, imageUrl: https }),
  links: fc.array(fc.record({ title: words, url: https }), { maxLength: 7 }),
  facts: fc.array(fc.record({ name: words, value: text }), { maxLength: 7 }),
  imageUrl: https,
  fields: fc.constant({}),
})
const locale = fc.constantFrom('en-US', 'fr-FR', 'zh-CN', 'de', 'not a locale', '')
const zone = fc.constantFrom('Europe/Paris', 'Asia/Shanghai', 'UTC', 'Nowhere/At_All')
const readers = fc.record({ locale, zone, sourceName: word })

/** A drawing's text as people see it: escapes and joiners gone, links by their labels. */
function seen(drawing: unknown): string {
  return JSON.stringify(drawing, (_key, value: unknown) =>
    typeof value === 'string' ? value.replace(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll('\u2060', '') : value,
  )
}

function inJson(some: string): string {
  return JSON.stringify(oneLine(some).replaceAll('\u2060', '')).slice(1, -1)
}

describe.each([
  ['MessageCard', drawMessageCard],
  ['Adaptive Card', drawAdaptiveCard],
] as const)('a %s', (_name, draw) => {
  test('shows the title, every fact and every link of any event, to any reader', () => {
    fc.assert(
      fc.property(events, readers, (each, whoever) => {
        const drawing = draw(cardFromEvent(each, whoever))
        const shown = seen(drawing)
        const language = languageOf(whoever.locale)
        expect(shown).toContain(inJson(inLanguage(each.title, language)))
        for (const { name, value } of each.facts) {
          expect(shown).toContain(inJson(inLanguage(name, language)))
          expect(shown).toContain(inJson(value))
        }
        for (const { title, url } of each.links) {
          expect(shown).toContain(inJson(inLanguage(title, language)))
          expect(shown.replace(/%(28|29)/g, (code) => decodeURIComponent(code))).toContain(
            JSON.stringify(url).slice(1, -1),
          )
        }
      }),
      { numRuns: 300 },
    )
  })

  test('alters nothing it draws from', () => {
    const card = cardFromEvent(event, reader)
    const before = structuredClone(card)
    draw(card)
    expect(card).toEqual(before)
  })

  test('survives its journey as JSON', () => {
    fc.assert(
      fc.property(events, readers, (each, whoever) => {
        const drawing = draw(cardFromEvent(each, whoever))
        expect(JSON.parse(JSON.stringify(drawing))).toEqual(drawing)
      }),
    )
  })
})

test('every MessageCard is one that Teams takes', () => {
  fc.assert(
    fc.property(events, readers, (each, whoever) => {
      expect(messageCard.Errors(drawMessageCard(cardFromEvent(each, whoever)))).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('a MessageCard of an event looks like this', () => {
  const drawn = drawMessageCard(
    cardFromEvent(
      {
        ...event,
        severity: 'critical',
        text: 'The **gate**, too.',
        actor: { name: 'Ada', imageUrl: 'https://a.b/ada.png' },
      },
      reader,
    ),
  )
  expect(drawn).toEqual({
    '@type': 'MessageCard',
    '@context': 'https://schema.org/extensions',
    summary: 'Task created: Mend the fence',
    title: '🔴 Task created: Mend the fence',
    themeColor: 'D13438',
    sections: [
      {
        activityTitle: 'Ada · Tasks',
        activitySubtitle: 'Critical · 21 Nov 2026, 00:30 CET',
        activityImage: 'https://a.b/ada.png',
        text: 'The **gate**, too.',
        facts: [{ name: 'Assignee', value: 'Grace\\_Hopper' }],
        markdown: true,
      },
    ],
    potentialAction: [
      {
        '@type': 'OpenUri',
        name: 'Open task',
        targets: [{ os: 'default', uri: 'https://tasks.example/T-1' }],
      },
    ],
  })
})

test.each([
  ['en-US', 'Task created: Mend the fence', 'Assignee', 'Open task'],
  ['fr-CA', 'Tâche créée\u00A0: Mend the fence', 'Responsable', 'Ouvrir la tâche'],
  ['zh-TW', '任务已创建：Mend the fence', '负责人', '打开任务'],
  ['de-DE', 'Task created: Mend the fence', 'Assignee', 'Open task'],
])('tells a task in the language of the configuration: %s', (spoken, title, name, button) => {
  const task = { id: 'T-1', title: 'Mend the fence', url: 'https://a.b/T-1', assignee: 'Grace' }
  const body = Buffer.from(JSON.stringify({ id: 'e-1', type: 'task.created', task }))
  const [read] = tasks.read({ body, headers: {} }, {})
  const card = cardFromEvent({ ...event, ...read }, { ...reader, locale: spoken })
  expect(card).toMatchObject({
    title,
    facts: [{ name, value: 'Grace' }],
    links: [{ title: button, url: 'https://a.b/T-1' }],
  })
})

test('whom an event mentions, its card notifies by a workflow and names by a connector', () => {
  const task = { id: 'T-1', title: 'Mend the fence' }
  const mentions = [{ name: 'Ada Lovelace', id: 'ada@example.com' }]
  const body = Buffer.from(JSON.stringify({ id: 'e-1', type: 'task.created', task, mentions }))
  const [told] = tasks.read({ body, headers: {} }, {})
  const card = cardFromEvent({ ...event, ...told, externalId: 'e-1', occurredAt: event.occurredAt }, reader)
  const { content } = drawAdaptiveCard(card).attachments[0]
  expect(content.msteams.entities).toEqual([
    {
      type: 'mention',
      text: '<at>Ada Lovelace</at>',
      mentioned: { id: 'ada@example.com', name: 'Ada Lovelace' },
    },
  ])
  const row = { title: 'For', value: '<at>Ada Lovelace</at>' }
  expect(content.body).toContainEqual({ type: 'FactSet', facts: [row] })
  expect(drawMessageCard(card).sections[0]?.facts).toEqual([{ name: 'For', value: 'Ada Lovelace' }])
})

test('an event with nothing but invisible text still makes a card that Teams takes', () => {
  const nothing = '\u202E\u0007'
  const invisible = {
    ...event,
    title: nothing,
    facts: [{ name: nothing, value: nothing }],
    links: [{ title: nothing, url: 'https://a.b' }],
  }
  expect(messageCard.Errors(drawMessageCard(cardFromEvent(invisible, reader)))).toEqual([])
})

describe('links beyond the buttons', () => {
  const links = Array.from({ length: 6 }, (_, index) => ({
    title: `No. ${index}`,
    url: `https://a.b/${index}`,
  }))
  const listed = '- [No. 4](https://a.b/4)\n- [No. 5](https://a.b/5)'

  test('stand below the text, which cannot swallow them by a fence that it leaves open', () => {
    const drawn = drawMessageCard(cardFromEvent({ ...event, text: 'Read:\n```\nthis', links }, reader))
    expect(drawn.potentialAction).toHaveLength(4)
    expect(drawn.sections.map((section) => section.text)).toEqual(['Read:\n```\nthis', listed])
  })

  const open = fc.string({
    unit: fc.constantFrom('`', '```', '~~~', '\n', '    ', '> ', '- ', 'a', '*', '[', '<!--', '|'),
  })

  test.each([
    ['MessageCard', drawMessageCard],
    ['Adaptive Card', drawAdaptiveCard],
  ] as const)('are never in one text of a %s with what others wrote', (_name, draw) => {
    fc.assert(
      fc.property(fc.oneof(open, text), (written) => {
        const drawing = JSON.stringify(draw(cardFromEvent({ ...event, text: written, links }, reader)))
        expect(drawing).toContain(`"text":${JSON.stringify(listed)}`)
      }),
    )
  })
})

test.each([
  ['en-US', 'America/New_York', 'Nov 20, 2026, 06:30 PM EST', 'Warning'],
  ['fr-FR', 'Europe/Paris', '21 nov. 2026, 00:30 UTC+1', 'Attention'],
  ['zh-CN', 'Asia/Shanghai', '2026年11月21日 GMT+8 07:30', '警告'],
  ['nonsense!', 'Nowhere', 'Nov 20, 2026, 11:30 PM UTC', 'Warning'],
])('tells time and severity in %s, %s', (spoken, where, when, label) => {
  const card = cardFromEvent(
    { ...event, severity: 'warning' },
    { locale: spoken, zone: where, sourceName: 'Tasks' },
  )
  expect(card.when?.replaceAll('\u202F', ' ')).toBe(when)
  expect(card.severityLabel).toBe(label)
})

describe('a notice', () => {
  const eventTypes = tasks
    .eventTypes({})
    .slice(0, 2)
    .map(({ title }) => title)
  const told = { sourceName: 'Tasks *of* us', eventTypes }
  const welcome: Notice = { about: 'welcome', ...told }

  test.each([
    ['en-US', 'Cardwire is connected', 'Events', 'Created and Updated'],
    ['fr-FR', 'Cardwire est connecté', 'Événements', 'Créée et Modifiée'],
    ['zh-CN', 'Cardwire 已连接', '事件', '已创建和已更新'],
    ['pt-BR', 'Cardwire is connected', 'Events', 'Created and Updated'],
  ])('is told in %s', (spoken, title, name, value) => {
    const card = cardFromNotice(welcome, { locale: spoken })
    expect(card).toMatchObject({ title, summary: title, facts: [{ name, value }] })
    expect(card.text).toContain('**Tasks \\*of\\* us**')
  })

  test('of every sort draws as a card that Teams takes, in every language', () => {
    const sorts: Notice[] = [
      welcome,
      { about: 'test', configurationName: '<at>All</at>' },
      { about: 'moved', configurationName: 'C:\\' },
    ]
    const texts = sorts.flatMap((notice) =>
      ['en', 'fr', 'zh'].map((spoken) => {
        const card = cardFromNotice(notice, { locale: spoken })
        expect(messageCard.Errors(drawMessageCard(card))).toEqual([])
        return card.text
      }),
    )
    expect(new Set(texts).size).toBe(9)
    expect(texts.join()).not.toMatch(/<at>/)
  })
})

describe('rendering', () => {
  test('counts the bytes that are sent', () => {
    for (const transport of ['connector', 'workflow'] as const) {
      const { body, sizeBytes } = render(cardFromEvent({ ...event, title: '🦊 é 漢' }, reader), transport)
      expect(sizeBytes).toBe(new TextEncoder().encode(body).length)
      expect(JSON.parse(body)).toMatchObject({
        [transport === 'connector' ? '@type' : 'type']: expect.any(String),
      })
    }
  })

  test('draws an event once for readers who are alike, and anew for each who is not', () => {
    const renderEvent = createEventRenderer()
    const first = renderEvent(event, reader, 'connector')
    expect(renderEvent(event, { ...reader }, 'connector')).toBe(first)
    const others = [
      renderEvent(event, { ...reader, locale: 'fr' }, 'connector'),
      renderEvent(event, { ...reader, zone: 'UTC' }, 'connector'),
      renderEvent(event, { ...reader, sourceName: 'Others' }, 'connector'),
      renderEvent(event, reader, 'workflow'),
      renderEvent({ ...event, id: 'another' }, reader, 'connector'),
    ]
    for (const other of others) expect(other).not.toBe(first)
  })

  test('forgets the oldest drawing when it keeps enough', () => {
    const renderEvent = createEventRenderer({ keep: 2 })
    const [first, second] = ['1', '2', '3'].map((id) => renderEvent({ ...event, id }, reader, 'connector'))
    expect(renderEvent({ ...event, id: '2' }, reader, 'connector')).toBe(second)
    expect(renderEvent({ ...event, id: '1' }, reader, 'connector')).not.toBe(first)
  })
})
