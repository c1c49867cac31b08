import type { Stop } from './keeper.ts'
import { isRefusal, type Ledger, type Requested } from './ledger.ts'
import { meaningOf } from './lies.ts'

/** A card that appeared again: what, when the first was, and why. */
export interface Duplicate {
  what: string
  at: number
  cause: string
}

/**
 * Whatever appeared more than once: each time but the last needs a cause, which is that Cardwire could not know that
 * it had been taken. So does whatever was sent again after it was refused. Seen from the network and from Teams: what
 * Cardwire has written about it counts for nothing.
 */
export function checkDuplicates(ledger: Ledger): { faults: string[]; duplicates: Duplicate[] } {
  const faults: string[] = []
  const duplicates: Duplicate[] = []
  for (const delivery of ledger.records.deliveries) {
    for (const one of ledger.requestsOf(delivery)) {
      if (isRefusal(one) && one.answeredAt !== undefined && !isRefusedForGood(one, ledger))
        faults.push(`AGAIN without a cause: ${ledger.nameOf(delivery)} was refused${detail(one, ledger)}`)
    }
    const shown = ledger.requestsOf(delivery).filter((one) => one.shown)
    for (const [index, next] of shown.slice(1).entries()) {
      const again = shown[index] ?? next
      const what = ledger.nameOf(delivery)
      const cause = causeOf(again, ledger, next.at)
      if (cause) duplicates.push({ what, at: again.at, cause })
      else
        faults.push(
          `DUPLICATE without a cause: ${what} appeared ${shown.length} times${detail(again, ledger)}`,
        )
    }
  }
  return { faults, duplicates }
}

/** @param nextAt when it was sent once more: the cause came before that. */
function causeOf(request: Requested, ledger: Ledger, nextAt: number): string | undefined {
  if (request.answeredAt === undefined) return causeOfSilence(request, ledger)
  const { answer } = request.received
  if (typeof answer === 'object' && meaningOf(answer) !== 'delivered') {
    return `Teams showed it and answered an error (${answer.status})`
  }
  return unsettledAt(request, request.answeredAt, nextAt, ledger)
}

/**
 * Whether a refusal ended its card's turn: it was the last request, or a kill kept from the record what had reached
 * Cardwire. Of an answer that was passed as the link was cut, only its attempt tells whether it was read.
 */
export function isRefusedForGood(request: Requested, ledger: Ledger): boolean {
  if (!isRefusal(request)) return false
  const perhaps = request.perhapsAnswered && request.attempt?.outcome === 'unknown' ? request.at : undefined
  const answeredAt = request.answeredAt ?? perhaps
  if (answeredAt === undefined) return false
  const next = ledger.requestsOf(request.delivery).find(({ at }) => at > request.at)
  return !next || unsettledAt(request, answeredAt, next.at, ledger) !== undefined
}

/** No answer reached Cardwire: who ended the link, and when? */
function causeOfSilence(request: Requested, { stops, endedAt }: Ledger): string | undefined {
  const { link, received } = request
  if (!link) return undefined
  const until = link.endedAt ?? endedAt
  if (link.endedBy === 'the network') return 'the network was cut before the answer had passed'
  if (link.endedBy === 'Teams') return 'Teams took it and cut the line'
  const kill = stops.find(({ kind, from, to }) => kind === 'kill' && from - blurMs <= until && until <= to)
  if (kill) return `in flight at kill ${kill.number} (${kill.how})`
  if (received.answer === 'hang') return 'Teams took it and said nothing'
  if (until - askedAt(request) < patienceMs) return undefined
  return frozen(request, until, stops) ?? 'the answer came too late'
}

/** A freeze that outlasts Cardwire's patience: its clock has run on, and it gives up when it wakes. */
function frozen(request: Requested, until: number, stops: readonly Stop[]): string | undefined {
  const freeze = stops.find(({ kind, from, to }) => kind === 'freeze' && request.at <= to && from <= until)
  return freeze && freeze.to - askedAt(request) >= patienceMs
    ? `in flight at freeze ${freeze.number} (${freeze.how})`
    : undefined
}

const askedAt = ({ at, link }: Requested) => link?.askedAt.findLast((time) => time <= at) ?? at

const blurMs = 50
/** Cardwire waits ten seconds for an answer, counted from the request's last byte. */
const patienceMs = 9500
/** At most so many deliveries of a lane are stamped at a time. */
const mostStamped = 4
/** What was answered is settled with the rest of its lane's stamps, and then at once, on a busy machine too. */
const settledWithinMs = 5000

/** Answered, but the process was gone before that was on disk: one of the last that its lane had sent. */
function unsettledAt(
  request: Requested,
  answeredAt: number,
  nextAt: number,
  ledger: Ledger,
): string | undefined {
  const { stops } = ledger
  const gaveUp = frozen(request, answeredAt, stops)
  if (gaveUp) return gaveUp
  const kill = stops.find(({ kind, from, to }) => kind === 'kill' && to >= answeredAt && from <= nextAt)
  if (!kill) return undefined
  const { destination, at } = request
  const later = ledger.requested.filter(
    (one) => one.destination === destination && one.at > at && one.at <= kill.from,
  )
  const thaws = stops.flatMap(({ kind, from, to }) =>
    kind === 'freeze' && to >= answeredAt && from <= kill.from ? [to] : [],
  )
  const lastSign = Math.max(answeredAt, ...thaws, ...later.map((one) => one.answeredAt ?? one.at))
  if (later.length >= mostStamped || kill.from - lastSign > settledWithinMs) return undefined
  return `answered, and not yet settled at kill ${kill.number} (${kill.how})`
}

function detail({ at, answeredAt, attempt }: Requested, { stops }: Ledger): string {
  const stop = stops.find(({ to }) => to >= at)
  const next = stop ? `; ${stop.kind} ${stop.number} came ${stop.from - at} ms after it` : ''
  const answered = answeredAt === undefined ? 'unanswered' : `answered after ${answeredAt - at} ms`
  return `: ${answered}, recorded as ${attempt?.outcome ?? 'nothing'}${next}.`
}
