import type { Configuration } from '../model/configuration.ts'
import type { Attempt, Delivery, DeliveryState, Notice } from '../model/delivery.ts'
import type { Transport } from '../model/destination.ts'
import type { Event } from '../model/event.ts'
import type { Access } from '../model/source.ts'
import type { Sealer } from '../secrets/seal.ts'
import { createAuditStore } from './audit.ts'
import { type ChannelStore, createChannelStore } from './channel.ts'
import { createConfigurationStore } from './configurations.ts'
import { openDatabase } from './database.ts'
import { createDeliveryStore } from './deliveries.ts'
import { createDestinationSwitch, type DestinationSwitch } from './destination-switch.ts'
import { createDestinationRows } from './destinations.ts'
import { createIntake, type Intake } from './intake.ts'
import { keyFaults } from './key-check.ts'
import { createLanes, type Lanes } from './lanes.ts'
import { createLatestEvents } from './latest-events.ts'
import { createOverviewStore, type OverviewStore } from './overview.ts'
import { createRetention, type Retention } from './retention.ts'
import { createSourceStore } from './sources.ts'
import { createTrialStore, type TrialStore } from './trials.ts'
import { type Watched, watch } from './watch.ts'

/**
 * The only home of Prisma. Rows become model values here and go no further; what is sealed is sealed and
 * opened here, so that nobody else holds more of it than they are about to use.
 */
