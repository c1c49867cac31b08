import type { Connector, State, Tab } from '../../model.ts'
import type { OpenedSettings } from '../wire/settings-box.ts'

/** What `getSettings` shows in a connector's dialog; `webhookUrl` where that differs from the connector's own. */
export function openedConnector(
  { session, switches }: State,
  connector: Connector | undefined,
  webhookUrl = connector?.webhookUrl,
): OpenedSettings {
  const runTime = { appType: 'teams', userObjectId: session.personId } as const
  if (!connector) return { settings: {}, runTime }
  const { contentUrl, ...rest } = connector.settings
  const isLost = contentUrl === undefined || switches.lostContentUrl
  return { settings: { ...rest, ...(!isLost && { contentUrl }) }, webhookUrl, runTime }
}

/** What it shows in a tab and its dialogs: what was saved, and nothing that only connectors have. */
export const openedTab = (tab: Tab | undefined): OpenedSettings => ({ settings: tab?.settings ?? {} })
