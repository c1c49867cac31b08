import type { Tab, TeamsApp } from '../../model.ts'

/** What the channel calls a tab: the name it was saved with, else its app's. */
export const tabName = ({ settings }: Tab, app: TeamsApp | undefined): string =>
  settings.suggestedDisplayName || app?.name || 'A tab'
