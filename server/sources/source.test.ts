import * as fc from 'fast-check'
import { type Static, type TObject, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { describe, expect, test } from 'vitest'
import type { FieldValue } from '../model/event.ts'
import { NewEvent } from '../model/event.ts'
import { languages } from '../model/language.ts'
import { DeclaredEventType, DeclaredField } from '../model/source.ts'
import { inLanguage, type Text } from '../model/text.ts'
import { kindOf, kinds } from './index.ts'
import { type Example, type Kind, type RawRequest, UnreadableError } from './source.ts'

/**
 * What every kind promises. A kind that is listed is tested here against its own examples before its author has
 * written a test.
 */
const newEvent = Compile(NewEvent)
const secret = 'the secret of this source'
const next = 'the secret that replaces it'
const examples = kinds.flatMap((kind) => kind.examples.map((example) => ({ kind, example })))

describe.each(kinds.map((kind) => [kind.id, kind] as const))('kind %s', (id, kind) => {
  test('has a stable id by which it is found, a title and examples', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(kindOf(id)).toBe(kind)
    expect(inLanguage(kind.title, 'en')).toMatch(/\S/)
    expect(kind.examples.length).toBeGreaterThan(0)
    expect(new Set(kind.examples.map((example) => example.id)).size).toBe(kind.examples.length)
  })

  test('describes every setting and every choice, since forms are drawn from them', () => {
    for (const schema of [kind.settings, kind.choices]) {
      expect(schema.type).toBe('object')
      expect(undescribed(schema, '')).toEqual([])
    }
  })

  test('says every title and description of its settings and choices in all our languages, and no other', () => {
    const all = [kind.settings, kind.choices].flatMap((schema) => spokenIn(schema))
    const distinct = (words: (string | undefined)[]) =>
      [...new Set(words.filter((one) => one !== undefined))].toSorted()
    const { titles = {}, descriptions = {} } = kind.words ?? {}
    expect(Object.keys(titles).toSorted()).toEqual(distinct(all.map(({ name }) => name)))
    expect(Object.keys(descriptions).toSorted()).toEqual(distinct(all.map(({ description }) => description)))
  })

  test('shows every field it lists in an example', () => {
    const listed = kind.examples.flatMap(({ settings }) => kind.fields(settings).map(({ field }) => field))
    const events = kind.examples.flatMap((example) => kind.read(request(example), example.settings))
    const shown = new Set(events.flatMap((event) => Object.keys(event.fields)))
    expect([...shown].toSorted()).toEqual([...new Set(listed)].toSorted())
  })

  test('says in every language how its sender proves itself, naming the header that does', () => {
    for (const { settings } of kind.examples) {
      const headers = Object.keys(kind.proof(new Uint8Array(), secret, settings))
      for (const language of languages) {
        const words = inLanguage(kind.proofInWords(settings), language).toLowerCase()
        for (const header of headers) expect(words).toContain(header)
      }
    }
  })

  test('has presets that fit the schema and have no faults', () => {
    for (const { settings } of kind.presets ?? []) {
      expect(Compile(kind.settings).Errors(settings)).toEqual([])
      expect(kind.faults?.(settings) ?? []).toEqual([])
    }
  })
})

