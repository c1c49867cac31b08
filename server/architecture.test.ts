import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from './lib/project-root.ts'
import { checkArchitecture } from './testing/architecture/check-architecture.ts'
import type { SourceFile } from './testing/architecture/read-module.ts'

/** Our own source: nothing generated, built or installed. */
function sourceFiles(): SourceFile[] {
  return ['server', 'web', 'e2e'].flatMap((top) =>
    readdirSync(join(projectRoot, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => relative(projectRoot, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter((path) => !/(^|\/)(generated|dist|node_modules)\//.test(path))
      .map((path) => ({ path, text: readFileSync(join(projectRoot, path), 'utf8') })),
  )
}

describe('the house', () => {
  it('is kept as its rules say', () => {
    const files = sourceFiles()
    expect(files.length).toBeGreaterThan(100)
    expect(checkArchitecture(files)).toEqual([])
  })
})

const faultsOf = (path: string, text: string) => checkArchitecture([{ path, text }])

describe('the rule of rooms', () => {
  it.each([
    ['server/rules/a.ts', "import { card } from '../cards/card.ts'", 'rules and cards are neighbours'],
    [
      'server/storage/a.ts',
      "import { createSealer } from '../secrets/seal.ts'",
      'storage and secrets are neighbours',
    ],
    ['server/events/a.ts', "import { save } from '../configurations/save.ts'", 'neighbours'],
    ['server/model/a.ts', "import { AppError } from '../errors.ts'", 'errors lies above model'],
    ['server/storage/a.ts', "import { decide } from '../delivery/decide.ts'", 'delivery lies above storage'],
    ['server/storage/a.ts', "import type { Lane } from '../delivery/lane.ts'", 'delivery lies above storage'],
    ['server/storage/a.ts', "type A = import('../delivery/lane.ts').Lane", 'delivery lies above storage'],
    ['server/storage/a.ts', "const a = await import('../http/who.ts')", 'http lies above storage'],
    ['server/storage/a.ts', "export { who } from '../http/who.ts'", 'http lies above storage'],
    ['server/http/a.ts', "import { context } from '../context.ts'", 'context lies above http'],
    ['server/lib/a.ts', "import type { Event } from '../model/event.ts'", 'model lies above lib'],
    ['server/delivery/a.ts', "import { make } from '../testing/make.ts'", 'only tests import'],
    ['server/delivery/a.ts', "import { x } from './lane.test.ts'", 'only tests import'],
    ['server/delivery/a.ts', "import { api } from '../../web/api.ts'", 'the server does not know web/'],
    ['server/delivery/a.ts', "import { teams } from '../../e2e/teams/x.ts'", 'the server does not know e2e/'],
    ['server/delivery/a.ts', "import { readConfig } from '../config.ts'", 'settings are read once'],
    ['server/delivery/a.ts', "import { settings } from '../config-table.ts'", 'settings are read once'],
    ['web/a.ts', "import { fit } from '../server/cards/fit.ts'", 'web/ knows of the server only its model'],
    ['web/a.ts', "import type { Card } from '../server/cards/card.ts'", 'only its model'],
    ['web/pages/x/a.tsx', "import { teams } from '../../../e2e/teams/x.ts'", 'web/ does not know e2e/'],
    ['server/cellar/a.ts', 'export const a = 1', 'server/cellar has no row'],
    ['server/stray.ts', 'export const a = 1', 'is in no room'],
  ])('is broken by %s with: %s', (path, text, sentence) => {
    expect(faultsOf(path, text)).toEqual([expect.stringContaining(sentence)])
    expect(faultsOf(path, text)[0]).toContain(path)
  })

  it.each([
    ['server/main.ts', "import { buildApp } from './app.ts'"],
    ['server/main.ts', "import { readConfig } from './config.ts'"],
    ['server/http/a.ts', "import { save } from '../configurations/save.ts'"],
    ['server/http/routes/admin/a.ts', "import type { Config } from '../../../config.ts'"],
    ['server/storage/a.ts', "import type { Sealer } from '../secrets/seal.ts'"],
    ['server/rules/a.ts', "import { matches } from './matches.ts'"],
    ['server/sources/tasks/a.ts', "import { readJson } from '../read-json.ts'"],
    ['server/rules/a.test.ts', "import { make } from '../testing/make.ts'"],
    ['server/http/a.test.ts', "import { startTeams } from '../../e2e/teams/x.ts'"],
    ['server/testing/a.ts', "import { createContext } from '../context.ts'"],
    ['web/a.ts', "import { Rule } from '../server/model/rule.ts'"],
    ['e2e/a.ts', "import { startServer } from '../server/main.ts'"],
  ])('is kept by %s with: %s', (path, text) => {
    expect(faultsOf(path, text)).toEqual([])
  })
})

describe('the rule of doors', () => {
  it.each([
    ['server/http/a.ts', 'const p = process.env.PORT', 'uses process.env: the environment is read'],
    ['server/context.ts', 'const { env } = process', 'uses process.env'],
    [
      'server/main.ts',
      "import { env } from 'node:process'",
      'the environment is read in server/config.ts alone',
    ],
    [
      'server/events/a.ts',
      "import type { FastifyRequest } from 'fastify'",
      'only home of Fastify, its types too',
    ],
    ['server/app.ts', "import helmet from '@fastify/helmet'", 'only home of Fastify'],
    ['server/rules/a.ts', "import type { PrismaClient } from '@prisma/client'", 'only home of the database'],
    [
      'server/http/a.ts',
      "import { event } from '../storage/generated/client.ts'",
      'only home of the database',
    ],
    ['server/delivery/worker.ts', "import { request } from 'undici'", 'requests go out from'],
    ['server/sources/a.ts', "import { request } from 'node:https'", 'requests go out from'],
    ['server/sources/a.ts', "const answer = await fetch('https://x')", 'uses fetch: requests go out'],
    ['server/sources/a.ts', 'poll({ fetch })', 'uses fetch'],
    ['server/sources/a.ts', 'poll(globalThis.fetch)', 'uses globalThis.fetch'],
    ['web/pages/a.ts', "import { app } from '@microsoft/teams-js'", 'web/teams.ts is the only one'],
    ['web/pages/a.ts', "import type { app } from '@microsoft/teams-js'", 'web/teams.ts is the only one'],
    ['web/pages/a.ts', "await fetch('/api/sources')", 'through web/api.ts alone'],
    ['web/pages/a.ts', "await window.fetch('/api/sources')", 'through web/api.ts alone'],
    ['web/pages/a.ts', 'new XMLHttpRequest()', 'through web/api.ts alone'],
    ['server/delivery/a.ts', 'const now = Date.now()', 'time, chance and new ids are parameters'],
    ['server/delivery/a.ts', 'const now = new Date()', 'uses new Date(): time, chance'],
    ['server/delivery/a.ts', 'const jitter = Math.random()', 'uses Math.random'],
    ['server/delivery/a.ts', "import { randomUUID } from 'node:crypto'", 'uses randomUUID of node:crypto'],
    ['server/delivery/a.ts', "import { v7 } from 'uuid'", 'imports uuid: time, chance'],
    ['server/rules/a.ts', "import { readFileSync } from 'node:fs'", 'are pure'],
    ['server/delivery/decide.ts', "import { setTimeout } from 'node:timers/promises'", 'are pure'],
    ['server/http/a.ts', 'export const a = b as string', 'uses a cast'],
    ['web/a.ts', "export * from './b.ts'", 'everything is exported by its name'],
  ])('is broken by %s with: %s', (path, text, sentence) => {
    expect(faultsOf(path, text)).toEqual([expect.stringContaining(sentence)])
    expect(faultsOf(path, text)[0]).toMatch(new RegExp(`^${path}:1 `))
  })

  it.each([
    ['server/config.ts', 'read(process.env)'],
    ['server/http/a.ts', "import Fastify from 'fastify'"],
    ['server/delivery/send.ts', "import { Agent } from 'undici'"],
    ['server/auth/a.ts', 'const answer = await fetch(url)'],
    ['server/sources/a.ts', "import type { IncomingHttpHeaders } from 'node:http'"],
    ['server/lib/a.ts', "import { isIP } from 'node:net'"],
    ['server/sources/a.ts', 'export const poll = ({ fetch }: Tools) => fetch(url)'],
    ['server/sources/a.ts', 'export interface Tools { fetch: typeof globalThis.fetch }'],
    ['server/delivery/a.ts', 'export const at = new Date(now)'],
    ['server/context.ts', "import { v7 } from 'uuid'; const now = () => new Date(); Math.random()"],
    ['server/secrets/a.ts', "import { randomBytes } from 'node:crypto'"],
    [
      'server/delivery/a.test.ts',
      "process.env.X; await fetch(String(Date.now())); x as string; import 'undici'",
    ],
    ['server/http/a.ts', "export const words = ['a'] as const"],
    ['web/api.ts', 'await fetch(path)'],
    ['web/pages/a.ts', 'createApi({ fetch: window.fetch.bind(window) })'],
    ['web/teams.ts', "import { app } from '@microsoft/teams-js'"],
    ['web/a.ts', 'const shown = new Date().toISOString()'],
  ])('is kept by %s with: %s', (path, text) => {
    expect(faultsOf(path, text)).toEqual([])
  })
})

describe('the rule of names', () => {
  it.each([
    'server/lib/utils.ts',
    'web/components/helpers.tsx',
    'server/model/types.ts',
    'server/http/index.ts',
    'web/pages/configure/Configure.tsx',
    'server/rules/fanOut.ts',
  ])('is broken by %s', (path) => {
    expect(faultsOf(path, 'export const a = 1')).toHaveLength(1)
  })

  it.each(['server/sources/index.ts', 'web/vite.config.ts', 'server/rules/fan-out.test.ts', 'web/teams.ts'])(
    'is kept by %s',
    (path) => expect(faultsOf(path, 'export const a = 1')).toEqual([]),
  )
})

it('is not blind to a file that it cannot read', () => {
  expect(() => faultsOf('server/rules/a.ts', 'const = ;')).toThrow(/server\/rules\/a\.ts cannot be parsed/)
})
