import { randomUUID } from 'node:crypto'
import type { Changes } from './changes.ts'
import type { Tab, TabSettings } from './model.ts'

/** The tabs that people added to channels and chats. One exists from the end of its save until it is removed. */
export type Tabs = {
  add(tab: { channelId: string; connectorId: string; createdBy: string; settings: TabSettings }): Tab
  /** What an edit saved. */
  change(id: string, settings: TabSettings): Tab | undefined
  remove(id: string): Tab | undefined
  all(): Tab[]
  clear: () => void
}

export function createTabs(options: {
  changes: Changes
  changed: () => void
  remembered: readonly Tab[]
}): Tabs {
  const tabs = new Map(options.remembered.map((tab) => [tab.id, tab]))

  function tell() {
    options.changes.tell('state')
    options.changed()
  }

  return {
    add(wanted) {
      const tab: Tab = { id: randomUUID(), revision: 1, ...wanted }
      tabs.set(tab.id, tab)
      tell()
      return tab
    },
    change(id, settings) {
      const before = tabs.get(id)
      if (!before) return undefined
      const tab = { ...before, settings, revision: before.revision + 1 }
      tabs.set(id, tab)
      tell()
      return tab
    },
    remove(id) {
      const tab = tabs.get(id)
      tabs.delete(id)
      tell()
      return tab
    },
    all: () => [...tabs.values()],
    clear() {
      tabs.clear()
      tell()
    },
  }
}
