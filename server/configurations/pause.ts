import { holdsAt } from '../rules/held-until.ts'
import type { Storage, StoredConfiguration } from '../storage/storage.ts'
import { type Caller, unknownConfiguration, visibleTo } from './caller.ts'
import { isSeen, stale } from './seen.ts'

/**
 * Pauses a configuration or lets it go on, which anyone of the tenant may: nothing is lost by either. What a pause held
 * is held by the rule as it is now, or sent.
 * @throws {AppError} `configuration-unknown`, `stale`
 */
export async function pauseConfiguration(
  pause: {
    entityId: string
    paused: boolean
    caller: Caller
    /** From `If-Match`. */
    ifVersion?: number | '*' | undefined
  },
  tools: { storage: Pick<Storage, 'configurations'>; onCommit: () => void; now: () => Date },
): Promise<StoredConfiguration> {
  const { entityId, paused, caller, ifVersion } = pause
  const { configurations } = tools.storage
  const before = visibleTo(caller, await configurations.read(entityId))
  if (!isSeen(before, ifVersion)) throw stale()
  const { rule, version } = before
  const written = await configurations.pause(entityId, {
    paused,
    ...holdsAt(rule, tools.now()),
    who: caller.who,
    ...(ifVersion !== undefined && { expected: version }),
  })
  if (written === 'stale') throw stale()
  // Someone removed it between the reading and the writing.
  if (!written) throw unknownConfiguration()
  tools.onCommit()
  return written
}
