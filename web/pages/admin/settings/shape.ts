/**
 * How a kind's settings are drawn, read from their JSON Schema: what a form can show and nothing more. Anything that
 * TypeBox makes of texts, numbers, constants, objects, lists and unions is one of these.
 */
export type Shape =
  | { is: 'text'; isLong: boolean; fewest: number; such: string | undefined }
  | { is: 'number'; isWhole: boolean }
  | { is: 'yes or no' }
  | { is: 'one of'; options: readonly { value: string; title: string }[] }
  | { is: 'constant'; value: string; title: string }
  | { is: 'group'; parts: readonly Part[] }
  | { is: 'list'; element: Shape; fewest: number; most: number }
  | { is: 'either'; ways: readonly Way[] }

export interface Part {
  name: string
  title: string
  hint: string | undefined
  isRequired: boolean
  shape: Shape
}

/** One of several shapes that a value can have. */
export interface Way {
  title: string
  shape: Shape
}

type Schema = Record<string, unknown>

/** @throws {Error} for a schema that no form can show: the author of a kind is to know, not its administrator. */
export function shapeOf(schema: Schema): Shape {
  if (typeof schema['const'] === 'string') {
    const value = schema['const']
    return { is: 'constant', value, title: titleOf(schema, inWords(value)) }
  }
  if (Array.isArray(schema['enum'])) {
    return {
      is: 'one of',
      options: schema['enum'].map((value) => ({ value: String(value), title: String(value) })),
    }
  }
  if (Array.isArray(schema['anyOf'])) return eitherOf(schema['anyOf'].map(recordOf))
  switch (schema['type']) {
    case 'string':
      return {
        is: 'text',
        isLong: numberOr(schema['maxLength'], 0) > 1000,
        fewest: numberOr(schema['minLength'], 0),
        such: Array.isArray(schema['examples']) ? String(schema['examples'][0]) : undefined,
      }
    case 'number':
    case 'integer':
      return { is: 'number', isWhole: schema['type'] === 'integer' }
    case 'boolean':
      return { is: 'yes or no' }
    case 'object':
      return { is: 'group', parts: partsOf(schema) }
    case 'array':
      return {
        is: 'list',
        element: shapeOf(recordOf(schema['items'])),
        fewest: numberOr(schema['minItems'], 0),
        most: numberOr(schema['maxItems'], Number.POSITIVE_INFINITY),
      }
    default:
      throw new Error(`No form can show ${JSON.stringify(schema)}.`)
  }
}

/** What stands in the form before anyone wrote: what is required, and empty. */
export function startOf(shape: Shape): unknown {
  switch (shape.is) {
    case 'text':
      return ''
    case 'number':
      return undefined
    case 'yes or no':
      return false
    case 'one of':
      return shape.options[0]?.value
    case 'constant':
      return shape.value
    case 'group': {
      const required = shape.parts.filter(({ isRequired }) => isRequired)
      return Object.fromEntries(required.map((part) => [part.name, startOf(part.shape)]))
    }
    case 'list':
      return Array.from({ length: shape.fewest }, () => startOf(shape.element))
    case 'either':
      return shape.ways[0] && startOf(shape.ways[0].shape)
    default:
      return shape satisfies never
  }
}

/** Whether the form could show the value in this shape. */
export function fits(shape: Shape, value: unknown): boolean {
  switch (shape.is) {
    case 'text':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number' || value === undefined
    case 'yes or no':
      return typeof value === 'boolean'
    case 'one of':
      return typeof value === 'string' && shape.options.some((option) => option.value === value)
    case 'constant':
      return value === shape.value
    case 'group': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
      const given = recordOf(value)
      const isKnown = Object.keys(given).every((name) => shape.parts.some((part) => part.name === name))
      return (
        isKnown &&
        shape.parts.every(
          (part) => !(part.isRequired || part.name in given) || fits(part.shape, given[part.name]),
        )
      )
    }
    case 'list':
      return Array.isArray(value) && value.every((element) => fits(shape.element, element))
    case 'either':
      return shape.ways.some((way) => fits(way.shape, value))
    default:
      return shape satisfies never
  }
}

/** Whether nothing is missing that the server would ask for; what is wrong with what is there, the server says. */
export function isComplete(shape: Shape, value: unknown): boolean {
  switch (shape.is) {
    case 'text':
      return typeof value === 'string' && value.trim().length >= shape.fewest
    case 'number':
      return typeof value === 'number'
    case 'group': {
      const given = recordOf(value)
      return shape.parts.every(
        (part) => !(part.isRequired || part.name in given) || isComplete(part.shape, given[part.name]),
      )
    }
    case 'list':
      return (
        Array.isArray(value) &&
        value.length >= shape.fewest &&
        value.every((one) => isComplete(shape.element, one))
      )
    case 'either':
      return shape.ways.some((way) => fits(way.shape, value) && isComplete(way.shape, value))
    case 'yes or no':
    case 'one of':
    case 'constant':
      return fits(shape, value)
    default:
      return shape satisfies never
  }
}

export function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function partsOf(schema: Schema): Part[] {
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  return Object.entries(recordOf(schema['properties'])).map(([name, property]) => {
    const { description } = recordOf(property)
    return {
      name,
      title: titleOf(recordOf(property), inWords(name)),
      // Written for documentation in Markdown too.
      hint: typeof description === 'string' ? description.replaceAll('`', '') : undefined,
      isRequired: required.includes(name),
      shape: shapeOf(recordOf(property)),
    }
  })
}

/** A union of constants, which TypeBox makes of literals, is a choice among them. */
function eitherOf(schemas: readonly Schema[]): Shape {
  const shapes = schemas.map(shapeOf)
  return shapes.every((shape) => shape.is === 'constant')
    ? { is: 'one of', options: shapes }
    : { is: 'either', ways: schemas.map(wayOf) }
}

/** Named by what it is known by: its constant, its only part, or else what its schema says of it. */
function wayOf(schema: Schema): Way {
  const shape = shapeOf(schema)
  const parts = shape.is === 'group' ? shape.parts : []
  const [only] = parts
  const constant = parts.find((part) => part.shape.is === 'constant')?.shape
  if (constant?.is === 'constant') return { title: constant.title, shape }
  if (only && parts.length === 1) return { title: only.title, shape }
  const { description } = schema
  return { title: typeof description === 'string' ? description.replace(/\.$/, '') : shape.is, shape }
}

function titleOf({ title }: Schema, otherwise: string): string {
  return typeof title === 'string' ? title : otherwise
}

/** `occurredAt` as people write it. */
function inWords(name: string): string {
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  const spelt = words.replaceAll(/\b(url|id|hmac|json)\b/g, (word) => word.toUpperCase())
  return spelt.charAt(0).toUpperCase() + spelt.slice(1)
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}
