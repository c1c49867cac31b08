import { groupBy } from '../lib/group-by.ts'
import type { Database } from './database.ts'
import { type Found, foundIn } from './found.ts'
import type { AttemptRecord, LaneSettlement, Settlement } from './lane.ts'
import { attemptRow, deliveryRow, laneRow } from './lane-rows.ts'
import { gatherSentCards, type SentCards } from './sent-cards.ts'
import { sqlite } from './sqlite.ts'

/**
 * Settles many lanes in one transaction.
 *
 * Nearly all of them end alike: every card was taken, by the same answer. These are settled by statements that take
 * ids and times alone, at a third of what the statements cost that can say anything about anyone.
 */
export function createSettle({ database: { writer }, now }: { database: Database; now: () => Date }) {
  return async (lanes: LaneSettlement[]): Promise<{ missed: string[]; dueAgain: boolean }> => {
    const at = now().getTime()
    const groups = groupBy(lanes, successOf)
    const others = groups.get(undefined) ?? []
    groups.delete(undefined)
    const alike = [...groups.values()]
    const ids = alike.map((group) => JSON.stringify(group.map((lane) => lane.destinationId)))

    const cards = gatherSentCards()
    const ends = [
      ...alike.flatMap((group, index) => settleAlike(group, ids[index] ?? '[]', at, cards)),
      ...(others.length > 0 ? settleOthers(others, at, cards) : []),
    ]

    const results = await writer.$transaction([
      ...alike.map((group, index) => stillLeased(group, ids[index] ?? '[]')),
      ...cards.statements(at).map((statement) => writer.$executeRawUnsafe(...statement)),
      ...ends,
      writer.$queryRawUnsafe<{ found: bigint | number }[]>(sqlite.isAnyDue, at),
    ])
    const held = new Set(alike.flatMap((_, index) => foundIn<string>(results[index] as Found[])))
    if (others.length > 0) for (const { id } of results.at(-2) as { id: string }[]) held.add(id)
    const [due] = results.at(-1) as { found: bigint | number }[]
    return {
      missed: lanes.map((lane) => lane.destinationId).filter((id) => !held.has(id)),
      dueAgain: Number(due?.found) === 1,
    }
  }

  function stillLeased([first]: LaneSettlement[], ids: string) {
    return writer.$queryRawUnsafe<Found[]>(sqlite.stillLeased, ids, first?.leaseId)
  }

  function settleAlike(group: LaneSettlement[], ids: string, at: number, cards: SentCards) {
    const leaseId = group[0]?.leaseId
    const first = group[0]?.settlements[0]?.attempt
    const settlements = group.flatMap((lane) => lane.settlements)
    const rows = settlements.flatMap(({ deliveryId, attempt }) => {
      if (!attempt) return []
      const [startedAt, endedAt] = [attempt.startedAt.getTime(), attempt.endedAt.getTime()]
      return [[deliveryId, startedAt, endedAt, attempt.sizeBytes, cards.hashOf(attempt)]]
    })
    const state = settlements[0]?.state
    const deliveryIds = JSON.stringify(settlements.map((one) => one.deliveryId))
    return [
      writer.$executeRawUnsafe(
        sqlite.insertSuccesses,
        first?.outcome,
        first?.status,
        first?.answer,
        JSON.stringify(rows),
        leaseId,
      ),
      writer.$executeRawUnsafe(sqlite.settleSuccesses, state, at, deliveryIds, leaseId),
      writer.$executeRawUnsafe(sqlite.settleHealthy, at, at, at, ids, leaseId),
    ]
  }

  function settleOthers(lanes: LaneSettlement[], at: number, cards: SentCards) {
    const settlements = lanes.flatMap((lane) => lane.settlements.map((one) => ({ lane, one })))
    const attempts = settlements.flatMap(({ lane, one }) =>
      one.attempt ? [attemptRow(lane, one, one.attempt, cards.hashOf(one.attempt))] : [],
    )
    const rows = settlements.map(({ lane, one }) => deliveryRow(lane, one))
    const waiting = settlements.flatMap(({ one }) => (one.state === 'pending' ? [one.deliveryId] : []))
    const ends = settlements.flatMap(({ one }) => (one.isDigest ? [one.deliveryId] : []))
    const quiet = settlements.flatMap(({ one }) =>
      one.quietUntil ? [[one.deliveryId, one.quietUntil.getTime()]] : [],
    )
    return [
      writer.$executeRawUnsafe(sqlite.insertAttempts, JSON.stringify(attempts)),
      writer.$executeRawUnsafe(sqlite.settleDeliveries, at, JSON.stringify(rows)),
      // What goes on waiting moves before its lanes are given back, so that these know what is left in them.
      ...(waiting.length > 0 ? follow(JSON.stringify(waiting), at) : []),
      ...(quiet.length > 0 ? [writer.$executeRawUnsafe(sqlite.holdQuiet, JSON.stringify(quiet))] : []),
      ...(ends.length > 0 ? [writer.$executeRawUnsafe(sqlite.settleMembers, at, JSON.stringify(ends))] : []),
      writer.$queryRawUnsafe<{ id: string }[]>(sqlite.settleLanes, at, JSON.stringify(lanes.map(laneRow))),
    ]
  }

  function follow(deliveryIds: string, at: number) {
    return [
      writer.$executeRawUnsafe(sqlite.followConfigurations, at, deliveryIds),
      writer.$executeRawUnsafe(sqlite.wakeLanesOf, at, deliveryIds, at),
    ]
  }
}

/** What lanes have in common whose every card was taken by the same answer; undefined for all others. */
function successOf({
  leaseId,
  settlements,
  health,
  notBefore,
  failures,
}: LaneSettlement): string | undefined {
  if (health !== 'healthy' || notBefore !== null || failures > 0 || settlements.length === 0) return undefined
  const [first] = settlements
  const attempt = first && taken(first)
  if (!attempt) return undefined
  for (const one of settlements) {
    const other = taken(one)
    if (other?.answer !== attempt.answer || other.outcome !== attempt.outcome) return undefined
  }
  return `${leaseId} ${attempt.outcome} ${attempt.status} ${attempt.answer}`
}

/** The attempt by which a card was taken as it is; undefined for anything that has more to be written down. */
function taken({ state, attempt, errors, isDigest }: Settlement): AttemptRecord | undefined {
  if (state !== 'delivered' && state !== 'accepted') return undefined
  return errors > 0 || isDigest || attempt?.shortened ? undefined : attempt
}
