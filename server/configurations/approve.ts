import { AppError } from '../errors.ts'
import { holdsAt } from '../rules/held-until.ts'
import type { Storage, StoredConfiguration } from '../storage/storage.ts'
import { type Caller, unknownConfiguration, visibleTo } from './caller.ts'
import { type SaveTools, sourceGone, welcomeOf } from './save.ts'
import { isSeen } from './seen.ts'

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
  if (!isSeen(before, ifVersion)) throw changed()
  const { rule, version } = before
  const source = await sources.read(before.sourceId)
  const kind = source && tools.kindOf(source.kind)
  if (!source || !kind) throw sourceGone()
  const written = await configurations.approve(entityId, {
    ...holdsAt(rule, tools.now()),
    notice: welcomeOf(source, kind, before),
    who: caller.who,
    expected: version,
  })
  if (written === 'stale') throw changed()
  if (!written) throw unknownConfiguration()
  tools.onCommit()
  return written
}

function changed(): AppError {
  return new AppError('stale', {
    public: {
      en: 'It has been changed since you looked at it. Look at it again, then approve it.',
      fr: 'Elle a été modifiée depuis que vous l’avez regardée. Regardez-la à nouveau, puis approuvez-la.',
      zh: '您查看之后它已被更改。请重新查看，然后再批准。',
    },
  })
}
