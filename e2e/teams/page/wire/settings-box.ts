import type { ConnectorSettings } from '../../model.ts'

/**
 * What `getSettings` and `setSettings` see while a page of an app is open.
 *
 * Before `setSettings` the box shows what the page was opened with. Afterwards it shows what was set,
 * and the webhook URL as soon as one has been minted. A late host goes on showing the old state for a while.
 */
export type SettingsBox = {
  shown: () => ShownSettings
  set: (settings: ConnectorSettings, options?: { isLate: boolean }) => void
  mint: (webhookUrl: string) => void
  /** What the connector or tab will keep: the last settings set, else those it was opened with. */
  kept: () => ConnectorSettings
}

/** What a connector has at run time and the SDK's types do not. */
export type RunTimeSettings = { appType: 'teams'; userObjectId: string }

export type ShownSettings = ConnectorSettings & { webhookUrl?: string } & Partial<RunTimeSettings>

/** What a page is opened with; a tab has neither URL nor run-time fields. */
export type OpenedSettings = {
  settings: ConnectorSettings
  webhookUrl?: string | undefined
  runTime?: RunTimeSettings
}

const LATE_MS = 500

export function createSettingsBox(opened: OpenedSettings): SettingsBox {
  let current = opened.settings
  let isSet = false
  let minted: string | undefined
  let before: ShownSettings | undefined
  let lateUntil = 0

  function now(): ShownSettings {
    const webhookUrl = (isSet ? minted : undefined) ?? opened.webhookUrl
    return { ...current, ...(webhookUrl !== undefined && { webhookUrl }), ...opened.runTime }
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
