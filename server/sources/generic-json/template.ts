import { Liquid, type Template } from 'liquidjs'
import { UnreadableError } from '../source.ts'

/** What a template sees. */
export interface Scope {
  body: unknown
  item: unknown
  headers: Record<string, string>
}

/**
 * A template's text. What is missing is empty, since payloads of one sender differ in shape; unknown filters and
 * tags are faults.
 *
 * An administrator's template is trusted to be sensible, the payload it runs over is not: work and memory are
 * bounded, prototypes are out of reach, and there are no files to include. The bound in time cannot cut one
 * single long filter; the body's size limit bounds that.
 * @throws {UnreadableError} when it does not parse or goes beyond its limits.
 */
export function renderTemplate(template: string, scope: Scope): string {
  try {
    const text: unknown = engine.renderSync(parse(template), scope)
    return typeof text === 'string' ? text : ''
  } catch (error) {
    throw new UnreadableError(firstLine(error))
  }
}

/** What is wrong with a template, or nothing. */
export function templateFault(template: string): string | undefined {
  try {
    parse(template)
    return undefined
  } catch (error) {
    return firstLine(error)
  }
}

const engine = new Liquid({
  strictFilters: true,
  ownPropertyOnly: true,
  dynamicPartials: false,
  templates: {},
  parseLimit: 20_000,
  renderLimit: 500,
  memoryLimit: 20_000_000,
})
// The tags that read other templates have nothing to read, and chance has no place in reading an event.
for (const tag of ['include', 'render', 'layout', 'block']) delete engine.tags[tag]
delete engine.filters.sample

/** Parsed once, not once per event. Forgotten all at once when there are very many: they are quickly parsed anew. */
const parsed = new Map<string, Template[]>()

function parse(template: string): Template[] {
  const known = parsed.get(template)
  if (known) return known
  const fresh = engine.parse(template)
  if (parsed.size >= 2_000) parsed.clear()
  parsed.set(template, fresh)
  return fresh
}

/** The rest of a Liquid error shows the template around the place. */
function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n', 1)[0] ?? ''
}
