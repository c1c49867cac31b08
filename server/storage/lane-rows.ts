import { createMemo } from '../lib/memo.ts'
import type { DeliveryKind, DigestContent, Notice } from '../model/delivery.ts'
import type { Health, Transport } from '../model/destination.ts'
import type { Event } from '../model/event.ts'
import type { QuietHours } from '../model/rule.ts'
import type { Sealer } from '../secrets/seal.ts'
import type { AttemptRecord, DueDelivery, DueDigest, Lane, LaneSettlement, Settlement } from './lane.ts'

// How lanes cross the database: as rows of JSON, in the order in which the statements of `sqlite.ts` name them.

export type LaneRow = [
  id: string,
  urlSealed: string | null,
  transport: Transport,
  health: Health,
  failures: number,
  savedAt: number,
  failingSince: number | null,
  healthReason: string | null,
  goneSince: number | null,
]

export function toLane(
  row: LaneRow,
  openUrl: ReturnType<typeof createUrlOpener>,
): Omit<Lane, 'leaseId' | 'leaseEndsAt' | 'deliveries' | 'head' | 'waiting'> {
  const [destinationId, urlSealed, transport, health, failures, savedAt, failingSince, ...more] = row
  const [healthReason, goneSince] = more
  return {
    destinationId,
    url: openUrl(destinationId, urlSealed),
    transport,
    health,
    healthReason,
    failures,
    savedAt: new Date(savedAt),
    failingSince: failingSince === null ? null : new Date(failingSince),
    goneSince: goneSince === null ? null : new Date(goneSince),
  }
}

/**
 * Opens webhook URLs, and remembers the last few thousand: to open one costs as much as to settle its delivery. One
 * that cannot be opened is its own lane's trouble and nobody else's.
 */
export function createUrlOpener(
  sealer: Sealer,
): (destinationId: string, urlSealed: string | null) => string | undefined {
  const open = createMemo((row: string) => {
    const [destinationId = '', urlSealed = ''] = row.split(' ')
    try {
      return sealer.open(urlSealed, urlRow(destinationId))
    } catch {
      return undefined
    }
  }, urlsKept)
  return (destinationId, urlSealed) =>
    urlSealed === null ? undefined : open(`${destinationId} ${urlSealed}`)
}

const urlsKept = 20_000

/** What a sealed webhook URL belongs to. */
export function urlRow(destinationId: string): string {
  return `destination:${destinationId}:url`
}

export type DeliveryRow = [
  id: number,
  destinationId: string,
  kind: DeliveryKind,
  eventId: string | null,
  entityId: string,
  critical: number,
  attempts: number,
  errors: number,
  firstAttemptAt: number | null,
  createdAt: number,
  heldBy: 'quiet hours' | 'digest' | null,
  content: Notice | DigestContent | null,
  locale: string,
  zone: string,
  quietHours: QuietHours | null,
  sourceName: string,
]

/** What belongs to stamped deliveries and is read beside them. */
export interface Told {
  events: Map<string, Event>
  digests: Map<number, Omit<DueDigest, keyof DigestContent>>
}

/** A head as its row tells it; `tellIn` gives it what it tells. */
export function toDue(row: DeliveryRow): DueDelivery {
  const [id, , kind, , entityId, critical, attempts, errors, firstAttemptAt, createdAt, ...more] = row
  const [heldBy, content, locale, zone, quietHours, sourceName] = more
  return {
    id,
    kind,
    entityId,
    critical: critical === 1,
    attempts,
    errors,
    firstAttemptAt: firstAttemptAt === null ? null : new Date(firstAttemptAt),
    createdAt: new Date(createdAt),
    locale,
    zone,
    sourceName,
    heldBy,
    quietHours,
    event: undefined,
    notice: kind === 'notice' ? ((content as Notice | null) ?? undefined) : undefined,
    digest: undefined,
  }
}

export function tellIn(due: DueDelivery, row: DeliveryRow, told: Told): void {
  const [eventId, content] = [row[3], row[11]]
  if (eventId !== null) due.event = told.events.get(eventId)
  const digest = told.digests.get(due.id)
  if (digest) due.digest = { ...(content as DigestContent), ...digest }
}

export function attemptRow(
  lane: LaneSettlement,
  { deliveryId }: Settlement,
  attempt: AttemptRecord,
  card: string,
): unknown[] {
  return [
    deliveryId,
    lane.leaseId,
    lane.destinationId,
    attempt.startedAt.getTime(),
    attempt.endedAt.getTime(),
    attempt.outcome,
    attempt.status,
    attempt.answer,
    attempt.reason,
    attempt.sizeBytes,
    attempt.shortened,
    card,
  ]
}

export function deliveryRow(lane: LaneSettlement, one: Settlement): unknown[] {
  return [
    one.deliveryId,
    lane.leaseId,
    one.state,
    one.reason,
    one.errors,
    one.attempt?.startedAt.getTime() ?? null,
  ]
}

export function laneRow(lane: LaneSettlement): unknown[] {
  return [
    lane.destinationId,
    lane.leaseId,
    lane.notBefore?.getTime() ?? null,
    lane.failures,
    lane.health,
    lane.healthReason,
    lane.failingSince?.getTime() ?? null,
    lane.succeededAt?.getTime() ?? null,
    lane.savedAt.getTime(),
    lane.goneSince?.getTime() ?? null,
  ]
}