describe.each(examples.map(({ kind, example }) => [kind.id, example.id, kind, example] as const))(
  'kind %s, example %s',
  (_kind, _example, kind, example) => {
    const { settings } = example
    const proven = (raw: RawRequest, ...secrets: string[]) => kind.authentic(raw, secrets, settings)

    test('has settings that fit the schema and have no faults', () => {
      expect(Compile(kind.settings).Errors(settings)).toEqual([])
      expect(kind.faults?.(settings) ?? []).toEqual([])
    })

    test('lists event types and fields in their own shape, each once', () => {
      const types = kind.eventTypes(settings)
      expect(Compile(Type.Array(DeclaredEventType)).Check(types)).toBe(true)
      expect(Compile(Type.Array(DeclaredField)).Check(kind.fields(settings))).toBe(true)
      expect(new Set(types.map(({ type }) => type)).size).toBe(types.length)
    })

    test('accepts the proof of each valid secret, also while one is being rotated', () => {
      for (const each of [secret, next]) {
        const raw = signed(kind, example, each)
        expect(proven(raw, each)).toBe(true)
        expect(proven(raw, next, secret)).toBe(true)
        expect(proven(raw, secret, next)).toBe(true)
      }
    })

    test('refuses a request without proof, with an empty one, or with nothing to prove it by', () => {
      const raw = signed(kind, example, secret)
      expect(proven(request(example), secret)).toBe(false)
      expect(proven(raw)).toBe(false)
      expect(proven(raw, next)).toBe(false)
      expect(proven(signed(kind, example, ''), '')).toBe(false)
      for (const name of Object.keys(kind.proof(raw.body, secret, settings))) {
        expect(proven({ ...raw, headers: { ...raw.headers, [name]: '' } }, secret)).toBe(false)
        expect(proven({ ...raw, headers: { ...raw.headers, [name]: undefined } }, secret)).toBe(false)
      }
    })

    test('refuses a proof that is cut short, prolonged or altered anywhere', () => {
      const raw = signed(kind, example, secret)
      const proof = Object.entries(kind.proof(raw.body, secret, settings))
      fc.assert(
        fc.property(fc.constantFrom(...proof), fc.nat(), fc.nat(), ([name, value], at, by) => {
          const place = at % value.length
          const other = String.fromCharCode(33 + ((value.charCodeAt(place) - 33 + 1 + (by % 90)) % 94))
          const changed = `${value.slice(0, place)}${other}${value.slice(place + 1)}`
          for (const wrong of [value.slice(0, place), `${value}${other}`, changed]) {
            if (sameProof(wrong, value)) continue
            expect(proven({ ...raw, headers: { ...raw.headers, [name]: wrong } }, secret)).toBe(false)
          }
        }),
      )
    })

    test('refuses the proof of another secret, and of another body where the proof covers it', () => {
      const raw = signed(kind, example, secret)
      const proof = kind.proof(raw.body, secret, settings)
      fc.assert(
        fc.property(fc.string({ minLength: 1 }), fc.uint8Array(), (other, body) => {
          fc.pre(other !== secret)
          const theirs = { ...raw, headers: { ...raw.headers, ...kind.proof(raw.body, other, settings) } }
          expect(proven(theirs, secret)).toBe(false)
          const covers = kind.proof(body, secret, settings)
          if (Object.keys(proof).some((name) => proof[name] !== covers[name])) {
            expect(proven({ ...raw, body }, secret)).toBe(Buffer.from(body).equals(raw.body))
          }
        }),
      )
    })

    test('reads the events it says, each valid, of a declared type and with typed fields', () => {
      const events = kind.read(request(example), settings)
      expect(events.map(({ type }) => type)).toEqual(example.types)
      const declared = kind.eventTypes(settings).map(({ type }) => type)
      const fields = new Map(kind.fields(settings).map(({ field, type }) => [field, type]))
      for (const event of events) {
        expect(newEvent.Errors(event)).toEqual([])
        expect(declared).toContain(event.type)
        for (const [field, value] of Object.entries(event.fields)) {
          expect(typeOf(value), `field ${field}`).toBe(fields.get(field))
        }
      }
    })

    test('says no word of its own in one language only', () => {
      const events = kind.read(request(example), settings)
      const said = [
        kind.title,
        example.title,
        ...[...kind.eventTypes(settings), ...kind.fields(settings)].map(({ title }) => title),
        ...events.flatMap(({ title, facts, links }) => [
          title,
          ...facts.map(({ name }) => name),
          ...links.map((link) => link.title),
        ]),
      ]
      const told = wordsIn(JSON.stringify([settings, example.body, example.headers]))
      const own = (text: string) => [...wordsIn(text)].some((word) => !told.has(word))
      expect(
        said
          .filter(isInOneLanguage)
          .map((text) => inLanguage(text, 'en'))
          .filter(own),
      ).toEqual([])
    })

    test('reads the same from the same, and alters nothing it is given', () => {
      const raw = deepFrozen(request(example))
      const before = Buffer.from(raw.body)
      const frozen = deepFrozen(structuredClone(settings))
      expect(kind.read(raw, frozen)).toEqual(kind.read(request(example), settings))
      expect(before.equals(raw.body)).toBe(true)
    })

    test('never fails otherwise than by saying that the body is unreadable', () => {
      const bodies = fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.json().map((json) => Buffer.from(json)),
        fc.array(fc.json(), { maxLength: 3 }).map((parts) => Buffer.from(`[${parts.join(',')}]`)),
        altered(example.body).map(bytes),
      )
      fc.assert(
        fc.property(bodies, (body) => {
          for (const event of readOrRefuse(kind, { ...request(example), body }, settings)) {
            expect(newEvent.Errors(event)).toEqual([])
          }
        }),
        { numRuns: 300 },
      )
    })

    test.each(hostile)('bears a hostile body: %s', (_name, make) => {
      for (const body of [make(JSON.stringify(example.body)), make('{"id":"x"}')]) {
        const raw = { ...request(example), body: Buffer.from(body) }
        for (const event of readOrRefuse(kind, raw, settings)) {
          expect(newEvent.Errors(event)).toEqual([])
          expect(Object.getPrototypeOf(event.fields)).toBe(Object.prototype)
          expect(JSON.stringify(event)).not.toMatch(/\\ud[89a-f]|\\u0000/i)
        }
      }
      expect(Object.keys(Object.prototype)).toEqual([])
    })
  },
)

