import type { Storage } from '../storage/storage.ts'
import type { Metrics } from '../telemetry/metrics.ts'
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
  tools: { storage: Pick<Storage, 'configurations'>; metrics: Pick<Metrics, 'deliveries'> },
): Promise<void> {
  const { entityId, caller, webhookUrl } = removal
  const { configurations } = tools.storage
  const configuration = visibleTo(caller, await configurations.read(entityId))
  await mayChange(
    caller,
    configuration,
    async () => webhookUrl !== undefined && configurations.provesUrl(entityId, webhookUrl),
  )
  if (!isSeen(configuration, removal.ifVersion)) throw stale()
  const expected = removal.ifVersion === undefined ? undefined : configuration.version
  const removed = await configurations.remove(entityId, caller.who, expected)
  if (removed === 'stale') throw stale()
  if (!removed) return
  const { cancelled, transport } = removed
  tools.metrics.deliveries.inc({ state: 'cancelled', transport }, cancelled)
}
