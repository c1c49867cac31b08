import type { Storage } from '../storage/storage.ts'
import { type Caller, unknownConfiguration, visibleTo } from './caller.ts'

/**
 * Owes the channel a test card, at the end of its lane like any other.
 * @returns the delivery's number, under which the channel's log tells what became of it.
 * @throws {AppError} `configuration-unknown`
 */
export async function sendTestCard(
  { entityId, caller }: { entityId: string; caller: Caller },
  tools: { storage: Pick<Storage, 'configurations'>; onCommit: () => void },
): Promise<string> {
  const { name } = visibleTo(caller, await tools.storage.configurations.read(entityId))
  const deliveryId = await tools.storage.configurations.notify(entityId, {
    about: 'test',
    configurationName: name,
  })
  // Someone removed it between the reading and the writing.
  if (deliveryId === undefined) throw unknownConfiguration()
  tools.onCommit()
  return deliveryId
}
