import { setImmediate } from 'node:timers/promises'
import type { Event } from '../model/event.ts'
import type { Rule } from '../model/rule.ts'
import type { Database } from './database.ts'
import { type Found, foundIn } from './found.ts'
import type { ConfigurationModel as ConfigurationRow } from './generated/sqlite/models.ts'
import { sqlite } from './sqlite.ts'

/** What the fan-out needs of every configuration of one source, as of one `rulesVersion`. */
export interface FanOutRules {
  rulesVersion: number
  configurations: FanOutConfiguration[]
}

export interface FanOutConfiguration {
  entityId: string
  destinationId: string
  rule: Rule
  choices: Record<string, unknown>
  zone: string
  paused: boolean
  approved: boolean
}

/** One delivery as the fan-out decided it. */
export interface NewDelivery {
  entityId: string
  destinationId: string
  held?: { by: 'pause' | 'approval' | 'quiet hours' | 'digest'; until: Date | null }
}

/** One request's worth of events of one source, with the deliveries made from one `rulesVersion`. */
export interface IntakeBatch {
  sourceId: string
  rulesVersion: number
  events: { event: Event; deliveries: NewDelivery[] }[]
}

/** What became of one event: its id (the earlier one of a duplicate), and how many deliveries it has. */
export interface Received {
  id: string
  externalId: string
  duplicate: boolean
  deliveries: number
}

export interface Intake {
  rulesOf(sourceId: string): Promise<FanOutRules | undefined>
  /** One look by key: whether what is known of a source is still so. */
  rulesVersionOf(sourceId: string): Promise<number | undefined>
  /**
   * Writes many requests' events and deliveries in one transaction. A batch whose `rulesVersion` is no longer
   * the source's, or whose source is gone, is not written and answered `'rules changed'`.
   */
  write(batches: IntakeBatch[]): Promise<(Received[] | 'rules changed')[]>
}

export function createIntake({ database, now }: { database: Database; now: () => Date }): Intake {
  const { reader, transaction } = database
  return {
    async rulesOf(sourceId) {
      // The version first: rules read after it can only be newer, and then the write finds it changed.
      const source = await reader.source.findUnique({
        where: { id: sourceId },
        select: { rulesVersion: true },
      })
      if (!source) return undefined
      const rows = await reader.configuration.findMany({ where: { sourceId }, orderBy: { entityId: 'asc' } })
      return { rulesVersion: source.rulesVersion, configurations: rows.map(toFanOut) }
    },

    async rulesVersionOf(sourceId) {
      const source = await reader.source.findUnique({
        where: { id: sourceId },
        select: { rulesVersion: true },
      })
      return source?.rulesVersion
    },

    async write(batches) {
      const events = batches.flatMap((batch) =>
        batch.events.map(({ event, deliveries }) => ({ batch, event, deliveries })),
      )
      const at = now().getTime()
      const rows = events.map(({ batch, event }) => [
        event.id,
        event.sourceId,
        event.externalId,
        event.type,
        Date.parse(event.occurredAt),
        event,
        batch.rulesVersion,
      ])
      const woken = new Set<string>()
      for (const { deliveries } of events) {
        for (const one of deliveries) if (!one.held) woken.add(one.destinationId)
      }
      const asked = events.map(({ event }) => [event.id, event.sourceId, event.externalId])

      const kept = await transaction(async (tx) => {
        await tx.$executeRawUnsafe(sqlite.insertEvents, at, JSON.stringify(rows))
        for (const owed of inSlices(events)) {
          await tx.$executeRawUnsafe(sqlite.insertDeliveries, at, JSON.stringify(owed))
          // A database in this process never goes back to the event loop by itself.
          if (owed.length === mostInserted) await setImmediate()
        }
        if (woken.size > 0) await tx.$executeRawUnsafe(sqlite.wake, at, JSON.stringify([...woken]), at)
        const sources = JSON.stringify([...new Set(batches.map((batch) => batch.sourceId))])
        await tx.$executeRawUnsafe(sqlite.touchSources, at, sources)
        return tx.$queryRawUnsafe<Found[]>(sqlite.keptEvents, JSON.stringify(asked))
      })
      return answers(batches, foundIn<[string, string, number | null]>(kept))
    },
  }
}

function toFanOut(row: ConfigurationRow): FanOutConfiguration {
  return {
    entityId: row.entityId,
    destinationId: row.destinationId,
    rule: row.rule as Rule,
    choices: row.choices as Record<string, unknown>,
    zone: row.zone,
    paused: row.pausedAt !== null,
    approved: row.approvedAt !== null,
  }
}

function deliveryRow({ id, severity }: Event, { entityId, destinationId, held }: NewDelivery): unknown[] {
  const critical = severity === 'critical' ? 1 : 0
  return [id, critical, entityId, destinationId, held?.by ?? null, held?.until?.getTime() ?? null]
}

/**
 * What one statement inserts: a thousand events to a thousand channels each are a million rows, which as one text
 * would be a hundred megabytes, and would keep everyone else waiting.
 */
function* inSlices(events: { event: Event; deliveries: NewDelivery[] }[]): Generator<unknown[][]> {
  let slice: unknown[][] = []
  for (const { event, deliveries } of events) {
    for (const one of deliveries) {
      if (slice.push(deliveryRow(event, one)) < mostInserted) continue
      yield slice
      slice = []
    }
  }
  if (slice.length > 0) yield slice
}

const mostInserted = 10_000

/** An event that is not kept under its own id is an earlier one's duplicate; one that is not kept at all was refused. */
function answers(
  batches: IntakeBatch[],
  kept: [asked: string, kept: string, deliveries: number | null][],
): (Received[] | 'rules changed')[] {
  const byAsked = new Map(kept.map(([asked, id, deliveries]) => [asked, { id, deliveries }]))
  return batches.map((batch) => {
    const received: Received[] = []
    for (const { event, deliveries } of batch.events) {
      const found = byAsked.get(event.id)
      if (!found) return 'rules changed'
      received.push({
        id: found.id,
        externalId: event.externalId,
        duplicate: found.id !== event.id,
        deliveries: found.deliveries ?? deliveries.length,
      })
    }
    return received
  })
}
