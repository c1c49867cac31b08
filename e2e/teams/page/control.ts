import type {
  Connector,
  ConnectorSettings,
  Post,
  Run,
  Session,
  State,
  Switches,
  Tab,
  TabSettings,
  Workflow,
} from '../model.ts'
import type { Fired } from '../senders.ts'

/** The page's only way to its server. Every failure is thrown with the server's own words. */
export const control = {
  state: () => call<State>('GET', '/control/state'),
  feed: (channelId: string) => call<Post[]>('GET', `/control/channels/${encodeURIComponent(channelId)}/feed`),
  setSwitches: (changed: Partial<Switches>) => call<Switches>('PUT', '/control/switches', changed),
  setSession: (changed: { [Key in keyof Session]?: Session[Key] | undefined }) =>
    call<Session>('PUT', '/control/session', changed),
  fire: (senderId: string, sampleId: string) =>
    call<Fired>('POST', `/control/senders/${senderId}/samples/${sampleId}`),
  mint: (channelId: string, connectorId: string) =>
    call<Connector>('POST', '/control/connectors', { channelId, connectorId }),
  drift: (id: string) => call<{ webhookUrl: string }>('POST', `/control/connectors/${id}/drift`),
  complete: (id: string, saved: { settings: ConnectorSettings; webhookUrl: string }) =>
    call<Connector>('POST', `/control/connectors/${id}/complete`, saved),
  remove: (id: string) => call<Connector>('DELETE', `/control/connectors/${id}`),
  addTab: (tab: Pick<Tab, 'channelId' | 'connectorId' | 'settings'>) =>
    call<Tab>('POST', '/control/tabs', tab),
  changeTab: (id: string, settings: TabSettings) => call<Tab>('PUT', `/control/tabs/${id}`, settings),
  removeTab: (id: string) => call<Tab>('DELETE', `/control/tabs/${id}`),
  makeWorkflow: (workflow: { channelId: string; name: string }) =>
    call<Workflow>('POST', '/control/workflows', workflow),
  switchWorkflow: (id: string, phase: 'on' | 'off') =>
    call<Workflow>('PUT', `/control/workflows/${id}`, { phase }),
  deleteWorkflow: (id: string) => call<Workflow>('DELETE', `/control/workflows/${id}`),
  runs: (id: string) => call<Run[]>('GET', `/control/workflows/${id}/runs`),
  authToken: () => call<{ token: string }>('POST', '/control/auth-token'),
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const answer = await response.json()
  if (!response.ok)
    throw new Error(answer.detail ?? answer.message ?? `${method} ${path}: ${response.status}`)
  return answer
}
