import { Compile } from 'typebox/compile'
import { describe, expect, test } from 'vitest'
import { UnreadableError } from '../source.ts'
import { genericJson } from './generic-json.ts'
import { GenericJsonSettings } from './settings.ts'

const settings: GenericJsonSettings = {
  proof: { by: 'bearer' },
  eventTypes: [
    { type: 'red', title: 'It is red' },
    { type: 'green', title: 'It is green' },
  ],
  type: { pointer: '/colour' },
  title: { template: 'Lamp {{ body.lamp }}' },
}

function read(body: unknown, more: Partial<GenericJsonSettings> = {}, headers: Record<string, string> = {}) {
  return genericJson.read({ body: Buffer.from(JSON.stringify(body)), headers }, { ...settings, ...more })
}

const faults = (more: Partial<GenericJsonSettings>) => genericJson.faults?.({ ...settings, ...more })

function decorated(more: Partial<GenericJsonSettings>, body: object = {}) {
  return read({ colour: 'red', lamp: 1, ...body }, more)[0]
}

function field(type: 'text' | 'number' | 'boolean' | 'list', value: unknown) {
  const it = { field: 'it', title: 'It', type, value: { pointer: '/it' } }
  return decorated({ fields: [it] }, { it: value })?.fields['it']
}

function titleBy(template: string, headers: Record<string, string> = {}) {
  return read({ colour: 'red' }, { title: { template } }, headers)[0]?.title
}

describe('the type', () => {
  test('that is declared is the event’s', () => {
    expect(read({ colour: 'red', lamp: 7 })).toMatchObject([{ type: 'red', title: 'Lamp 7' }])
  })

  test('that is not declared is refused, naming it and those that are', () => {
    expect(() => read({ colour: 'blue' })).toThrow('type: blue is not declared; declared are red, green')
  })

  test('that is not declared becomes `otherwise` where that is set', () => {
    expect(read({ colour: 'blue' }, { otherwise: 'green' })).toMatchObject([{ type: 'green' }])
  })

  test('that a template leaves empty says that this is no event', () => {
    expect(read({ colour: '' }, { type: { template: '{{ body.colour }}' }, otherwise: 'red' })).toEqual([])
  })

  test('that a pointer does not find is refused', () => {
    expect(() => read({})).toThrow('type: there is no text at /colour')
  })
})

describe('a value', () => {
  test('that is missing leaves its place out, and a title falls back to its type’s', () => {
    const nowhere = { pointer: '/nowhere' }
    const event = decorated({
      title: nowhere,
      id: nowhere,
      subject: nowhere,
      text: nowhere,
      severity: nowhere,
      occurredAt: nowhere,
      imageUrl: nowhere,
      actor: { name: nowhere, imageUrl: nowhere },
      links: [{ title: 'Open', url: nowhere }],
      facts: [{ name: 'Fact', value: nowhere }],
      fields: [{ field: 'field', title: 'Field', type: 'text', value: nowhere }],
    })
    expect(event).toEqual({
      type: 'red',
      subject: '',
      title: 'It is red',
      severity: 'info',
      links: [],
      facts: [],
      fields: { type: 'red', title: 'It is red', severity: 'info' },
    })
  })

  test.each([
    ['seconds', 1795166400, '2026-11-20T09:20:00.000Z'],
    ['milliseconds', 1795166400123, '2026-11-20T09:20:00.123Z'],
    ['seconds as text', '1795166400', '2026-11-20T09:20:00.000Z'],
    ['RFC 3339', '2026-11-20T10:20:00+01:00', '2026-11-20T09:20:00.000Z'],
    ['nonsense', 'soon', undefined],
    ['a number out of range', 1e300, undefined],
  ])('for a time may be %s', (_form, at, time) => {
    expect(decorated({ occurredAt: { pointer: '/at' } }, { at })?.occurredAt).toBe(time)
  })

  test('for a severity is one of the four in any case, else info', () => {
    const severity = { pointer: '/level' }
    expect(decorated({ severity }, { level: 'CRITICAL' })?.severity).toBe('critical')
    expect(decorated({ severity }, { level: 'loud' })?.severity).toBe('info')
  })

  test('for a field has the field’s type or is missing', () => {
    expect(field('number', '1.5')).toBe(1.5)
    expect(field('number', 'many')).toBeUndefined()
    expect(field('boolean', 'false')).toBe(false)
    expect(field('boolean', 'perhaps')).toBeUndefined()
    expect(field('list', ['a', 1, null, { b: 1 }])).toEqual(['a', 1])
    expect(field('list', 'a\n\nb')).toEqual(['a', 'b'])
    expect(field('text', ['a', 'b'])).toBe('a, b')
    expect(field('text', null)).toBeUndefined()
    expect(field('text', { a: 1 })).toBeUndefined()
  })

  test('for a link that is not http is left out', () => {
    const links = [{ title: 'Open', url: { pointer: '/url' } }]
    expect(decorated({ links }, { url: 'javascript:alert(1)' })?.links).toEqual([])
    expect(decorated({ links }, { url: 'https://a.b/c d' })?.links).toEqual([
      { title: 'Open', url: 'https://a.b/c%20d' },
    ])
  })

  test('for an id that is too long to keep is kept as its hash', () => {
    const [once, twice] = ['x'.repeat(401), 'x'.repeat(402)].map(
      (id) => decorated({ id: { pointer: '/id' } }, { id })?.externalId,
    )
    expect(once).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(once).not.toBe(twice)
  })

  test('is found by a pointer with escapes and through arrays', () => {
    expect(decorated({ title: { pointer: '/a~1b/1/c~0d' } }, { 'a/b': [0, { 'c~d': 'found' }] })?.title).toBe(
      'found',
    )
  })
})

