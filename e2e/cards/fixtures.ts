import type { Card } from '../../server/cards/card.ts'
import { cardFromDigest, type DigestEvent } from '../../server/cards/from-digest.ts'
import { cardFromEvent, type Reader } from '../../server/cards/from-event.ts'
import { cardFromNotice } from '../../server/cards/from-notice.ts'
import type { DigestReason, Notice } from '../../server/model/delivery.ts'
import type { Event, NewEvent, Severity } from '../../server/model/event.ts'
import { kinds } from '../../server/sources/index.ts'
import type { Kind } from '../../server/sources/source.ts'

/** One card of every sort there is, by name, in the language of its reader. */
export interface Fixture {
  name: string
  locale: string
  card: Card
}

export function cardFixtures(): Fixture[] {
  return readers.flatMap((reader) => [
    ...kinds.flatMap((kind) => ofKind(kind, reader)),
    ...severities.map((severity) => ofEvent(`severity-${severity}`, { ...incident, severity }, reader)),
    ofEvent('everything', { ...incident, ...everything }, reader),
    ofEvent('bare', { title: 'Deployed' }, reader),
    ofEvent('long', long, reader),
    ofEvent('hostile', hostile, reader),
    ...reasons.map((reason) => ofDigest(reason, reader)),
    ...notices.map((notice) => ofNotice(notice, reader)),
  ])
}

const readers: Reader[] = [
  { locale: 'en-GB', zone: 'Europe/London', sourceName: 'Platform' },
  { locale: 'fr-FR', zone: 'Europe/Paris', sourceName: 'Plateforme' },
  { locale: 'zh-CN', zone: 'Asia/Shanghai', sourceName: '平台' },
]

function ofEvent(name: string, event: Partial<NewEvent>, reader: Reader): Fixture {
  return { name: named(name, reader), locale: reader.locale, card: cardFromEvent(whole(event), reader) }
}

function whole(event: Partial<NewEvent>): Event {
  return {
    id: '01936f5e-0000-7000-8000-000000000000',
    sourceId: '01936f5e-0000-7000-8000-000000000001',
    externalId: 'e-1',
    type: 'incident.opened',
    subject: 'INC-7',
    title: '',
    severity: 'info',
    occurredAt: '2026-11-20T09:30:00.000Z',
    links: [],
    facts: [],
    fields: {},
    ...event,
  }
}

function ofKind(kind: Kind, reader: Reader): Fixture[] {
  return kind.examples.flatMap(({ id, body, headers = {}, settings }) => {
    const raw = { body: Buffer.from(JSON.stringify(body)), headers }
    return kind
      .read(raw, settings)
      .map((event, index) => ofEvent(`${kind.id}-${id}${index === 0 ? '' : `-${index + 1}`}`, event, reader))
  })
}

const severities: readonly Severity[] = ['info', 'success', 'warning', 'critical']

const incident: Partial<NewEvent> = {
  title: 'Checkout answers slowly in Europe',
  text: 'One request in five takes **more than four seconds**. The [dashboard](https://status.example.com/eu) has the details.',
  actor: { name: 'Grace Hopper', imageUrl: 'https://people.example.com/grace.png' },
  facts: [
    { name: 'Service', value: 'checkout' },
    { name: 'Since', value: '09:12 UTC' },
    { name: 'On call', value: 'Ada Lovelace' },
  ],
  links: [
    { title: 'Open the incident', url: 'https://status.example.com/inc-7' },
    { title: 'Runbook', url: 'https://wiki.example.com/runbooks/checkout' },
  ],
}

const everything: Partial<NewEvent> = {
  severity: 'warning',
  mentions: [
    { name: 'Ada Lovelace', id: 'ada@example.com' },
    { name: 'Grace Hopper', id: 'grace@example.com' },
  ],
  imageUrl: 'https://status.example.com/graph.png',
  text: '## What changed\nA release at **09:10**:\n\n- fewer connections to `db-1`\n- a new *cache* for prices\n\n> Roll back if it does not help by ten.',
  links: Array.from({ length: 6 }, (_, index) => ({
    title: `Trace ${index + 1}`,
    url: `https://traces.example.com/${index + 1}`,
  })),
}

const long: Partial<NewEvent> = {
  ...incident,
  title:
    'The nightly export of every order, invoice and return of the last thirty years to the warehouse in Rotterdam has not finished before the offices opened this morning, for the third time this week',
  text: 'Each of the forty steps is told below, with what came of it. '.repeat(600),
  actor: { name: 'The release coordination, incident follow-up and customer announcement automation' },
  facts: Array.from({ length: 30 }, (_, index) => ({
    name: `Step ${index + 1}`,
    value: 'Finished in 4 min 12 s',
  })),
}

/** Nothing of this may be anything but text, except that the event's text is Markdown. */
const hostileText =
  '<at>Everyone</at> **free** [gift](https://evil.example) <img src=x onerror=alert(1)> &lt;b&gt; {{DATE(2026-01-01T00:00:00Z)}} ${x} `c`'

const hostile: Partial<NewEvent> = {
  title: hostileText,
  severity: 'critical',
  text: `${hostileText}\n\n![pixel](https://evil.example/p.png) [script](javascript:alert(1))`,
  actor: { name: hostileText },
  mentions: [{ name: hostileText, id: 'everyone@evil.example' }],
  facts: [{ name: hostileText, value: hostileText }],
  links: [{ title: hostileText, url: 'https://evil.example/a)b' }],
}

const reasons: readonly DigestReason[] = ['pressure', 'quiet hours', 'digest']

function ofDigest(reason: DigestReason, reader: Reader): Fixture {
  const titles = ['Checkout answers slowly', 'A certificate ends tomorrow', 'Nightly export', 'Release 3.2']
  const events = Array.from({ length: 5 }, (_, index): DigestEvent => {
    const minute = String(10 + index * 5)
    return {
      type: 'incident.opened',
      title: titles[index % titles.length] ?? '',
      severity: severities[3 - (index % 4)] ?? 'info',
      occurredAt: `2026-11-20T09:${minute}:00.000Z`,
      url: `https://status.example.com/${index}`,
    }
  })
  const card = cardFromDigest(
    {
      reason,
      configurationName: 'Launch',
      from: '2026-11-20T09:10:00.000Z',
      to: '2026-11-20T09:45:00.000Z',
      total: 47,
      counts: { 'incident.opened': 39, 'task.created': 8 },
      typeTitles: { 'incident.opened': 'Incidents', 'task.created': 'Tasks' },
      events,
    },
    reader,
  )
  return { name: named(`digest-${reason.replaceAll(' ', '-')}`, reader), locale: reader.locale, card }
}

const notices: readonly Notice[] = [
  { about: 'welcome', sourceName: 'Platform', eventTypes: ['Incidents', 'Releases'] },
  { about: 'test', configurationName: 'Launch' },
  { about: 'moved', configurationName: 'Launch' },
  ...(['failing', 'gone'] as const).map((health) => ({
    about: 'trouble' as const,
    health,
    reason: 'Teams answered 404.',
    configurations: [
      { name: 'Launch', place: 'Platform › General' },
      { name: 'Incidents', place: '' },
    ],
  })),
]

function ofNotice(notice: Notice, reader: Reader): Fixture {
  const name = notice.about === 'trouble' ? `notice-${notice.health}` : `notice-${notice.about}`
  return { name: named(name, reader), locale: reader.locale, card: cardFromNotice(notice, reader) }
}

const named = (name: string, { locale }: Reader) => `${name}-${locale}`
