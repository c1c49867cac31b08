import type { Failure } from '../api.ts'
import { impossible } from '../impossible.ts'
import type { Sentences } from './sentences.ts'

export type Sayable =
  | Failure
  | { kind: 'pop-up closed' }
  | { kind: 'pop-up blocked' }
  | { kind: 'refused by teams' }
  | { kind: 'no webhook url' }
  | { kind: 'incomplete' }

/** A failure as what the person reads, said once: by the server, which knows most, else by us. */
export function say(failure: Sayable, { trouble, signIn }: Sentences): string {
  switch (failure.kind) {
    case 'pop-up closed':
      return signIn.closed
    case 'pop-up blocked':
      return signIn.blocked
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
  const { status, detail } = failure
  // The server cannot know that the page offers to load what changed.
  if (status === 412) return trouble.stale
  if (detail !== '') return detail
  if (status === 401) return trouble.signIn
  return status >= 500 ? trouble.server(status) : trouble.other
}
