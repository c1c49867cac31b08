import type { Event } from '../model/event.ts'
import type { Rule } from '../model/rule.ts'

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
  /**
   * Writes many requests' events and deliveries in one transaction. A batch whose `rulesVersion` is no longer
   * the source's is not written and answered `'rules changed'`, one whose source is gone `'source gone'`.
   */
  write(batches: IntakeBatch[]): Promise<(Received[] | 'rules changed' | 'source gone')[]>
}
