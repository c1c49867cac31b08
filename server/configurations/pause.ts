import { heldUntil } from '../rules/held-until.ts'
import type { Storage, StoredConfiguration } from '../storage/storage.ts'
import { type Caller, unknownConfiguration, visibleTo } from './caller.ts'

/**
 * Pauses a configuration or lets it go on, which anyone of the tenant may: nothing is lost by either. What a pause held
 * is held by the rule as it is now, or sent.
 * @throws {AppError} `configuration-unknown`
 */
export async function pauseConfiguration(
  { entityId, paused, caller }: { entityId: string; paused: boolean; caller: Caller },
  tools: { storage: Pick<Storage, 'configurations'>; onCommit: () => void; now: () => Date },
): Promise<StoredConfiguration> {
  const { configurations } = tools.storage
  const { rule } = visibleTo(caller, await configurations.read(entityId))
  const written = await configurations.pause(entityId, {
    paused,
    held: heldUntil(rule, { critical: false }, tools.now()),
    criticalHeld: heldUntil(rule, { critical: true }, tools.now()),
    who: caller.who,
  })
  // Someone removed it between the reading and the writing.
  if (!written) throw unknownConfiguration()
  tools.onCommit()
  return written
}
