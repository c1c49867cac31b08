import { setImmediate, setTimeout } from 'node:timers/promises'
import { createSharedCommits } from '../lib/shared-commits.ts'
import { createSignal } from '../lib/signal.ts'
import type { Lane, LaneSettlement } from '../storage/lane.ts'
import type { Lanes } from '../storage/lanes.ts'
import type { ConfigurationStore } from '../storage/storage.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { createBudgets } from './budgets.ts'
import { type Attempted, type LaneTools, workLane } from './lane.ts'
import { stampsFor } from './plan.ts'

/**
 * Works many lanes at once, each in order.
 *
 * It leases as many lanes as it has room for, and again as soon as it has room for a few. When nothing is due it
 * sleeps until it is woken by a commit, until the next lane is due, or for a second at most: a wake-up that got
 * lost costs a second, never a card. Lanes that are done are settled together: while one transaction is being
 * written, those that finish meanwhile gather for the next.
 *
 * An error of ours (a full disk) stops nothing for good: it is logged and the loop goes on after a second. What
 * was answered is settled again and again for as long as the lease is held, since to forget it is to send it twice.
 * After that it stays stamped until the lease runs out, and is then recovered as perhaps sent.
 */
export interface Worker {
  start(): Promise<void>
  /** Something may be due. */
  wake(): void
  /** Starts nothing new, finishes what is in flight and gives the leases back. */
  stop(): Promise<void>
}

export interface WorkerTools extends Omit<LaneTools, 'stopping' | 'failed' | 'lanes' | 'budgets'> {
  lanes: Lanes
  /** The configuration that is told of trouble with destinations, if there is one. */
  operations: string | undefined
  /** Ends the requests that are in flight: asked when the process stops and they take too long. */
  cut(): void
  configurations: Pick<ConfigurationStore, 'useNextUrls'>
  log: Log
  metrics: Pick<Metrics, 'deliveries' | 'deliverySeconds' | 'attempts'>
  /** How many lanes are worked at once; each has one request in flight at the most. */
  lanesAtOnce: number
  stampsPerLane: number
}

/** The safety net under the wake-ups. */
const sweepMs = 1000

