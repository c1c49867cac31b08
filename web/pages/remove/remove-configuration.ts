import type { Api, Result } from '../../api.ts'

/** Well within Teams' patience of about 30 seconds. */
const timeoutMs = 20_000

/** Removes a configuration for good; that it is already gone is as good. */
export async function removeConfiguration(
  { entityId, webhookUrl }: { entityId: string; webhookUrl: string | undefined },
  api: Pick<Api, 'remove'>,
): Promise<Result<null>> {
  const removed = await api.remove(entityId, { webhookUrl, timeoutMs })
  const isGone = !removed.ok && removed.failure.kind === 'answered' && removed.failure.status === 404
  return isGone ? { ok: true, value: null } : removed
}
