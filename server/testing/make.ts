import { v7 as uuid } from 'uuid'
import type { Event } from '../model/event.ts'
import type { Rule } from '../model/rule.ts'
import type { ConfigurationWrite } from '../storage/storage.ts'

/** Nouns for tests: valid as they come, and different where a test says so. */
export const make = {
  event: (changes: Partial<Event> & { sourceId: string }): Event => ({
    id: uuid(),
    externalId: uuid(),
    type: 'task.created',
    subject: 'task-1',
    title: 'Write the report',
    severity: 'info',
    occurredAt: '2026-03-02T08:59:00.000Z',
    links: [{ title: 'Open', url: 'https://tasks.example/1' }],
    facts: [{ name: 'Assignee', value: 'Ada' }],
    fields: { assignee: 'Ada' },
    ...changes,
  }),

  rule: (changes: Partial<Rule> = {}): Rule => ({
    eventTypes: ['task.created'],
    include: [],
    exclude: [],
    quietHours: null,
    digest: null,
    ...changes,
  }),

  configurationWrite: (
    changes: { sourceId: string; url?: string; fields?: Partial<ConfigurationWrite['fields']> } & Partial<
      Omit<ConfigurationWrite, 'fields'>
    >,
  ): ConfigurationWrite => {
    const { sourceId, url, fields, ...rest } = changes
    return {
      entityId: uuid(),
      tenantId: 'tenant-1',
      makerOid: 'ada',
      destination: {
        url: url ?? `https://contoso.webhook.office.com/webhookb2/${uuid()}`,
        transport: 'connector',
      },
      approved: true,
      who: 'person:tenant-1/ada',
      ...rest,
      fields: {
        name: 'Tasks',
        sourceId,
        choices: {},
        rule: make.rule(),
        host: 'connector',
        locale: 'en-US',
        zone: 'Europe/Paris',
        place: { kind: 'channel', teamName: 'Platform', channelName: 'General' },
        paused: false,
        ...fields,
      },
    }
  },

  source: (
    changes: { name?: string; secret?: string; kind?: string; access?: 'everyone' | 'approval' } = {},
  ) => ({
    kind: 'tasks',
    name: 'Tasks',
    settings: {},
    access: 'everyone' as const,
    secret: 'a secret for tests only',
    who: 'administrator:token',
    ...changes,
  }),
}
