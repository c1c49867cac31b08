import type { ConnectorSettings } from '../../model.ts'

/**
 * What `getSettings` and `setSettings` see while a dialog is open.
 *
 * Before `setSettings` the box shows what the connector was opened with. Afterwards it shows what was set,
 * and the webhook URL as soon as one has been minted. A late host goes on showing the old state for a while.
 */
export type SettingsBox = {
  shown: () => ShownSettings
  set: (settings: ConnectorSettings, options?: { isLate: boolean }) => void
  mint: (webhookUrl: string) => void
  /** What the connector will keep: the last settings set, else those it was opened with. */
  kept: () => ConnectorSettings
}

/** The run-time fields that the SDK's types do not have. */
export type ShownSettings = ConnectorSettings & {
  webhookUrl?: string
  appType: 'teams'
  userObjectId: string
}

const LATE_MS = 500

export function createSettingsBox(opened: Omit<ShownSettings, 'appType'>): SettingsBox {
  const { webhookUrl: openedUrl, userObjectId, ...openedSettings } = opened
  let current: ConnectorSettings = openedSettings
  let isSet = false
  let minted: string | undefined
  let before: ShownSettings | undefined
  let lateUntil = 0

  function now(): ShownSettings {
    const webhookUrl = (isSet ? minted : undefined) ?? openedUrl
    return { ...current, ...(webhookUrl !== undefined && { webhookUrl }), appType: 'teams', userObjectId }
  }

  return {
    shown: () => (before && performance.now() < lateUntil ? before : now()),
    set(settings, { isLate } = { isLate: false }) {
      before = isLate ? now() : undefined
      lateUntil = performance.now() + LATE_MS
      current = settings
      isSet = true
    },
    mint(webhookUrl) {
      minted = webhookUrl
    },
    kept: () => current,
  }
}
