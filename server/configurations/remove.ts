import type { Storage } from '../storage/storage.ts'
import { type Caller, mayChange, visibleTo } from './caller.ts'
import { isSeen, stale } from './seen.ts'

/**
 * Removes a configuration: what it was still owed is cancelled, and a URL that nobody else uses is forgotten.
 * @param removal.webhookUrl proof for someone who is not the maker.
 * @throws {AppError} `configuration-unknown`, `forbidden`, `stale`
 */
export async function removeConfiguration(
  removal: {
    entityId: string
    caller: Caller
    webhookUrl?: string | undefined
    /** From `If-Match`. */
    ifVersion?: number | '*' | undefined
  },
  { storage: { configurations } }: { storage: Pick<Storage, 'configurations'> },
): Promise<void> {
  const { entityId, caller, webhookUrl } = removal
  const configuration = visibleTo(caller, await configurations.read(entityId))
  await mayChange(
    caller,
    configuration,
    async () => webhookUrl !== undefined && configurations.provesUrl(entityId, webhookUrl),
  )
  if (!isSeen(configuration, removal.ifVersion)) throw stale()
  const expected = removal.ifVersion === undefined ? undefined : configuration.version
  if ((await configurations.remove(entityId, caller.who, expected)) === 'stale') throw stale()
}
