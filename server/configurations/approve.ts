import { heldUntil } from '../rules/held-until.ts'
import type { Storage, StoredConfiguration } from '../storage/storage.ts'
import { type Caller, unknownConfiguration, visibleTo } from './caller.ts'
import { type SaveTools, sourceGone, welcomeOf } from './save.ts'
import { isSeen, stale } from './seen.ts'

/**
 * Lets a configuration send what its source tells, as an administrator saw it: one that its owner changed meanwhile,
 * to want more or to send it elsewhere, is not what was approved. One that is active already stays as it is.
 * @throws {AppError} `configuration-unknown`, `stale`, `source-not-available`
 */
export async function approveConfiguration(
  approval: {
    entityId: string
    caller: Caller
    /** From `If-Match`. */
    ifVersion?: number | '*' | undefined
  },
  tools: Pick<SaveTools, 'kindOf' | 'onCommit' | 'now'> & {
    storage: Pick<Storage, 'configurations' | 'sources'>
  },
): Promise<StoredConfiguration> {
  const { entityId, caller, ifVersion } = approval
  const { configurations, sources } = tools.storage
  const before = visibleTo(caller, await configurations.read(entityId))
  if (!isSeen(before, ifVersion)) throw stale()
  const { rule, version } = before
  const source = await sources.read(before.sourceId)
  const kind = source && tools.kindOf(source.kind)
  if (!source || !kind) throw sourceGone()
  const written = await configurations.approve(entityId, {
    held: heldUntil(rule, { critical: false }, tools.now()),
    criticalHeld: heldUntil(rule, { critical: true }, tools.now()),
    notice: welcomeOf(source, kind, before),
    who: caller.who,
    expected: version,
  })
  if (written === 'stale') throw stale()
  if (!written) throw unknownConfiguration()
  tools.onCommit()
  return written
}
