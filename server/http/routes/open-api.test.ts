import compileSerializer from 'fast-json-stringify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../testing/app.ts'

let app: TestApp
beforeEach(async () => {
  app = await startTestApp()
})
afterEach(() => app.close())

interface Operation {
  summary?: string
  tags?: string[]
  security?: object[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { description?: string; content?: Record<string, { schema: Schema }> }>
}
interface Schema {
  description?: string
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
}
interface OpenApi {
  openapi: string
  info: { title: string; version: string; description: string }
  paths: Record<string, Record<string, Operation>>
  tags: { name: string }[]
  components: { securitySchemes: object }
}

async function read(): Promise<OpenApi> {
  return (await app.http.inject('/openapi.json')).json()
}

/** What anyone may call and nobody programs against: pages, files, and the description itself. */
const hidden =
  /^\/(api\/admin\/session|docs|assets|configure|remove|channel|admin|auth|privacy|terms|favicon|openapi|metrics)|^\/\*?$/

describe('the API describes itself', () => {
  it('so that every answer can be written as it says', async () => {
    const { paths } = await read()
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods))
    const schemas = operations.flatMap(({ responses }) =>
      Object.values(responses).flatMap(({ content = {} }) =>
        Object.values(content).map(({ schema }) => schema),
      ),
    )
    expect(schemas.length).toBeGreaterThan(100)
    for (const schema of schemas) expect(() => compileSerializer(schema as object)).not.toThrow()
  })

  it('whole: every route of the server is in it, by its methods', async () => {
    const { paths } = await read()
    for (const [method, path] of [
      ['get', '/healthz'],
      ['get', '/readyz'],
      ['get', '/app-package.zip'],
      ['post', '/hooks/{sourceKey}'],
      ['get', '/api/sources'],
      ['get', '/api/configurations/{entityId}'],
      ['put', '/api/configurations/{entityId}'],
      ['delete', '/api/configurations/{entityId}'],
      ['post', '/api/configurations/{entityId}/test'],
      ['get', '/api/configurations/{entityId}/deliveries'],
      ['get', '/api/admin/sources'],
      ['post', '/api/admin/sources'],
      ['get', '/api/admin/sources/{id}'],
      ['put', '/api/admin/sources/{id}'],
      ['delete', '/api/admin/sources/{id}'],
      ['get', '/api/admin/configurations'],
      ['get', '/api/admin/configurations/{entityId}'],
      ['put', '/api/admin/configurations/{entityId}'],
      ['delete', '/api/admin/configurations/{entityId}'],
      ['get', '/api/admin/audit'],
    ] as const) {
      expect(paths[path]?.[method], `${method} ${path}`).toBeDefined()
    }
    for (const path of routesOf(app.http.printRoutes({ commonPrefix: false }))) {
      if (!hidden.test(path)) expect(Object.keys(paths)).toContain(path.replace(/:(\w+)/g, '{$1}'))
    }
  })

  it('so that a person knows what each call does, who may make it, and what it answers', async () => {
    const { paths, tags, info } = await read()
    expect(info).toMatchObject({ title: 'Cardwire', version: expect.stringMatching(/^\d+\.\d+\.\d+/) })
    for (const [path, operations] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        const where = `${method} ${path}`
        expect(operation.summary, where).toMatch(/^[A-Z].*[^.]$/)
        expect(
          tags.map(({ name }) => name),
          where,
        ).toContain(operation.tags?.[0])
        expect(
          Object.keys(operation.responses).some((status) => /^[23]/.test(status)),
          where,
        ).toBe(true)
        if (path.startsWith('/api/')) {
          expect(operation.security, where).toEqual([
            path.startsWith('/api/admin/') ? { administrator: [] } : { person: [] },
          ])
          expect(operation.responses, where).toHaveProperty('401')
        }
      }
    }
  })

  it('and tells a stranger nothing else: each call asks who it is before it reads what is sent', async () => {
    const { paths } = await read()
    for (const [path, operations] of Object.entries(paths)) {
      if (!path.startsWith('/api/')) continue
      for (const method of Object.keys(operations)) {
        const url = `${path.replace(/\{\w+\}/g, 'no-uuid')}?limit=0`
        for (const [type, payload] of [
          ['application/json', '{"not": "valid"}'],
          ['application/json', '{'],
          ['text/csv', 'a,b'],
        ] as const) {
          const sent = method === 'get' ? {} : { payload, headers: { 'content-type': type } }
          const answer = await app.http.inject({ method: method.toUpperCase() as 'GET', url, ...sent })
          // After sixty of them the address has to wait.
          expect(answer.json().code, `${method} ${path}`).toMatch(/^(unauthenticated|too-many-requests)$/)
        }
      }
    }
  })

  it('with words for the problems and for what is sent', async () => {
    const { paths } = await read()
    for (const [path, operations] of Object.entries(paths)) {
      for (const [method, { responses, requestBody }] of Object.entries(operations)) {
        for (const [status, response] of Object.entries(responses)) {
          if (/^[45]/.test(status))
            expect(response.description, `${method} ${path} ${status}`).toMatch(/`[a-z-]+`/)
        }
        const sent = requestBody?.content['application/json']?.schema
        if (method !== 'put' && method !== 'post') continue
        for (const [name, property] of Object.entries(sent?.properties ?? {})) {
          expect(isDescribed(property), `${method} ${path} ${name}`).toBe(true)
        }
      }
    }
  })
})

function isDescribed({ description, anyOf }: Schema): boolean {
  return description !== undefined || (anyOf?.every(isDescribed) ?? false)
}

/** The paths of Fastify's printed tree, one a line with indentation by depth. */
function routesOf(tree: string): string[] {
  const parents: string[] = []
  return tree.split('\n').flatMap((line) => {
    const found = /^([\s│]*)(?:├──|└──)\s(\S+)(?: \((.+)\))?/u.exec(line)
    if (!found) return []
    const depth = (found[1]?.length ?? 0) / 4
    parents.length = depth
    parents[depth] = found[2] ?? ''
    return found[3] === undefined ? [] : [parents.join('')]
  })
}
