import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { projectRoot } from '../lib/project-root.ts'
import { keptAppId } from './teams-app-id.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cardwire-package-command-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('npm run package', () => {
  it("writes the package of this server's settings where it is told, and says what it made", async () => {
    const path = join(folder, 'made', 'app.zip')
    const { status, stdout } = run([path], { PUBLIC_URL: 'https://cardwire.example.com' })
    expect(status).toBe(0)
    const manifest = JSON.parse(
      strFromU8(unzipSync(await readFile(path))['manifest.json'] ?? new Uint8Array()),
    )
    expect(manifest).toMatchObject({ id: keptAppId(folder), validDomains: ['cardwire.example.com'] })
    expect(stdout).toContain(`Made ${path}`)
    expect(stdout).toContain(manifest.id)
  })

  it('says how it is used instead of taking an option for a path', () => {
    for (const args of [['--help'], ['--out', 'app.zip'], ['app.zip', 'and-more']]) {
      const { status, stderr } = run(args, {})
      expect(status).toBe(args[0] === '--help' ? 0 : 2)
      expect(stderr).toContain('npm run package [path]')
    }
    expect(existsSync(join(projectRoot, '--help'))).toBe(false)
  })

  it('fails with words and writes nothing when the settings do not fit', () => {
    const path = join(folder, 'app.zip')
    const { status, stderr } = run([path], { PUBLIC_URL: 'cardwire', TEAMS_APP_ID: 'cardwire' })
    expect(status).toBe(1)
    expect(stderr).toContain('PUBLIC_URL')
    expect(stderr).toContain('TEAMS_APP_ID')
    expect(stderr).not.toContain('    at ')
    expect(existsSync(path)).toBe(false)
  })
})

function run(args: string[], settings: Record<string, string>) {
  return spawnSync(process.execPath, ['--import', 'tsx', 'server/package.ts', ...args], {
    cwd: projectRoot,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], DATABASE_URL: `file:${folder}/cardwire.db`, ...settings },
  })
}
