import * as fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, test } from 'vitest'
import { MessageCard } from '../model/message-card.ts'
import { drawAdaptiveCard } from './adaptive-card.ts'
import { fit } from './fit.ts'
import { cardFromDigest, type Digest, type DigestEvent } from './from-digest.ts'
import { drawMessageCard } from './message-card.ts'
import { render } from './render.ts'

const messageCard = Compile(MessageCard)
const reader = { locale: 'en-GB', zone: 'Europe/Paris', sourceName: 'Tasks' }

const happened = (title: string, time: string, severity: DigestEvent['severity'] = 'info'): DigestEvent => ({
  type: 'task.created',
  title,
  severity,
  occurredAt: `2026-11-20T${time}:00.000Z`,
  url: `https://tasks.example/${title}`,
})

const digest: Digest = {
  reason: 'pressure',
  configurationName: 'Launch tasks',
  from: '2026-11-20T09:04:00.000Z',
  to: '2026-11-20T09:58:00.000Z',
  total: 47,
  counts: { 'task.updated': 4, 'task.created': 43 },
  typeTitles: { 'task.created': { en: 'Created', fr: 'Création', zh: '已创建' } },
  events: [
    happened('early', '09:10'),
    happened('good', '09:20', 'success'),
    happened('late', '09:30'),
    happened('worse', '09:05', 'critical'),
    happened('bad', '09:40', 'warning'),
    happened('worst', '09:06', 'critical'),
  ],
}

describe('a digest', () => {
  test('tells how many, from where and when, why together, and how many of each type, most first', () => {
    expect(cardFromDigest(digest, reader)).toMatchObject({
      title: '47 events from Tasks',
      summary: '47 events from Tasks',
      severity: 'critical',
      severityLabel: 'Critical',
      byline: 'Launch tasks',
      when: '20 Nov 2026, 10:04–10:58 CET',
      text: 'Teams takes only so many messages at a time. These came faster, so they are told together.',
      facts: [
        { name: 'Created', value: '43' },
        { name: 'task.updated', value: '4' },
      ],
    })
  })

  test('tells the most severe first, of those the newest, and counts what it does not tell', () => {
    const { list } = cardFromDigest(digest, reader)
    expect(list?.items.map(({ title }) => title)).toEqual(['worst', 'worse', 'bad', 'late', 'good', 'early'])
    expect(list?.items[0]).toEqual({
      severity: 'critical',
      title: 'worst',
      when: '10:06',
      url: 'https://tasks.example/worst',
    })
    expect(list).toMatchObject({ total: 47, more: 'and 41 more' })
  })

  test.each([
    ['en-GB', 'Europe/Paris', '1 event from Tasks', '1,200 events from Tasks', 'Created', 'and 1,194 more'],
    [
      'fr-FR',
      'Europe/Paris',
      '1 événement de Tasks',
      '1 200 événements de Tasks',
      'Création',
      'et 1 194 autres',
    ],
    [
      'zh-CN',
      'Asia/Shanghai',
      '来自 Tasks 的 1 个事件',
      '来自 Tasks 的 1,200 个事件',
      '已创建',
      '另有 1,194 项',
    ],
    ['pt-BR', 'Nowhere/At_All', '1 event from Tasks', '1,200 events from Tasks', 'Created', 'and 1,194 more'],
  ])('speaks %s', (locale, zone, one, many, created, more) => {
    const spoken = { ...reader, locale, zone }
    const plain = (text: string | undefined) => text?.replace(/[\u202F\u00A0]/g, ' ')
    expect(cardFromDigest({ ...digest, total: 1 }, spoken).title).toBe(one)
    const card = cardFromDigest({ ...digest, total: 1200 }, spoken)
    expect(plain(card.title)).toBe(many)
    expect(card.facts[0]?.name).toBe(created)
    expect(plain(card.list?.more)).toBe(more)
  })

  test('says why, differently for each reason and language', () => {
    const reasons = ['pressure', 'quiet hours', 'digest'] as const
    const said = ['en', 'fr', 'zh'].flatMap((locale) =>
      reasons.map((reason) => cardFromDigest({ ...digest, reason }, { ...reader, locale }).text),
    )
    expect(new Set(said).size).toBe(9)
  })

  test('names the day of each event where it covers more than one, as its readers count days', () => {
    const from = '2026-11-20T22:30:00.000Z'
    const to = '2026-11-20T23:30:00.000Z'
    const overnight = { ...digest, from, to, events: [happened('late', '22:45')] }
    expect(cardFromDigest(overnight, reader).list?.items[0]?.when).toBe('20 Nov, 23:45')
    expect(cardFromDigest(overnight, { ...reader, zone: 'UTC' }).list?.items[0]?.when).toBe('22:45')
  })

  test('is as severe as the worst of it, and good news makes it no better', () => {
    const severities = (...all: DigestEvent['severity'][]) =>
      cardFromDigest({ ...digest, events: all.map((one) => happened('t', '09:10', one)) }, reader).severity
    expect(severities('info', 'warning', 'success')).toBe('warning')
    expect(severities('success', 'info')).toBe('info')
    expect(severities()).toBe('info')
  })

  test('without an event to show still tells their number', () => {
    const card = cardFromDigest({ ...digest, events: [] }, reader)
    expect(card.list).toBeUndefined()
    expect(messageCard.Errors(drawMessageCard(card))).toEqual([])
  })

  test('leaves the events it was made of in their order', () => {
    const before = structuredClone(digest)
    cardFromDigest(digest, reader)
    expect(digest).toEqual(before)
  })
})