export function createWorker(tools: WorkerTools): Worker {
  const { lanes, log } = tools
  const working = new Map<Lane, Promise<void>>()
  const budgets = createBudgets({ sentSince: lanes.sentSince, now: tools.now })
  const due = createSignal()
  const room = createSignal()
  const settlements = createSharedCommits(settleTogether, {
    mostAtOnce: mostSettled,
    patienceMs: settlePatienceMs,
    expected: () => working.size,
  })
  const fewestLeased = Math.min(tools.lanesAtOnce, leaseWorthwhile)
  let stopping = false
  let loop: Promise<void> | undefined
  const laneTools: LaneTools = {
    ...tools,
    lanes: { ...lanes, renew },
    budgets,
    stopping: () => stopping,
    failed: (error, { id, entityId }) =>
      log.error({ error, deliveryId: String(id), entityId }, 'card.failed'),
  }

  return {
    async start() {
      await recover({ all: true })
      loop = run()
    },
    wake: due.raise,
    async stop() {
      stopping = true
      due.raise()
      room.raise()
      await loop
      const late = setTimeout(stopPatienceMs, undefined, { ref: false }).then(tools.cut)
      await Promise.race([Promise.all(working.values()), late])
      await Promise.all(working.values())
    },
  }

  async function run(): Promise<void> {
    let sweptAt = 0
    while (!stopping) {
      try {
        due.lower()
        room.lower()
        const sinceSweepMs = tools.now().getTime() - sweptAt
        // Below zero when the clock was set back.
        if (sinceSweepMs >= sweepMs || sinceSweepMs < 0) {
          await recover()
          sweptAt = tools.now().getTime()
        }
        while (await lanes.letGo());
        if (freeLanes() < fewestLeased) await room.wait(sweepMs)
        if (freeLanes() > 0 && !(await leaseAll())) await due.wait(await untilDueMs())
      } catch (error) {
        log.error({ error }, 'worker.failed')
        await due.wait(sweepMs)
      }
    }
  }

  function freeLanes(): number {
    return tools.lanesAtOnce - working.size
  }

  async function recover(options?: { all: boolean }): Promise<void> {
    // A lane that this process works on is in good hands, however long the process was frozen.
    const { deliveries, destinationIds } = await lanes.recover({
      ...options,
      except: beingWorked(),
    })
    budgets.forget(destinationIds)
    if (deliveries > 0) log.warn({ deliveries }, 'lanes.recovered')
  }

  function beingWorked(): Set<string> {
    return new Set([...working.keys()].map(({ destinationId }) => destinationId))
  }

  /** Whether more may be due than there was room for. */
  async function leaseAll(): Promise<boolean> {
    const limit = freeLanes()
    const { leaseMs, stampsPerLane } = tools
    const leased = await lanes.lease({ limit, leaseMs, stampsPerLane, stamps })
    for (const [index, lane] of leased.entries()) {
      begin(lane)
      if (index % begunTogether === begunTogether - 1) await setImmediate()
    }
    return leased.length === limit
  }

  async function stamps(leased: Lane[]): Promise<number[]> {
    await budgets.load(leased)
    const now = tools.now()
    return leased.map((lane) => stampsFor(lane.deliveries, lane.waiting, budgets.of(lane.destinationId), now))
  }

  async function untilDueMs(): Promise<number> {
    const at = await lanes.nextDueAt()
    return at ? Math.min(Math.max(at.getTime() - tools.now().getTime(), 0), sweepMs) : sweepMs
  }

  function begin(lane: Lane): void {
    const work = (lane.health === 'gone' ? abandon(lane) : workAndSettle(lane))
      .catch((error: unknown) => log.error({ error, destinationId: lane.destinationId }, 'lane.failed'))
      .finally(() => {
        working.delete(lane)
        if (freeLanes() >= fewestLeased) room.raise()
      })
    working.set(lane, work)
  }

  /** What cannot be renewed starts no more requests, and what was answered until then is settled. */
  async function renew(lane: Lane, leaseMs: number): Promise<Date | undefined> {
    try {
      return await lanes.renew(lane, leaseMs)
    } catch (error) {
      log.error({ error, destinationId: lane.destinationId }, 'lease.failed')
      return undefined
    }
  }

  async function workAndSettle(lane: Lane): Promise<void> {
    const { settlement, attempted } = await workLane(lane, laneTools)
    const missed = await settle(lane, settlement)
    for (const one of attempted) tell(lane, one, missed)
    if (settlement.health === 'failing') await tellTrouble(lane)
    if (settlement.health === 'healthy' && troubled.has(lane.health)) {
      log.info({ destinationId: lane.destinationId }, 'destination.recovered')
    }
  }

  async function tellTrouble({ destinationId }: Lane): Promise<void> {
    const trouble = await lanes.tellTrouble(destinationId, tools.operations)
    if (!trouble) return
    const { health, reason, configurations } = trouble
    log.warn({ destinationId, health, reason, configurations: configurations.length }, 'destination.troubled')
    if (tools.operations) due.raise()
  }

  async function settle(lane: Lane, settlement: LaneSettlement): Promise<boolean> {
    for (;;) {
      try {
        return await settlements.write(settlement)
      } catch (error) {
        if (stopping || lane.leaseEndsAt.getTime() - tools.now().getTime() <= sweepMs) throw error
        log.error({ error, destinationId: lane.destinationId }, 'settlement.delayed')
        await setTimeout(sweepMs)
      }
    }
  }

  /** Answers for each lane whether its lease was lost meanwhile, in which case nothing of it was written. */
  async function settleTogether(lanesDone: LaneSettlement[]): Promise<boolean[]> {
    const { missed, dueAgain } = await lanes.settle(lanesDone)
    if (dueAgain) due.raise()
    const lost = new Set(missed)
    return lanesDone.map(({ destinationId }) => lost.has(destinationId))
  }

  async function abandon(lane: Lane): Promise<void> {
    const moved = await tools.configurations.useNextUrls(lane.destinationId)
    if (moved > 0) due.raise()
    const reason = lane.healthReason ?? 'The destination is gone: save the configuration again in Teams.'
    const cancelled = await lanes.abandon(lane, reason)
    tools.metrics.deliveries.inc({ state: 'cancelled', transport: lane.transport }, cancelled)
    log.warn({ destinationId: lane.destinationId, cancelled, moved }, 'destination.gone')
    await tellTrouble(lane)
  }

  function tell(lane: Lane, { delivery, settlement }: Attempted, missed: boolean): void {
    const { attempt, state, reason } = settlement
    const { transport } = lane
    if (state !== 'pending' && !missed) {
      tools.metrics.deliveries.inc({ state, transport })
      const isTaken = state === 'delivered' || state === 'accepted'
      const told = delivery.digest?.total ?? 0
      tools.metrics.deliveries.inc({ state: isTaken ? 'merged' : state, transport }, told)
    }
    if (!attempt) return
    tools.metrics.attempts.inc({ outcome: attempt.outcome, transport })
    if (state !== 'pending' && !missed) {
      const seconds = (attempt.endedAt.getTime() - delivery.createdAt.getTime()) / 1000
      tools.metrics.deliverySeconds.observe({ transport }, seconds)
    }
    log.info(
      {
        deliveryId: String(delivery.id),
        eventId: delivery.event?.id,
        entityId: delivery.entityId,
        destinationId: lane.destinationId,
        transport,
        outcome: attempt.outcome,
        state,
        status: attempt.status,
        reason: reason ?? attempt.reason ?? undefined,
        attempt: delivery.attempts + 1,
        ms: attempt.endedAt.getTime() - attempt.startedAt.getTime(),
        sizeBytes: attempt.sizeBytes,
        ...(missed && { leaseLost: true }),
      },
      'delivery.attempted',
    )
  }
}

const troubled = new Set(['failing', 'gone'])

/** What is in flight may take so long when the process stops; then it is cut, and recorded as perhaps sent. */
const stopPatienceMs = 10_000

/**
 * After so many the event loop goes round, so that what was answered meanwhile is read and its connection used
 * again: a fast endpoint is sent to over a handful of connections, and only a slow one over many.
 */
const begunTogether = 32

/** Leasing fewer lanes than this at once is not worth a transaction while others are busy. */
const leaseWorthwhile = 256

/** A commit costs as much as some hundred rows, so that lanes that end at about the same time share one. */
const mostSettled = 512
const settlePatienceMs = 20
