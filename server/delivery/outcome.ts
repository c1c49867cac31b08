import type { Transport } from '../model/destination.ts'
import type { Answer } from './send.ts'

/**
 * How Teams' answer to one attempt is read.
 *
 * The status of a connector lies: it answers 200 and writes into the body what became of the message, so the
 * body is read first. A workflow says 202 before its flow has run, and nobody can know more than that it was
 * accepted. `gone` is only what the answer says: whether a save is still completing, `decide` knows.
 */
export type Outcome =
  | { kind: 'delivered' }
  | { kind: 'accepted' }
  /** `ofUrl`: whatever is sent there would be refused. */
  | { kind: 'refused'; reason: string; ofUrl?: boolean }
  | { kind: 'throttled'; reason: string; retryAfterMs: number | undefined }
  /** `answered` is an error that was answered, which may be the card's own fault. */
  | { kind: 'unreachable'; reason: string; retryAfterMs: number | undefined; answered: boolean }
  | { kind: 'gone'; reason: string; status: number }
  /** We stopped before an answer came: perhaps it was sent. */
  | { kind: 'unknown'; reason: string }

type Answered = Answer & { kind: 'answered' }

export function readAnswer(transport: Transport, answer: Answer, now: Date): Outcome {
  if (answer.kind === 'cut')
    return { kind: 'unknown', reason: 'Perhaps sent: Cardwire stopped before an answer came.' }
  if (answer.kind === 'failed') {
    return { kind: 'unreachable', reason: answer.reason, retryAfterMs: undefined, answered: false }
  }
  if (answer.status >= 200 && answer.status < 300) {
    return transport === 'workflow' ? { kind: 'accepted' } : readConnectorBody(answer, now)
  }
  return readStatus(transport, answer, now)
}

/** A connector's 200: the body is a number where the message arrived, and an error in words where it did not. */
function readConnectorBody({ body, retryAfter }: Answered, now: Date): Outcome {
  if (body === '1' || /^\s*\d+\s*$/.test(body)) return { kind: 'delivered' }
  const retryAfterMs = readRetryAfter(retryAfter, now)
  if (body.includes('ApplicationThrottled')) {
    return throttled('Teams answered that too many messages were sent.', retryAfterMs)
  }

  const inner = Number(/returned HTTP error (\d{3})/.exec(body)?.[1])
  if (inner === 429) {
    return throttled('Teams answered that too many messages were sent (429 inside a 200).', retryAfterMs)
  }
  if (inner === 408 || inner >= 500) {
    const reason = `Teams could not take the message just now (${inner} inside a 200).`
    return { kind: 'unreachable', reason, retryAfterMs, answered: true }
  }
  if (inner === 413) return { kind: 'refused', reason: 'The card is too large for Teams (413 inside a 200).' }
  if (inner) return { kind: 'refused', reason: `Teams cannot take this card (${inner} inside a 200).` }
  return { kind: 'refused', reason: `Teams did not say that it took the card: ${quoted(body)}` }
}

function readStatus(transport: Transport, answer: Answered, now: Date): Outcome {
  const { status, body } = answer
  const retryAfterMs = readRetryAfter(answer.retryAfter, now)
  if (status === 404 || status === 410) return { kind: 'gone', reason: goneReason(transport, status), status }
  if (status === 429) return throttled('Teams answered that too many messages were sent (429).', retryAfterMs)
  if (status === 408 || status >= 500) {
    return { kind: 'unreachable', reason: `Teams answered ${status}.`, retryAfterMs, answered: true }
  }
  const ofUrl = status === 401 || status === 403 || (status >= 300 && status < 400)
  return { kind: 'refused', reason: refusal(transport, status, body), ...(ofUrl && { ofUrl }) }
}

function goneReason(transport: Transport, status: number): string {
  return transport === 'connector'
    ? `Teams answered ${status}: the connector was removed from the channel. Set it up again there.`
    : `Teams answered ${status}: the flow was deleted or is switched off. Switch it on, or paste a new workflow URL.`
}

function refusal(transport: Transport, status: number, body: string): string {
  if (status === 401 && transport === 'workflow') {
    return 'The flow wants a sign-in (401). In Teams, let "Anyone" trigger it, and copy its whole URL with `sig`.'
  }
  if (status === 401 || status === 403)
    return `Teams refused the webhook URL (${status}). Save it again in the channel.`
  if (status === 413) return 'The card is too large for Teams (413).'
  if (status >= 300 && status < 400)
    return `The webhook URL only redirects (${status}), which is not followed.`
  return `Teams cannot take this card (${status}): ${quoted(body)}`
}

function throttled(reason: string, retryAfterMs: number | undefined): Outcome {
  return { kind: 'throttled', reason, retryAfterMs }
}

const shortestWaitMs = 1000
const longestWaitMs = 60 * 60 * 1000

/** Seconds or an HTTP date; between one second and one hour, since a wrong header must not silence a channel. */
export function readRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined
  const text = header.trim()
  if (/^\d+(\.\d+)?$/.test(text)) return clamped(Number(text) * 1000)
  // `Date.parse` alone takes almost any text with a number in it for a date.
  return httpDate.test(text) ? clamped(Date.parse(text) - now.getTime()) : undefined
}

const httpDate =
  /^[A-Z][a-z]{2}, \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/

function clamped(ms: number): number | undefined {
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, shortestWaitMs), longestWaitMs)
}

function quoted(body: string): string {
  const words = body.trim().replace(/\s+/g, ' ')
  if (words === '') return 'it answered nothing.'
  return `"${words.length > 200 ? `${words.slice(0, 199)}…` : words}"`
}
