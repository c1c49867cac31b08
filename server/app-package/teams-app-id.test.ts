import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keptAppId, teamsAppId } from './teams-app-id.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cardwire-app-id-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe("the app's id", () => {
  it('is the setting where there is one, and then nothing is kept', async () => {
    const set = '2f6a1c1e-52b1-4c5a-9a0f-6a1f0b6d8c11'
    expect(teamsAppId({ teamsAppId: set, databaseUrl: `file:${folder}/cardwire.db` })).toBe(set)
    expect(await readdir(folder)).toEqual([])
  })

  it('is made once beside the database and stays the same', async () => {
    const config = { teamsAppId: undefined, databaseUrl: `file:${folder}/data/cardwire.db?timeout=5` }
    const first = teamsAppId(config)
    expect(first).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(teamsAppId(config)).toBe(first)
    expect(await readdir(join(folder, 'data'))).toEqual(['teams-app-id'])
  })

  it('is kept where only its owner can change it', async () => {
    keptAppId(folder)
    expect((await stat(join(folder, 'teams-app-id'))).mode & 0o777).toBe(0o600)
  })

  it('is never replaced when its file was damaged: someone must say which one is right', async () => {
    const path = join(folder, 'teams-app-id')
    await writeFile(path, 'cardwire\n')
    expect(() => keptAppId(folder)).toThrow('TEAMS_APP_ID')
    expect(await readFile(path, 'utf8')).toBe('cardwire\n')
  })

  it('must be set on PostgreSQL, where processes have no folder in common', () => {
    const config = { teamsAppId: undefined, databaseUrl: 'postgresql://cardwire@db.example.com/cardwire' }
    expect(() => teamsAppId(config)).toThrow('TEAMS_APP_ID')
  })
})
