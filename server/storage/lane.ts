import type { DeliveryKind, DeliveryState, DigestContent, Notice, OutcomeKind } from '../model/delivery.ts'
import type { Health, Transport } from '../model/destination.ts'
import type { Event } from '../model/event.ts'
import type { QuietHours } from '../model/rule.ts'

/** A leased lane: one worker, one request at a time, in order. */
export interface Lane {
  destinationId: string
  /** Undefined when it cannot be opened: it is sealed with a key that is not listed any more, or was forgotten. */
  url: string | undefined
  transport: Transport
  health: Health
  /** In words; null while it is healthy. */
  healthReason: string | null
  failures: number
  savedAt: Date
  failingSince: Date | null
  goneSince: Date | null
  leaseId: string
  leaseEndsAt: Date
  /** The heads that are stamped with the lease, in the order in which they are to be sent; at most four. */
  deliveries: DueDelivery[]
  /** The first head, stamped or not. */
  head: DueDelivery | undefined
  waiting: Waiting
}

/** A lane whose webhook URL can be sent to. */
export type OpenLane = Lane & { url: string }

/** What waits in a lane, counted up to two hundred; times in ms since 1970. */
export interface Waiting {
  pending: number
  sinceMs: number
  criticalSinceMs: number | undefined
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
  /** What has held it until now: it is to be told in a digest with what was held alike. */
  heldBy: 'quiet hours' | 'digest' | null
  quietHours: QuietHours | null
  event: Event | undefined
  notice: Notice | undefined
  digest: DueDigest | undefined
}

/** A digest that was composed, and which of the lane's stamped deliveries it tells. */
export interface Composed {
  digest: DueDelivery
  told: ReadonlySet<number>
}

/** A digest with what its card needs: the events that matter most, and where the titles of their types are. */
export interface DueDigest extends DigestContent {
  /** By severity, then newest first; at most twenty. */
  events: Event[]
  configurationName: string
  kind: string
  settings: Record<string, unknown>
}

export interface AttemptRecord {
  startedAt: Date
  endedAt: Date
  outcome: OutcomeKind
  status: number | null
  answer: string | null
  reason: string | null
  /** What was sent. */
  body: string
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
  /** What a digest tells shares its end. */
  isDigest?: boolean
  /** Its quiet hours have begun while it was waiting: until when they hold it. */
  quietUntil?: Date
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
  goneSince: Date | null
  succeededAt: Date | null
}
