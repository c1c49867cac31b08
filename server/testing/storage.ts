import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { createSealer } from '../secrets/seal.ts'
import { openStorage, type Storage } from '../storage/storage.ts'
import { createClock } from './clock.ts'

/** Real storage on a real file of its own. `reopen` is what a restart does; `discard` leaves nothing behind. */
export async function openTestStorage({ clock = createClock() } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'cardwire-'))
  const databaseUrl = `file:${join(folder, 'cardwire.db')}`
  const sealer = createSealer([Buffer.alloc(32, 7)])
  const open = () =>
    openStorage({
      databaseUrl,
      sealer,
      now: clock.now,
      newId: uuid,
      newKey: () => randomBytes(12).toString('base64url'),
    })
  let storage: Storage = await open()
  return {
    get storage() {
      return storage
    },
    clock,
    sealer,
    databaseUrl,
    path: join(folder, 'cardwire.db'),
    async reopen() {
      await storage.close()
      storage = await open()
      return storage
    },
    async discard() {
      await storage.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type TestStorage = Awaited<ReturnType<typeof openTestStorage>>
