import type { Answer, ScriptedAnswer } from '../teams/model.ts'
import { answers, endpointError } from '../teams/webhooks/answers.ts'

/** Everything that Teams is known to answer instead of the truth, each made when it is scripted. */
export const lies: readonly [Lie, ...Lie[]] = [
  ['429 inside a 200', () => answers.throttled],
  ['503 inside a 200', () => answers.unavailable],
  ['500 inside a 200, and shown', () => ({ ...endpointError(500), shown: true })],
  ['ErrorCode:ApplicationThrottled', () => answers.applicationThrottled],
  ['429 with Retry-After in seconds', () => ({ status: 429, body: '', headers: { 'retry-after': '8' } })],
  [
    '429 with Retry-After as a date',
    () => ({ status: 429, body: '', headers: { 'retry-after': inAWhile() } }),
  ],
  ['503', () => ({ status: 503, body: 'Service unavailable' })],
  ['408', () => ({ status: 408, body: '' })],
  ['reset before it was taken', () => ({ reset: true })],
  ['reset after it was taken', () => ({ reset: true, shown: true })],
  ['silence', () => ({ hang: true })],
  ['silence after it was taken', () => ({ hang: true, shown: true })],
  ['taken, and said slowly', () => ({ slowMs: 2500 })],
  ['taken, and said too late', () => ({ slowMs: 11_500 })],
  ['400 inside a 200', () => answers.refused],
  ['413 inside a 200', () => answers.tooLarge],
  ['200 and words', () => ({ status: 200, body: 'Something else happened.' })],
  ['400', () => answers.badPayload],
  ['403', () => ({ status: 403, body: 'Forbidden' })],
]

export type Lie = readonly [name: string, make: () => ScriptedAnswer]

/** What Teams answers until its host has finished a save. */
export const savingAnswers: readonly ScriptedAnswer[] = [answers.gone, answers.neverMinted, answers.gone]

/** HTTP dates have whole seconds. */
const inAWhile = () => new Date(Date.now() + 9000).toUTCString()

/** How an answer of a connector must be read, told apart from how Cardwire reads it. */
export function meaningOf({
  status,
  body,
}: Answer): 'delivered' | 'throttled' | 'unreachable' | 'gone' | 'refused' {
  const inner = Number(/HTTP error (\d+)/.exec(body)?.[1] ?? 0)
  if (status === 200 && /^\d+$/.test(body)) return 'delivered'
  if (status === 429 || inner === 429 || body.includes('ApplicationThrottled')) return 'throttled'
  if (status === 404 || status === 410) return 'gone'
  const last = inner === 0 ? status : inner
  return last === 408 || last >= 500 ? 'unreachable' : 'refused'
}
