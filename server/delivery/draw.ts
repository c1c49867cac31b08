import type { Transport } from '../model/destination.ts'
import type { DueDelivery } from '../storage/lanes.ts'

/** A request's body, ready to be sent. */
export interface Drawing {
  body: string
  /** In UTF-8 bytes. */
  sizeBytes: number
  /** What was left out so that it fits; null when nothing was. */
  shortened: string | null
}
export type { DueDelivery, Transport }