/** Each makes a hostile body of a good one, of which it may keep what it likes. */
const hostile: [string, (good: string) => string][] = [
  ['arrays nested 500,000 deep', () => '['.repeat(500_000)],
  ['objects nested 100,000 deep', () => `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['a prototype in every object', (good) => good.replaceAll('{', '{"__proto__":{"polluted":true},')],
  ['a constructor in every object', (good) => good.replaceAll('{', '{"constructor":{"prototype":{"x":1}},')],
  ['a prototype instead of properties', (good) => `{"__proto__":${good}}`],
  ['texts of 300,000 characters', (good) => texts(good, 'x'.repeat(300_000))],
  ['blank texts', (good) => texts(good, ' \t\n ')],
  ['lone surrogates', (good) => texts(good, 'a\\ud800b\\udc00')],
  ['control characters', (good) => texts(good, '\\u0000\\u0007')],
  ['numbers out of range', (good) => good.replace(/:[-\d.]+/g, ':1e999').replace(/"\d[^"]*"/g, '-1e999')],
  ['texts where anything else was', (good) => good.replace(/:(true|false|null|[-\d.]+)/g, ':"x"')],
  ['lists where texts were', (good) => good.replace(/:"[^"]*"/g, ':[["x"]]')],
  ['2,000 events at once', (good) => `[${Array.from({ length: 2_000 }, () => good).join(',')}]`],
  ['2,000 elements in every list', (good) => good.replace(/\[\{/g, `[${'{},'.repeat(1_999)}{`)],
]

function texts(good: string, text: string): string {
  let left = 3
  return good.replace(/:"[^"]*"/g, (found) => (left-- > 0 ? `:"${text}"` : found))
}

function bytes(json: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(json))
}

function request(example: Example): RawRequest {
  return { body: bytes(example.body), headers: { ...example.headers } }
}

function signed(kind: Kind, example: Example, by: string): RawRequest {
  const raw = request(example)
  return { ...raw, headers: { ...raw.headers, ...kind.proof(raw.body, by, example.settings) } }
}

/** `Bearer` may be written in any case, and HTTP ignores the blanks around a value. */
function sameProof(one: string, other: string): boolean {
  return plainProof(one) === plainProof(other)
}

function plainProof(proof: string): string {
  return proof.trim().replace(/^bearer +/i, 'Bearer ')
}

function readOrRefuse(kind: Kind, raw: RawRequest, settings: Static<TObject>): NewEvent[] {
  try {
    return kind.read(raw, settings)
  } catch (error) {
    expect(error).toBeInstanceOf(UnreadableError)
    expect(String(error)).not.toContain('undefined')
    return []
  }
}

function typeOf(value: FieldValue): string {
  if (Array.isArray(value)) return 'list'
  return typeof value === 'string' ? 'text' : typeof value
}

/** French may well borrow an English word; Chinese is written in other letters. */
function isInOneLanguage(text: Text): boolean {
  return inLanguage(text, 'zh') === inLanguage(text, 'en')
}

function wordsIn(text: string): Set<string> {
  return new Set(text.match(/[\p{Letter}\p{Mark}\p{Number}]+/gu))
}

/** The example with any of its values replaced by any other, or taken away. */
function altered(json: unknown): fc.Arbitrary<unknown> {
  if (typeof json !== 'object' || json === null) {
    return fc.oneof({ weight: 4, arbitrary: fc.constant(json) }, { weight: 1, arbitrary: fc.jsonValue() })
  }
  if (Array.isArray(json)) return fc.tuple(...json.map(altered))
  return fc.record(Object.fromEntries(Object.entries(json).map(([key, value]) => [key, altered(value)])), {
    requiredKeys: [],
  })
}

/** The paths of properties that have no description, a union's own counting for its branches. */
function undescribed(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const node = schema as { properties?: object; items?: unknown; anyOf?: unknown[] }
  return [
    ...Object.entries(node.properties ?? {}).flatMap(([name, property]) => [
      ...(property.description || property.anyOf?.every((one: { description?: string }) => one.description)
        ? []
        : [`${path}/${name}`]),
      ...undescribed(property, `${path}/${name}`),
    ]),
    ...undescribed(node.items, `${path}/*`),
    ...(node.anyOf ?? []).flatMap((branch, index) => undescribed(branch, `${path}|${index}`)),
  ]
}

/** The name and the description of everything in a schema; a constant is called by its value. */
function spokenIn(schema: object, property?: string): { name?: string; description?: string }[] {
  const node: {
    properties?: object
    items?: object
    anyOf?: object[]
    const?: string
    description?: string
  } = schema
  const name = node.const ?? property
  return [
    { ...(name !== undefined && { name }), ...(node.description && { description: node.description }) },
    ...Object.entries(node.properties ?? {}).flatMap(([key, one]) => spokenIn(one, key)),
    ...(node.items ? spokenIn(node.items) : []),
    ...(node.anyOf ?? []).flatMap((way) => spokenIn(way)),
  ]
}

function deepFrozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const inner of Object.values(value)) deepFrozen(inner)
    Object.freeze(value)
  }
  return value
}
