import * as fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { kinds } from '../../../../server/sources/index.ts'
import { fits, isComplete, type Shape, shapeOf, startOf } from './shape.ts'

/** As the console is given it: over HTTP, without what only TypeBox sees. */
const shapeOfKind = ({ settings }: (typeof kinds)[number]) => shapeOf(JSON.parse(JSON.stringify(settings)))

describe.each(kinds.map((kind) => [kind.id, kind] as const))('the settings of kind %s', (_, kind) => {
  const shape = shapeOfKind(kind)
  const known = [...kind.examples, ...(kind.presets ?? [])].map(({ settings }) => settings)

  it('can all be drawn, and whatever its examples and presets set is shown', () => {
    for (const settings of known) {
      expect(fits(shape, settings)).toBe(true)
      expect(isComplete(shape, settings)).toBe(true)
    }
  })

  it('are shown by exactly one way where there are several', () => {
    for (const settings of known) expect(ambiguous(shape, settings)).toEqual([])
  })

  it('begin as something that the form can show', () => {
    expect(fits(shape, startOf(shape))).toBe(true)
  })

  it('are complete before the server takes them, whatever is left out', () => {
    const schema = Compile(kind.settings)
    const all = known.flatMap((settings) => pathsIn(settings).map((path) => ({ settings, path })))
    if (all.length === 0) return
    fc.assert(
      fc.property(fc.constantFrom(...all), ({ settings, path }) => {
        const less = without(settings, path)
        if (schema.Check(less)) expect([path, isComplete(shape, less)]).toEqual([path, true])
      }),
    )
  })
})

describe('a shape', () => {
  const one = (properties: object, required: string[] = []) =>
    shapeOf({ type: 'object', properties, required })

  it('is complete with its required parts, and with what was added to them', () => {
    const shape = one({ a: { type: 'string', minLength: 1 }, b: { type: 'string', minLength: 1 } }, ['a'])
    expect(startOf(shape)).toEqual({ a: '' })
    expect(isComplete(shape, { a: ' ' })).toBe(false)
    expect(isComplete(shape, { a: 'x' })).toBe(true)
    expect(isComplete(shape, { a: 'x', b: '' })).toBe(false)
  })

  it('has a list as long as it must be', () => {
    const shape = shapeOf({ type: 'array', minItems: 1, items: { type: 'integer' } })
    expect(startOf(shape)).toEqual([undefined])
    expect(isComplete(shape, [undefined])).toBe(false)
    expect(isComplete(shape, [7])).toBe(true)
    expect(isComplete(shape, [])).toBe(false)
  })

  it('names its parts as people write them', () => {
    const shape = one({
      occurredAt: { type: 'string' },
      imageUrl: { type: 'boolean' },
      id: { type: 'number' },
    })
    expect(shape.is === 'group' && shape.parts.map(({ title }) => title)).toEqual([
      'Occurred at',
      'Image URL',
      'ID',
    ])
  })

  it('is refused where no form could show it', () => {
    expect(() => one({ a: { type: 'null' } })).toThrow('No form can show')
  })
})

/** Where a value could be shown by several ways, or by none. */
function ambiguous(shape: Shape, value: unknown): unknown[] {
  if (shape.is === 'either') {
    const [way, ...more] = shape.ways.filter((one) => fits(one.shape, value))
    return way && more.length === 0 ? ambiguous(way.shape, value) : [value]
  }
  if (shape.is === 'list') return (value as unknown[]).flatMap((one) => ambiguous(shape.element, one))
  if (shape.is !== 'group') return []
  return shape.parts.flatMap((part) => {
    const given = Object(value)[part.name]
    return given === undefined ? [] : ambiguous(part.shape, given)
  })
}

type Path = readonly (string | number)[]

function pathsIn(value: unknown): Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [
    [name],
    ...pathsIn(inner).map((path) => [name, ...path]),
  ])
}

function without(value: unknown, [name, ...rest]: Path): unknown {
  if (Array.isArray(value)) {
    return value.flatMap((one, index) =>
      String(index) !== name ? [one] : rest.length === 0 ? [] : [without(one, rest)],
    )
  }
  return Object.fromEntries(
    Object.entries(Object(value)).flatMap(([key, one]) =>
      key !== name ? [[key, one]] : rest.length === 0 ? [] : [[key, without(one, rest)]],
    ),
  )
}
