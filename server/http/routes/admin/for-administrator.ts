import { type Explained, explainHealth } from '../../../delivery/explain.ts'
import type { Health, Transport } from '../../../model/destination.ts'
import type { Language } from '../../../model/language.ts'
import { inLanguage, joined } from '../../../model/text.ts'
import type { LastAttempt } from '../../../storage/overview.ts'

/** What happened, and what whoever looks after this server does about it: in their language. */
export function forAdministrator(explained: Explained, language: Language) {
  const whatToDo = adviceOf(explained)
  return {
    why: inLanguage(explained.why, language),
    whatToDo: whatToDo === undefined ? null : inLanguage(whatToDo, language),
  }
}

/** Why a destination is not healthy, in a line; as it was recorded where no more is known. */
export function healthForAdministrator(destination: StoredHealth, language: Language): string | null {
  if (destination.health === 'healthy') return null
  const explained = explainHealth({ ...destination, last: destination.lastAttempt ?? undefined })
  if (!explained) return destination.healthReason
  const whatToDo = adviceOf(explained)
  return inLanguage(whatToDo === undefined ? explained.why : joined([explained.why, whatToDo]), language)
}

interface StoredHealth {
  health: Health
  healthReason: string | null
  transport: Transport
  lastAttempt: LastAttempt | null
}

function adviceOf({ whatToDo, administratorDoes }: Explained): Explained['whatToDo'] {
  return administratorDoes ?? whatToDo
}
