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
  /** In words; null while it is healthy. */
  healthReason: string | null
  failures: number
  savedAt: Date
  failingSince: Date | null
  leaseId: string
  leaseEndsAt: Date
  /** The heads that are stamped with the lease, oldest first; at most four. */
  deliveries: DueDelivery[]
}

export interface DueDelivery {
  /** Below 2^53 for longer than anyone will run this; a string in JSON all the same. */
  id: number
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
  deliveryId: number
  attempt: AttemptRecord | undefined
  state: Extract<DeliveryState, 'pending' | 'delivered' | 'accepted' | 'refused' | 'expired' | 'cancelled'>
  reason: string | null
  errors: number
}

export interface LaneSettlement {
  destinationId: string
  leaseId: string
  /** As the lease found it: a later save counts for more than what was answered before it. */
  savedAt: Date
  settlements: Settlement[]
  /** When the lane may be tried again; null: at once, if something is due. */
  notBefore: Date | null
  failures: number
  health: Health
  healthReason: string | null
  failingSince: Date | null
  succeededAt: Date | null
}