test('mentions everyone once whose id is one, and no more', () => {
  const mentions = [
    { name: { pointer: '/who' }, id: { pointer: '/upn' } },
    { name: { template: 'Again' }, id: { pointer: '/upn' } },
    { name: { template: 'Everyone' }, id: { template: 'everyone' } },
    { name: { pointer: '/nowhere' }, id: { template: '01936f5e-0000-7000-8000-000000000000' } },
  ]
  expect(Compile(genericJson.settings).Errors({ ...settings, mentions })).toEqual([])
  expect(decorated({ mentions }, { who: 'Ada  Lovelace', upn: 'ada@example.com' })?.mentions).toEqual([
    { name: 'Ada Lovelace', id: 'ada@example.com' },
  ])
  expect(decorated({ mentions }, {})).not.toHaveProperty('mentions')
})

describe('words in every language', () => {
  const words = { en: 'Red', fr: 'Rouge', zh: '红' }
  const spoken: Partial<GenericJsonSettings> = {
    eventTypes: [{ type: 'red', title: words }],
    title: { pointer: '/nowhere' },
    facts: [{ name: { ...words, fr: ' Le  rouge ' }, value: { pointer: '/lamp' } }],
    links: [{ title: words, url: { template: 'https://a.b' } }],
  }

  test('that the settings say are told as they say', () => {
    expect(Compile(genericJson.settings).Errors({ ...settings, ...spoken })).toEqual([])
    expect(decorated(spoken)).toMatchObject({
      title: words,
      facts: [{ name: { ...words, fr: 'Le rouge' } }],
      links: [{ title: words }],
    })
  })

  test('are one word to conditions, whoever reads the card', () => {
    expect(decorated(spoken)?.fields['title']).toBe('Red')
  })

  test('are missing in none, or the settings are refused', () => {
    const { zh: _, ...two } = words
    const eventTypes = [{ type: 'red', title: two }]
    expect(Compile(genericJson.settings).Check({ ...settings, eventTypes })).toBe(false)
  })
})

test('a pointer reaches nothing that the JSON does not hold', () => {
  for (const pointer of [
    '/constructor/name',
    '/toString',
    '/__proto__',
    '/lamps/length',
    '/lamps/0/length',
  ]) {
    expect(decorated({ title: { pointer } }, { lamps: ['one'] })?.title).toBe('It is red')
  }
})

test('a body nested out of all proportion is refused before anything walks it', () => {
  const nested = (depth: number) => {
    const body = Buffer.from(`{"colour":"red","[[\\"[[":${'['.repeat(depth)}${']'.repeat(depth)}}`)
    return genericJson.read({ body, headers: {} }, settings)
  }
  expect(nested(63)).toHaveLength(1)
  expect(() => nested(64)).toThrow('The body is nested deeper than 64 levels.')
})

describe('items', () => {
  const items = { items: '/lamps' }

  test('are events each, told from the element, with the body still in sight', () => {
    const title = { template: '{{ body.house }} {{ item.lamp }}' }
    const body = {
      house: 'H',
      lamps: [
        { colour: 'red', lamp: 1 },
        { colour: 'green', lamp: 2 },
      ],
    }
    expect(read(body, { ...items, title }).map((event) => event.title)).toEqual(['H 1', 'H 2'])
  })

  test('that are no list, too many, or of an unknown type are refused with their place', () => {
    expect(() => read({ lamps: 1 }, items)).toThrow('items: there is no list at /lamps')
    expect(() => read({ lamps: Array.from({ length: 1_001 }, () => ({})) }, items)).toThrow('1001 at once')
    expect(() => read({ lamps: [{ colour: 'red' }, { colour: 'blue' }] }, items)).toThrow(
      '/lamps/1: type: blue',
    )
  })
})

