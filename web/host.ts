import type { Host } from '../server/model/configuration.ts'

/** Where the configuration page runs. The manifest says it in the page's address; nothing in Teams' context does. */
export const hostOfPage = (): Host =>
  new URLSearchParams(location.search).get('host') === 'tab' ? 'tab' : 'connector'
