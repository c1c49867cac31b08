import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from 'playwright/test'
import { PEOPLE } from '../teams/people.ts'
import { openWorld, type World } from '../world.ts'
import { makeCertificate } from './certificate.ts'
import { type OidcEntra, startOidcEntra } from './entra.ts'
import { startTlsFront } from './tls-front.ts'

/** A world in which Cardwire is reached over https, people sign in at Entra, and Teams gives nobody's token. */
export interface SecureWorld extends World {
  entra: OidcEntra
}

export const test = base.extend<{ settings: Record<string, string>; world: SecureWorld }>({
  /** What is set otherwise on Cardwire. */
  settings: [{}, { option: true }],
  ignoreHTTPSErrors: true,
  world: async ({ settings }, use) => {
    const world = await openSecureWorld(settings)
    try {
      await use(world)
    } finally {
      await world.close()
    }
  },
})
export { expect } from 'playwright/test'

/** For scripts that are no tests: the caller closes it. */
export async function openSecureWorld(
  settings: Record<string, string> = {},
): Promise<SecureWorld & { close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'cardwire-tls-'))
  const tls = makeCertificate(folder)
  const closing: (() => Promise<void>)[] = []
  const tidy = async () => {
    await Promise.all(closing.map((one) => one()))
    rmSync(folder, { recursive: true, force: true })
  }
  let entra: OidcEntra | undefined
  const opening = openWorld(async (port) => {
    const front = await startTlsFront(tls, port)
    entra = await startOidcEntra({ redirectUri: `${front.url}/auth/end`, person: somebody(), tls })
    closing.push(front.close, entra.close)
    const trust = { NODE_EXTRA_CA_CERTS: tls.certPath, ENTRA_AUTHORITY: entra.authority }
    return { publicUrl: front.url, settings: { ...trust, ...settings } }
  })
  const world = await opening.catch(async (error: unknown) => {
    await tidy()
    throw error
  })
  if (entra === undefined) throw new Error('The world was opened without its surroundings.')
  world.teams.setSwitches({ authTokenFails: true })
  const { close } = world
  return Object.assign(world, {
    entra,
    async close() {
      await close()
      await tidy()
    },
  })
}

function somebody() {
  const [first] = PEOPLE
  if (first === undefined) throw new Error('There is nobody.')
  return first
}
