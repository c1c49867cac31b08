import type { FrameContext } from './context.ts'

/** The smallest that the SDK accepts and that has what a configuration page needs. */
const RUNTIME = {
  apiVersion: 4,
  hostVersionsInfo: { adaptiveCardSchemaVersion: { majorVersion: 1, minorVersion: 5 } },
  isLegacyTeams: false,
  supports: {
    pages: { config: {}, backStack: {} },
    teamsCore: {},
    logs: {},
    dialog: { url: {} },
  },
}

const SDK_VERSION = '2.58.0'

/** What `initialize` answers. */
export function greeting(frameContext: FrameContext): unknown[] {
  return [frameContext, 'web', JSON.stringify(RUNTIME), SDK_VERSION]
}