describe('a drawn digest', () => {
  const card = cardFromDigest({ ...digest, events: [happened('[Ship](it)', '09:06', 'critical')] }, reader)
  const link = '[\\[Ship\\](it)](https://tasks.example/[Ship]%28it%29)'

  test('is a table of times, signs and links in a MessageCard', () => {
    const drawn = drawMessageCard(card)
    expect(messageCard.Errors(drawn)).toEqual([])
    expect(drawn.sections[1]).toEqual({
      facts: [
        { name: '10:06\u00A0🔴', value: link },
        { name: '…', value: 'and 46 more' },
      ],
      markdown: true,
    })
  })

  test('is the same table in an Adaptive Card', () => {
    expect(JSON.stringify(drawAdaptiveCard(card))).toContain(
      JSON.stringify([
        { title: '10:06\u00A0🔴', value: link },
        { title: '…', value: 'and 46 more' },
      ]),
    )
  })

  test('of twenty ordinary events fits as it is', () => {
    const events = Array.from({ length: 20 }, (_, index) =>
      happened(`Task ${index} ${'word '.repeat(12)}`, '09:10'),
    )
    for (const transport of ['connector', 'workflow'] as const) {
      expect(fit(cardFromDigest({ ...digest, events }, reader), transport, 'en').shortened).toBeNull()
    }
  })

  test('counts exactly what it does not show, however little fits', () => {
    const event = fc.record({
      type: fc.constant('task.created'),
      title: fc.string({ unit: 'binary', maxLength: 60 }).map((some) => `Task ${some}`),
      severity: fc.constantFrom('info', 'success', 'warning', 'critical'),
      occurredAt: fc.constant('2026-11-20T09:10:00.000Z'),
      url: fc.integer({ min: 1, max: 3_000 }).map((length) => `https://a.b/${'c'.repeat(length)}`),
    })
    const events = fc.array(event, { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(events, fc.nat(500), fc.integer({ min: 4_096, max: 22_528 }), (some, unseen, bytes) => {
        const total = some.length + unseen
        const made = cardFromDigest({ ...digest, total, events: some }, reader)
        const { body, sizeBytes } = fit(made, 'connector', 'en', bytes)
        const { sections } = JSON.parse(body) as MessageCard
        const rows = sections[1]?.facts ?? []
        const shown = rows.filter(({ name }) => name !== '…').length
        const more = rows.find(({ name }) => name === '…')?.value ?? 'and 0 more'
        expect(sizeBytes).toBeLessThanOrEqual(bytes)
        if (body !== render(made, 'connector').body) expect(body).toMatch(/more|too large/)
        if (shown > 0) expect(shown + Number(/\d+/.exec(more)?.[0])).toBe(total)
        else expect(body).toContain(`${total} event`)
      }),
      { endOnFailure: true },
    )
  })
})
