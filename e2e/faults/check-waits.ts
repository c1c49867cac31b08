import type { Ledger, Requested } from './ledger.ts'
import { groupBy } from './ledger.ts'

/**
 * After an answer that asked for patience, and is on record as such, a lane is silent for as long as was asked, or
 * for its own first wait. What a kill kept from the record is not known to anybody any more.
 */
export function checkWaits({ requested }: Ledger): string[] {
  return [...groupBy(requested, (one) => one.destination)].flatMap(([destination, own]) =>
    own.flatMap((request, index) => {
      const next = own[index + 1]
      const asked = askedMs(request)
      if (!next || asked === undefined || request.answeredAt === undefined) return []
      const waited = next.at - request.answeredAt
      if (waited >= asked - blurMs) return []
      return [
        `WAIT at "${destination}": asked for ${asked} ms after request ${request.received.id}, and waited ${waited}.`,
      ]
    }),
  )
}

const blurMs = 100
/** Five seconds, less a fifth. */
const firstWaitMs = 4000

function askedMs({ attempt, received: { answer }, answeredAt = 0 }: Requested): number | undefined {
  if (attempt?.outcome !== 'throttled' || typeof answer !== 'object') return undefined
  const header = answer.headers?.['retry-after']
  if (header === undefined) return firstWaitMs
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - answeredAt
  return Math.max(ms, firstWaitMs)
}
