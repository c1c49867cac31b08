import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { makeAppPackage } from './make-app-package.ts'
import { keptAppId } from './teams-app-id.ts'

it('makes the same app every time, although nobody chose its id', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cardwire-package-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const config = {
    publicUrl: 'https://cardwire.example.com',
    databaseUrl: `file:${folder}/cardwire.db`,
    teamsAppId: undefined,
    teamsConnectorId: undefined,
    entra: undefined,
  }
  const first = await makeAppPackage(config)
  const second = await makeAppPackage(config)
  expect(first.manifest.id).toBe(keptAppId(folder))
  expect(Buffer.from(second.zip).equals(first.zip)).toBe(true)
})
