import type { Attempt, DeliveryState } from '../model/delivery.ts'
import type { Health, Transport } from '../model/destination.ts'
import type { Text } from '../model/text.ts'
import { told } from './explained-words.ts'

/** What happened and what the person can do about it; nothing to do is said by leaving that out. */
export interface Explained {
  why: Text
  whatToDo?: Text
  /** Where an administrator would otherwise be sent to themselves. */
  administratorDoes?: Text
}

/** What is known of one attempt, as it was recorded. */
export type AttemptTold = Pick<Attempt, 'outcome' | 'status' | 'answer'>

/**
 * What became of one attempt, in words for the person whose card it is. The log and the administrator have the reason
 * in English and Teams' own words; this is made from the same record, so that it can be said in each language and of
 * attempts that were made long ago.
 */
export function explainAttempt(attempt: AttemptTold, transport: Transport): Explained {
  const { outcome, status } = attempt
  switch (outcome) {
    case 'delivered':
      return told.delivered
    case 'accepted':
      return told.accepted
    case 'throttled':
      return told.throttled
    case 'unknown':
      return told.unknown
    case 'unreachable':
      return status === null ? told.unreachable : told.inTrouble
    case 'gone':
      return transport === 'connector' ? told.connectorGone : told.workflowGone
    case 'refused':
      return explainRefusal(attempt, transport)
    default:
      return outcome satisfies never
  }
}

function explainRefusal({ status, answer }: AttemptTold, transport: Transport): Explained {
  // A connector says it inside a 200.
  const inner = Number(/returned HTTP error (\d{3})/.exec(answer ?? '')?.[1] ?? status)
  if (inner === 413) return told.tooLarge
  if (inner === 401 || inner === 403) return transport === 'workflow' ? told.flowNotOpen : told.urlRefused
  if (inner >= 300 && inner < 400) return told.redirected
  return told.cardRefused
}

/**
 * Why a delivery has ended, or has not ended yet, where that is not plain from its state.
 * @param delivery.reason as it was recorded; `last` is its last attempt.
 */
export function explainDelivery(delivery: {
  state: DeliveryState
  reason: string | null
  transport: Transport
  last: AttemptTold | undefined
}): Explained | undefined {
  const { state, reason, transport, last } = delivery
  switch (state) {
    case 'delivered':
    case 'merged':
    case 'held':
      return undefined
    case 'accepted':
      return told.accepted
    case 'pending':
      return last && explainAttempt(last, transport)
    case 'expired':
      return last ? { ...explainAttempt(last, transport), why: told.expired } : { why: told.expired }
    case 'cancelled':
      if (last?.outcome === 'gone') return explainAttempt(last, transport)
      return reason?.startsWith('Teams answered') || reason?.startsWith('The destination')
        ? explainAttempt({ outcome: 'gone', status: null, answer: null }, transport)
        : { why: told.removed }
    case 'refused':
      return last?.outcome === 'refused'
        ? explainAttempt(last, transport)
        : last
          ? told.poison
          : told.undrawable
    default:
      return state satisfies never
  }
}

/**
 * Why a destination is not healthy; undefined where its last attempt does not tell.
 * @param destination.last its last attempt, unless that is forgotten or there was none.
 */
export function explainHealth({
  health,
  transport,
  last,
}: {
  health: Health
  transport: Transport
  last: AttemptTold | undefined
}): Explained | undefined {
  switch (health) {
    case 'healthy':
      return undefined
    case 'disabled':
      return told.disabled
    case 'gone':
      return transport === 'connector' ? told.connectorGone : told.workflowGone
    case 'throttled':
      return told.throttled
    case 'failing':
      return last && isOfDestination(last, transport) ? explainAttempt(last, transport) : undefined
    default:
      return health satisfies never
  }
}

/** Whether an attempt says something about where it went, and not about its card alone. */
function isOfDestination(last: AttemptTold, transport: Transport): boolean {
  if (last.outcome === 'refused') {
    const explained = explainRefusal(last, transport)
    return explained !== told.tooLarge && explained !== told.cardRefused
  }
  return last.outcome === 'unreachable' || last.outcome === 'throttled' || last.outcome === 'gone'
}