export interface Storage {
  sources: SourceStore
  configurations: ConfigurationStore
  deliveries: DeliveryStore
  trials: TrialStore
  channels: ChannelStore
  destinationSwitch: DestinationSwitch
  overview: OverviewStore
  audit: AuditStore
  /** What the server makes once and keeps: the first value given for a name stays. */
  keep(name: string, make: () => string): Promise<string>
  intake: Intake
  /** The newest events of a source and type, newest first: a few, of those that came lately. */
  latestEvents(sourceId: string, type: string): Promise<Event[]>
  lanes: Lanes
  retention: Retention
  /** What is wrong with SECRET_KEY for this database, in words; empty when nothing is. */
  keyFaults(): Promise<string[]>
  /** What is measured when someone asks. */
  watch(): Promise<Watched>
  /** Whether the database answers. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** A source as the server works with it; its secrets are opened on demand by `secretsOf`. */
export interface StoredSource {
  id: string
  kind: string
  name: string
  key: string
  settings: Record<string, unknown>
  access: Access
  paused: boolean
  secretCount: number
  configurationCount: number
  lastEventAt: Date | null
  version: number
  createdAt: Date
  updatedAt: Date
}

/** Every change of a source is one transaction with its line in the audit log. */
export interface SourceStore {
  create(source: {
    kind: string
    name: string
    settings: Record<string, unknown>
    access: Access
    secret: string
    who: string
  }): Promise<StoredSource>
  list(): Promise<StoredSource[]>
  read(id: string): Promise<StoredSource | undefined>
  readByKey(key: string): Promise<StoredSource | undefined>
  /** The valid secrets, newest first. */
  secretsOf(id: string): Promise<string[]>
  /**
   * `undefined`: no such source; `'stale'`: `ifVersion` is not its version any more.
   * @param edit.secrets `add`: beside the newest, of which two are valid then; `'newest'`: only that stays valid.
   */
  edit(
    id: string,
    edit: {
      name: string
      settings: Record<string, unknown>
      access: Access
      paused: boolean
      secrets?: { add: string } | 'newest'
      who: string
    },
    ifVersion?: number,
  ): Promise<StoredSource | 'stale' | undefined>
  /** The first few configurations of a source by name, and how many there are beyond. */
  dependentsOf(id: string): Promise<{ names: string[]; more: number }>
  /** Refuses with `'in use'` while configurations depend on it. */
  remove(id: string, who: string, ifVersion?: number): Promise<'removed' | 'in use' | 'stale' | undefined>
  /** Remembers why a request was refused; the last twenty of each source are kept. */
  refuse(id: string, refusal: { code: string; reason: string }): Promise<void>
}

/** A configuration as the server works with it: the model's, and what only the server may know. */
export interface StoredConfiguration extends Configuration {
  tenantId: string
  destinationId: string
  makerOid: string | null
  version: number
}

export interface ConfigurationWrite {
  entityId: string
  tenantId: string
  makerOid: string | null
  fields: Pick<
    Configuration,
    'name' | 'sourceId' | 'choices' | 'rule' | 'host' | 'locale' | 'zone' | 'place' | 'paused'
  >
  /** Absent on an edit that keeps its destination. */
  destination?: { url: string; transport: Transport }
  /** Used if the destination turns out to be gone. */
  next?: { url: string; transport: Transport } | undefined
  userObjectId?: string | undefined
  /** Whether it is active at once, where the source asks for approval. */
  approved: boolean
  /** Why and until when its rule holds what was held so far; absent: it may be sent. */
  held?: Hold | undefined
  /** The same for critical events. */
  criticalHeld?: Hold | undefined
  /** A notice for the configuration's (new) destination: welcome. */
  notice?: Notice
  /** A notice for the destination it leaves. */
  noticeOnOld?: Notice
  who: string
}

/** How a configuration begins or stops to send: what becomes of what it holds. */
export interface Turn extends Pick<ConfigurationWrite, 'held' | 'criticalHeld' | 'notice' | 'who'> {
  /** The version that the caller saw; any, where it is absent. */
  expected?: number | undefined
}

export interface Hold {
  by: 'quiet hours' | 'digest'
  until: Date
}

export interface ConfigurationStore {
  read(entityId: string): Promise<StoredConfiguration | undefined>
  /** By their entityIds; those that are gone are missing. */
  readAll(entityIds: readonly string[]): Promise<Map<string, StoredConfiguration>>
  /** Whether this is the configuration's current webhook URL (compared by fingerprint). */
  provesUrl(entityId: string, webhookUrl: string): Promise<boolean>
  /**
   * Creates or replaces in one transaction, with notices, audit and the rise of `rulesVersion`.
   * @param expected the version that the caller saw and checked, `'new'` where there was none; `'stale'` if that
   *   is not so any more.
   */
  write(
    write: ConfigurationWrite,
    expected?: number | 'new',
  ): Promise<{ created: boolean; configuration: StoredConfiguration } | 'stale' | 'source gone'>
  /**
   * Removes it, cancels what is held or pending for it, and forgets a URL nobody else uses; answers how much was
   * cancelled, or undefined when there is no such configuration.
   */
  remove(
    entityId: string,
    who: string,
    expected?: number,
  ): Promise<{ cancelled: number; transport: Transport } | 'stale' | undefined>
  /** Pauses it or lets it go on; `undefined`: there is no such configuration. */
  pause(
    entityId: string,
    pause: Turn & { paused: boolean },
  ): Promise<StoredConfiguration | 'stale' | undefined>
  /** Lets it send what its source tells; `undefined`: there is no such configuration. */
  approve(entityId: string, approval: Turn): Promise<StoredConfiguration | 'stale' | undefined>
  /** Owes the configuration's destination a notice; answers the delivery's number. */
  notify(entityId: string, notice: Notice): Promise<string | undefined>
  /** Moves the configurations of a destination that is gone to their next URLs, where they have one. */
  useNextUrls(destinationId: string): Promise<number>
}

export interface DeliveryStore {
  /** Newest first. */
  ofConfiguration(
    entityId: string,
    page: { cursor?: string; limit: number },
  ): Promise<{ items: Delivery[]; next: string | undefined }>
  attemptsOf(deliveryId: string): Promise<Attempt[]>
  counts(): Promise<Record<DeliveryState, number>>
}

export interface AuditStore {
  add(entry: { who: string; action: string; subject: string; detail: Record<string, unknown> }): Promise<void>
  list(page: { cursor?: string; limit: number }): Promise<{
    items: { id: string; at: string; who: string; action: string; subject: string; detail: unknown }[]
    next: string | undefined
  }>
}

/**
 * Opens the database, migrates it, and takes over what an earlier process left in flight.
 * @param tools.now the clock of every time that is written: on SQLite the database's clock is this process's.
 */
export async function openStorage(tools: {
  databaseUrl: string
  sealer: Sealer
  now: () => Date
  newId: () => string
  newKey: () => string
}): Promise<Storage> {
  const database = await openDatabase(tools.databaseUrl, tools.now)
  const parts = { ...tools, database }
  const destinations = createDestinationRows(parts)
  return {
    sources: createSourceStore(parts),
    configurations: createConfigurationStore(parts),
    deliveries: createDeliveryStore(parts),
    trials: createTrialStore(parts),
    channels: createChannelStore({ ...parts, destinations }),
    destinationSwitch: createDestinationSwitch({ ...parts, destinations }),
    overview: createOverviewStore(parts),
    audit: createAuditStore(parts),
    intake: createIntake(parts),
    latestEvents: createLatestEvents(database.reader),
    lanes: createLanes(parts),
    retention: createRetention(parts),
    keep: (name, make) =>
      database.transaction(async (tx) => {
        const kept = await tx.kept.upsert({ where: { name }, create: { name, value: make() }, update: {} })
        return kept.value
      }),
    keyFaults: () => keyFaults(parts),
    watch: () => watch(parts),
    ping: async () => void (await database.reader.$queryRawUnsafe('SELECT 1')),
    close: () => database.close(),
  }
}
