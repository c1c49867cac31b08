import type { Failure } from '../api.ts'
import { impossible } from '../impossible.ts'
import type { Sentences } from './sentences.ts'

export type Sayable =
  | Failure
  | { kind: 'refused by teams' }
  | { kind: 'no webhook url' }
  | { kind: 'incomplete' }

/**
 * A failure as what the person reads: what it means in their language, then the server's own sentence, which
 * knows more and may be in another.
 */
export function say(failure: Sayable, { trouble }: Sentences): string {
  switch (failure.kind) {
    case 'incomplete':
      return trouble.incomplete
    case 'refused by teams':
      return trouble.refusedByTeams
    case 'no webhook url':
      return trouble.noWebhookUrl
    case 'unreachable':
      return trouble.unreachable
    case 'timed out':
      return trouble.timedOut
    case 'answered':
      return told(failure, trouble)
    default:
      return impossible(failure)
  }
}

function told(failure: Failure & { kind: 'answered' }, trouble: Sentences['trouble']): string {
  // Here the server knows no more than we do.
  if (failure.code === 'webhook-url-missing') return trouble.noWebhookUrl
  if (failure.status === 412) return trouble.stale
  return [meaning(failure, trouble), failure.detail].join(' ').trim()
}

function meaning({ status, code }: Failure & { kind: 'answered' }, trouble: Sentences['trouble']): string {
  if (code === 'webhook-url-invalid') return trouble.webhookUrl
  if (status === 401) return trouble.signIn
  if (status === 403) return trouble.forbidden
  if (status >= 500) return trouble.server(status)
  return trouble.other
}
