import type { Transport } from '../model/destination.ts'
import { type Budget, charge, createBudget } from './budget.ts'

/**
 * The budgets of the destinations that were sent to of late, in memory, since they are asked before every request.
 *
 * The attempts on disk are the truth: a budget that is not here, or that was forgotten because another hand wrote
 * attempts (a take-over), is rebuilt from them by index when its lane is leased. Attempts outlive the removal of
 * what they were made for, so that adding a URL again brings no fresh budget.
 */
export interface Budgets {
  /** To be called when lanes are leased, before `of`. */
  load(lanes: { destinationId: string; transport: Transport }[]): Promise<void>
  of(destinationId: string): Budget
  /** One request has ended, whatever its outcome. */
  charge(destinationId: string, endedAt: Date): void
  forget(destinationIds: string[]): void
}

export function createBudgets(tools: {
  sentSince(destinationIds: string[], since: Date): Promise<Map<string, number[]>>
  now: () => Date
  /** How many are kept; far more than lanes are worked at once. */
  keep?: number
}): Budgets {
  const { sentSince, now, keep = 20_000 } = tools
  const budgets = new Map<string, Budget>()

  return {
    async load(lanes) {
      const missing = lanes.filter(({ destinationId, transport }) => !isKept(destinationId, transport))
      if (missing.length === 0) return
      const ids = missing.map(({ destinationId }) => destinationId)
      const sent = await sentSince(ids, new Date(now().getTime() - longestMs))
      for (const { destinationId, transport } of missing) {
        budgets.set(destinationId, createBudget(transport, sent.get(destinationId) ?? [], now().getTime()))
      }
      dropOldest()
    },

    of(destinationId) {
      const budget = budgets.get(destinationId)
      if (!budget) throw new Error('A budget was asked for before it was loaded.')
      return budget
    },

    charge(destinationId, endedAt) {
      const budget = budgets.get(destinationId)
      if (budget) budgets.set(destinationId, charge(budget, endedAt.getTime()))
    },

    forget(destinationIds) {
      for (const id of destinationIds) budgets.delete(id)
    },
  }

  /** Moves it to the end, too: what was leased last is dropped last. */
  function isKept(destinationId: string, transport: Transport): boolean {
    const budget = budgets.get(destinationId)
    if (!budget) return false
    budgets.delete(destinationId)
    // Another transport has other windows.
    if (budget.transport !== transport) return false
    budgets.set(destinationId, budget)
    return true
  }

  function dropOldest(): void {
    for (const id of budgets.keys()) {
      if (budgets.size <= keep) return
      budgets.delete(id)
    }
  }
}

/** An hour more than Teams' longest window. */
const longestMs = 25 * 60 * 60 * 1000
