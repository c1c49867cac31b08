import { setTimeout } from 'node:timers/promises'
import { type Explained, explainAttempt } from '../delivery/explain.ts'
import { told } from '../delivery/explained-words.ts'
import { AppError } from '../errors.ts'
import type { OutcomeKind } from '../model/delivery.ts'
import type { Transport } from '../model/destination.ts'
import type { TestCardInput, TestCardResult } from '../model/test-card.ts'
import { checkWebhookUrl } from '../model/webhook-url.ts'
import type { Storage } from '../storage/storage.ts'
import type { Trial } from '../storage/trials.ts'

/** What came of a test card; the words still in every language. */
export type Tried = Omit<TestCardResult, 'why' | 'whatToDo'> & Explained

interface TryTools {
  storage: Pick<Storage, 'trials'>
  onCommit: () => void
  now: () => Date
  /** Whether this process sends nothing any more. */
  isStopping: () => boolean
  /** How long it may wait for its turn; a request that has begun takes its own time. */
  patienceMs?: number
}

/**
 * Sends a test card to a URL before anything is saved, and waits for Teams' answer.
 *
 * The card is a delivery in the URL's own lane, sent by whichever process works that: so it is charged to the URL's
 * budget and never runs beside another request. What cannot be sent soon is withdrawn and said so, since a test that
 * arrives an hour later tells nobody anything.
 */
export async function tryUrl(
  { url, transport, name, locale }: { url: string; transport: Transport; name: string; locale: string },
  { storage: { trials }, onCommit, now, isStopping, patienceMs = 8000 }: TryTools,
): Promise<Tried> {
  const id = await trials.begin({ url, transport, name, locale })
  onCommit()
  for (let waitedMs = 0; ; waitedMs += lookMs) {
    const trial = await trials.look(id)
    if (trial.state !== 'pending') return readTrial(trial)
    const waitsOn = (trial.notBefore?.getTime() ?? 0) - now().getTime() > patienceMs - waitedMs
    const isHopeless = waitsOn || trial.health === 'disabled' || waitedMs > patienceMs || isStopping()
    if (isHopeless && (await trials.withdraw(id))) return unsent(trial)
    if (waitedMs > patienceMs + longestAnswerMs) return readTrial(trial)
    await setTimeout(lookMs)
  }
}

/** @throws {AppError} `webhook-url-invalid` */
export function urlToTry({ webhookUrl, transport }: TestCardInput, webhookHosts: readonly string[]) {
  const checked = checkWebhookUrl(webhookUrl, webhookHosts, transport)
  if (checked.ok) return checked
  throw new AppError('webhook-url-invalid', { public: checked.reason })
}

const lookMs = 50

/** A little more than the longest request. */
const longestAnswerMs = 16_000

function readTrial(trial: Trial): Tried {
  const { state, transport, attempt } = trial
  if (!attempt) {
    // It came to its turn and was let go, since the card before it failed.
    if (state === 'cancelled') return unsent(trial)
    const isOurs = state === 'refused'
    const explained = isOurs ? told.undrawable : told.unknown
    return { outcome: isOurs ? 'refused' : 'unknown', transport, status: null, answer: null, ...explained }
  }
  const { outcome, status, answer } = attempt
  return { outcome, transport, status, answer, ...explainAttempt(attempt, transport) }
}

/** Nothing was sent: why its lane stands still, which is mostly what Teams answered to the card before it. */
function unsent({ transport, health, notBefore, last }: Trial): Tried {
  const explained =
    health === 'disabled'
      ? told.disabled
      : last && holdsUp.has(last.outcome)
        ? explainAttempt(last, transport)
        : notBefore
          ? told.windowsFull
          : told.queued
  return { outcome: 'waiting', transport, status: null, answer: null, ...explained }
}

const holdsUp: ReadonlySet<string> = new Set(['throttled', 'unreachable', 'gone'] satisfies OutcomeKind[])
