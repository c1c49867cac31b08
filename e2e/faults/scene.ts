/**
 * Who wants what in a fault run: sources, destinations at the simulated Teams, and the configurations between them.
 *
 * Three sources: `harbour` tells little, so that no channel that wants only it ever comes near Teams' windows; `river`
 * floods; `alarm` tells the same channel of few things that are critical. No event is wanted twice at one destination,
 * so that a card that arrives there, which carries the event's own mark, is known to be for one configuration and no
 * other.
 */
import { randomUUID } from 'node:crypto'
import type { SimulatedTeams } from '../teams/simulated-teams.ts'

export const eventTypes = ['task.created', 'task.updated', 'task.completed', 'task.deleted'] as const
export type EventType = (typeof eventTypes)[number]
export type SourceName = 'harbour' | 'river' | 'alarm'

/** How each is connected. All send the same payloads, one of them as JSON of its own, in which all is critical. */
export const sources: Record<SourceName, { kind: string; settings: object }> = {
  harbour: { kind: 'tasks', settings: {} },
  river: { kind: 'tasks', settings: {} },
  alarm: {
    kind: 'generic-json',
    settings: {
      proof: { by: 'bearer' },
      eventTypes: eventTypes.map((type) => ({ type, title: type })),
      items: '',
      id: { pointer: '/id' },
      type: { pointer: '/type' },
      title: { pointer: '/task/title' },
      severity: { template: 'critical' },
    },
  },
}

export interface Destination {
  name: string
  connectorId: string
  /** As Teams knows it. */
  webhookUrl: string
  /** As Cardwire knows it: through the proxy. */
  url: string
}

export interface Configured {
  entityId: string
  name: string
  destination: string
  source: SourceName
  eventTypes: readonly EventType[]
  /** Held until a window of five minutes ends, until a full minute, or by quiet hours longer than any run. */
  holds?: 'digest' | 'a minute' | 'quiet hours'
}

export interface Scene {
  destinations: readonly Destination[]
  configurations: readonly Configured[]
}

/** Many lanes that want the same, so that at any kill some request is in flight. */
const crowd = 8
/** Those that Teams lies to. */
export const liedTo = ['lied to 1', 'lied to 2', 'lied to 3', 'lied to 4'] as const

const half: readonly [readonly EventType[], readonly EventType[]] = [
  ['task.created', 'task.completed'],
  ['task.updated', 'task.deleted'],
]

type Wanted = Omit<Configured, 'entityId'>

function wanted(): Wanted[] {
  const harbour = { source: 'harbour', eventTypes } as const
  const river = { source: 'river', eventTypes } as const
  const alone = [
    ...Array.from({ length: crowd }, (_, index) => `crowd ${index + 1}`),
    ...liedTo,
    'still saving',
    'paused',
    'removed',
    'gone',
  ].map((name): Wanted => ({ name, destination: name, ...harbour }))
  return [
    ...alone,
    { name: 'shared, first half', destination: 'shared', source: 'harbour', eventTypes: half[0] },
    { name: 'shared, second half', destination: 'shared', source: 'harbour', eventTypes: half[1] },
    { name: 'flooded', destination: 'flooded', ...river },
    { name: 'alarm', destination: 'flooded', source: 'alarm', eventTypes },
    { name: 'flooded beside', destination: 'flooded shared', source: 'river', eventTypes: half[0] },
    { name: 'quiet beside', destination: 'flooded shared', ...harbour },
    { name: 'digest', destination: 'digest', ...harbour, holds: 'digest' },
    { name: 'waking', destination: 'waking', ...river, holds: 'a minute' },
    { name: 'asleep', destination: 'asleep', ...harbour, holds: 'quiet hours' },
  ]
}

export function createScene(teams: SimulatedTeams, proxyOrigin: string): Scene {
  const configurations = wanted().map((one) => ({ entityId: randomUUID(), ...one }))
  const names = [...new Set(configurations.map((one) => one.destination))]
  const destinations = names.map((name) => {
    const { id, webhookUrl } = teams.createConnector()
    return { name, connectorId: id, webhookUrl, url: proxyOrigin + new URL(webhookUrl).pathname }
  })
  return { destinations, configurations }
}

/** What is saved for a configuration; `sourceId` and URL beside it. */
export function toInput(one: Configured, { paused = false } = {}) {
  return {
    name: one.name,
    choices: {},
    rule: {
      eventTypes: one.eventTypes,
      include: [],
      exclude: [],
      quietHours:
        one.holds === 'quiet hours' ? quietFor(20 * 60) : one.holds === 'a minute' ? quietFor(1) : null,
      digest: one.holds === 'digest' ? { every: '5m', zone: 'UTC' } : null,
    },
    host: 'connector',
    locale: 'en-US',
    zone: 'UTC',
    place: { kind: 'channel' },
    paused,
    tenantId: 'faults',
  }
}

/** Quiet hours that began an hour ago and last for so many minutes more, to the full. */
function quietFor(minutes: number) {
  const clock = (ms: number) => new Date(ms).toISOString().slice(11, 16)
  const minute = 60 * 1000
  const from = clock(Date.now() - 60 * minute)
  const to = clock(Date.now() + minutes * minute)
  return { days: [1, 2, 3, 4, 5, 6, 7], from, to, zone: 'UTC', criticalPasses: false }
}
