import type { Answer } from '../teams/model.ts'
import { checkDuplicates, type Duplicate } from './check-duplicates.ts'
import { checkOrder } from './check-order.ts'
import { checkRecords } from './check-records.ts'
import { checkSilence } from './check-silence.ts'
import { checkTold } from './check-told.ts'
import { checkWaits } from './check-waits.ts'
import { checkWindows } from './check-windows.ts'
import { createLedger, type Run } from './ledger.ts'

export interface Account {
  /** Everything that broke a promise; none is what a run is for. */
  faults: string[]
  /** Those that have a cause. */
  duplicates: Duplicate[]
  /** How many of what was owed ended how. */
  ends: Record<string, number>
  /** Every request as it was understood, for whoever looks for the reason. */
  requests: Seen[]
}

interface Seen {
  at: number
  destination: string
  deliveryId: number
  marks: readonly string[]
  shown: boolean
  answer: Answer | 'hang' | 'reset'
  answeredAt: number | undefined
  outcome: string | undefined
}

/** Accounts for every event of a run, for every configuration that wanted it. Pure. */
export function account(run: Run): Account {
  const ledger = createLedger(run)
  const told = checkTold(ledger)
  const { faults, duplicates } = checkDuplicates(ledger)
  return {
    faults: [
      ...told.faults,
      ...faults,
      ...checkOrder(ledger),
      ...checkWindows(ledger),
      ...checkWaits(ledger),
      ...checkSilence(ledger),
      ...checkRecords(ledger),
    ],
    duplicates,
    requests: ledger.requested.map(
      ({ at, destination, delivery, marks, shown, received, answeredAt, attempt }) => ({
        at,
        destination,
        deliveryId: delivery.id,
        marks,
        shown,
        answer: received.answer,
        answeredAt,
        outcome: attempt?.outcome,
      }),
    ),
    ends: Object.fromEntries([...told.ends].toSorted(([a], [b]) => a.localeCompare(b))),
  }
}
