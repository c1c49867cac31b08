import type { Channel, Person, Team } from './model.ts'

/**
 * The organisation that is simulated. Every id is fixed, so that a server can be configured before the
 * simulated Teams has started, and so that what one run saved means the same in the next.
 */
export const TENANT_ID = '7d0c1f5e-2f4b-4a53-9c11-6f1a5e0b7a01'
export const OTHER_TENANT_ID = 'c2a7b9d4-51e8-4f0a-8d36-0b9e4c1f7a02'
export const CLIENT_ID = '3e9f6a10-84cd-4b7e-a2f5-1d6c8b0e9a03'

export const TEAM: Team = {
  id: '19:9b1d4c7e2a504f0fb3a6c58d7e10f2aa@thread.tacv2',
  groupId: 'a4f81c36-7b2d-4e95-8c0a-5d3e9f62b104',
  name: 'Harbour',
}

const channels: readonly Omit<Channel, 'kind'>[] = [
  { id: '19:general00000000000000000000000001@thread.tacv2', name: 'General' },
  { id: '19:product00000000000000000000000002@thread.tacv2', name: 'Product' },
  { id: '19:builds000000000000000000000000003@thread.tacv2', name: 'Builds' },
  {
    id: '19:release00000000000000000000000004@thread.tacv2',
    name: 'Release coordination, incident follow-up and customer announcements',
  },
  { id: '19:qualite00000000000000000000000005@thread.tacv2', name: 'Qualité et accessibilité' },
  { id: '19:fabu0000000000000000000000000006@thread.tacv2', name: '产品发布' },
]

export const CHANNELS: readonly Channel[] = channels.map((one) => ({ ...one, kind: 'channel' }))

export const CHATS: readonly Channel[] = [
  { id: '19:launch000000000000000000000000007@thread.v2', name: 'Launch week', kind: 'chat' },
]

/** Where a connector, a workflow or a tab goes when nobody says where. */
export const FIRST_CHANNEL_ID = CHANNELS[0]?.id ?? ''

export const PEOPLE: readonly Person[] = [
  {
    id: '5b7c2e90-1d3f-4a68-b0c4-8e2f6a91d201',
    name: 'Amara Diallo',
    userPrincipalName: 'amara.diallo@harbour.example',
    tenantId: TENANT_ID,
    organisation: 'Harbour',
    roles: [],
  },
  {
    id: '5b7c2e90-1d3f-4a68-b0c4-8e2f6a91d202',
    name: 'Jonas Weber',
    userPrincipalName: 'jonas.weber@harbour.example',
    tenantId: TENANT_ID,
    organisation: 'Harbour',
    roles: [],
  },
  {
    id: '5b7c2e90-1d3f-4a68-b0c4-8e2f6a91d203',
    name: 'Mei Lin',
    userPrincipalName: 'mei.lin@harbour.example',
    tenantId: TENANT_ID,
    organisation: 'Harbour, administrator',
    roles: ['Admin'],
  },
  {
    id: '5b7c2e90-1d3f-4a68-b0c4-8e2f6a91d204',
    name: 'Noor Haddad',
    userPrincipalName: 'noor.haddad@fjordline.example',
    tenantId: OTHER_TENANT_ID,
    organisation: 'Fjordline',
    roles: [],
  },
]
