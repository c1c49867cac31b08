import type { DeliveryKind, DeliveryState, Notice, OutcomeKind } from '../model/delivery.ts'
import type { Health, Transport } from '../model/destination.ts'
import type { Event } from '../model/event.ts'

/** A leased lane: one worker, one request at a time, in order. */
export interface Lane {
  destinationId: string
  url: string
  host: string
  transport: Transport
  health: Health
  failures: number
  savedAt: Date
  failingSince: Date | null
  leaseId: string
  leaseEndsAt: Date
  /** The heads that are stamped with the lease, oldest first; at most four. */
  deliveries: DueDelivery[]
}

export interface DueDelivery {
  id: bigint
  kind: DeliveryKind
  entityId: string
  critical: boolean
  attempts: number
  errors: number
  firstAttemptAt: Date | null
  createdAt: Date
  locale: string
  zone: string
  sourceName: string
  event: Event | undefined
  notice: Notice | undefined
}

export interface AttemptRecord {
  startedAt: Date
  endedAt: Date
  outcome: OutcomeKind
  status: number | null
  answer: string | null
  reason: string | null
  sizeBytes: number
  shortened: string | null
}

/** What became of one stamped delivery: its attempt, and its next state. Not attempted: stamps are taken off. */
export interface Settlement {
  deliveryId: bigint
  attempt: AttemptRecord | undefined
  state: Extract<DeliveryState, 'pending' | 'delivered' | 'accepted' | 'refused' | 'expired' | 'cancelled'>
  reason: string | null
  errors: number
}

export interface LaneSettlement {
  destinationId: string
  leaseId: string
  settlements: Settlement[]
  /** When the lane may be tried again; null: at once, if something is due. */
  notBefore: Date | null
  failures: number
  health: Health
  healthReason: string | null
  failingSince: Date | null
  succeededAt: Date | null
}

export interface Lanes {
  /**
   * Leases up to `limit` lanes that have something due, stamps their heads in the same transaction, and first
   * records an `unknown` attempt for whatever an earlier, expired lease had stamped and not settled.
   */
  lease(options: { limit: number; leaseMs: number; stampsPerLane: number }): Promise<Lane[]>
  /** Settles outcome, attempt and lane together; answers the destinations whose lease was no longer held. */
  settle(lanes: LaneSettlement[]): Promise<{ missed: string[] }>
  /** Prolongs a lease; false when it is no longer held. */
  renew(destinationId: string, leaseId: string, leaseMs: number): Promise<Date | undefined>
  /** Milliseconds until a lane next needs a worker, or undefined while none does. */
  nextDueInMs(): Promise<number | undefined>
  /** Makes every lane leased by an earlier process due now: only one process opens a SQLite file. */
  takeOver(): Promise<number>
}
