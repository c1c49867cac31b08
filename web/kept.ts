import type { Teams } from './teams.ts'
import { tooLate, within } from './within.ts'

/** What Teams kept of a configuration. */
export interface Kept {
  /** Undefined for a new configuration, and where Teams shows something that was never an id of ours. */
  entityId: string | undefined
  name: string | undefined
  webhookUrl: string | undefined
}

/** Teams answers at once or, in a frame it does not care for, never. */
const timeoutMs = 5_000

/** Reads what Teams kept; a Teams that does not say is taken as one that kept nothing but its context. */
export async function keptBy(teams: Pick<Teams, 'context' | 'getConfig'>): Promise<Kept> {
  const config = await within(timeoutMs, () => teams.getConfig()).catch((): typeof tooLate => tooLate)
  const { entityId, configName, webhookUrl } = config === tooLate ? {} : config
  return { entityId: [entityId, teams.context.entityId].find(isUuid), name: configName, webhookUrl }
}

const isUuid = (id: string | undefined): boolean =>
  id !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