describe('a template', () => {
  test('sees headers, but none that proves anything', () => {
    const headers = { 'X-Kind': 'lamp', authorization: 'Bearer s', cookie: 'c', 'x-sign': 'sha256=1' }
    expect(titleBy('{{ headers["x-kind"] }}', headers)).toBe('lamp')
    const proof = { by: 'hmac', header: 'X-Sign', hash: 'sha256', encoding: 'hex' } as const
    const template = '[{{ headers.authorization }}{{ headers.cookie }}{{ headers["x-sign"] }}]'
    expect(read({ colour: 'red' }, { proof, title: { template } }, headers)[0]?.title).toBe('[]')
  })

  test('reaches no prototype, no file and no chance', () => {
    expect(titleBy('[{{ body.constructor.name }}{{ body.__proto__.x }}]')).toBe('[]')
    for (const template of ['{% include "/etc/passwd" %}', '{% render "x" %}', '{% layout "x" %}']) {
      expect(faults({ title: { template } })?.[0]).toMatch(/^title: tag ".*" not found, line:1, col:1$/)
    }
    expect(faults({ title: { template: '{{ body.a | sample }}' } })).toEqual([
      'title: undefined filter: sample, line:1, col:1',
    ])
  })

  test.each([
    ['work', '{% for a in (1..99999) %}{% for b in (1..99999) %}x{% endfor %}{% endfor %}'],
    ['memory', '{% for a in (1..999999999) %}x{% endfor %}'],
  ])('that takes too much %s is cut, and the request refused with its place', (_what, template) => {
    expect(() => titleBy(template)).toThrow(UnreadableError)
    expect(() => titleBy(template)).toThrow(/^title: .*limit exceeded/)
  })
})

describe('settings', () => {
  test.each<[string, Partial<GenericJsonSettings>, string]>([
    ['a template that does not parse', { text: { template: '{% if %}' } }, 'text: '],
    [
      'an unknown filter in a fact',
      { facts: [{ name: 'A', value: { template: '{{ a | nope }}' } }] },
      'facts/0/value: undefined filter: nope',
    ],
    [
      'an event type listed twice',
      { eventTypes: [...settings.eventTypes, ...settings.eventTypes] },
      'eventTypes: red is listed twice',
    ],
    [
      'a default type that is not declared',
      { otherwise: 'blue' },
      'otherwise: blue is not one of the event types',
    ],
    ['a type that is the whole body', { type: { pointer: '' } }, 'type: the whole body is no text'],
    [
      'a field that is always there',
      { fields: [{ field: 'title', title: 'T', type: 'text', value: { pointer: '' } }] },
      'fields: title is always there',
    ],
  ])('are at fault with %s', (_what, more, words) => {
    expect(faults(more)?.[0]).toContain(words)
  })

  test('without fault have none', () => {
    expect(faults({})).toEqual([])
  })

  test('are at fault with a template that does not parse, wherever a value may come from one', () => {
    const from = { pointer: '/x' }
    const broken = { template: '{% if %}' }
    const single = ['id', 'type', 'title', 'subject', 'text', 'severity', 'occurredAt', 'imageUrl']
    const all = {
      ...settings,
      ...Object.fromEntries(single.map((name) => [name, from])),
      actor: { name: from, imageUrl: from },
      links: [{ title: 'L', url: from }],
      mentions: [{ name: from, id: from }],
      facts: [{ name: 'F', value: from }],
      fields: [{ field: 'f', title: 'F', type: 'text', value: from }],
    }
    expect(faults(all as Partial<GenericJsonSettings>)).toEqual([])
    const places = JSON.stringify(all).split(JSON.stringify(from))
    expect(places.length - 1).toBe(templatesIn(GenericJsonSettings))
    for (let place = 1; place < places.length; place += 1) {
      const text = [places.slice(0, place), places.slice(place)].map((part) =>
        part.join(JSON.stringify(from)),
      )
      expect(faults(JSON.parse(text.join(JSON.stringify(broken))))).toHaveLength(1)
    }
  })
})

/** In how many places the schema takes a template. */
function templatesIn(schema: object): number {
  const { template, ...properties } = Object(Reflect.get(schema, 'properties'))
  const inner = [
    ...Object.values<object>(properties),
    ...((Reflect.get(schema, 'anyOf') as object[] | undefined) ?? []),
  ]
  const items = Reflect.get(schema, 'items') as object | undefined
  return [...inner, ...(items ? [items] : [])].reduce((sum, one) => sum + templatesIn(one), template ? 1 : 0)
}
