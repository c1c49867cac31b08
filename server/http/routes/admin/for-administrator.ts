import { type Explained, explainAttempt } from '../../../delivery/explain.ts'
import { told } from '../../../delivery/explained-words.ts'
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
  const explained = explainHealth(destination)
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

function explainHealth({ health, transport, lastAttempt }: StoredHealth): Explained | undefined {
  switch (health) {
    case 'healthy':
      return undefined
    case 'disabled':
      return told.disabled
    case 'throttled':
      return told.throttled
    case 'gone':
      return transport === 'connector' ? told.connectorGone : told.workflowGone
    case 'failing':
      return lastAttempt ? explainAttempt(lastAttempt, transport) : undefined
    default:
      return health satisfies never
  }
}

/** Who reads this is whom others are told to ask. */
const toAsk = new Set<Explained['whatToDo']>(
  [told.disabled, told.poison, told.undrawable].map(({ whatToDo }) => whatToDo),
)

function adviceOf({ whatToDo, administratorDoes }: Explained): Explained['whatToDo'] {
  return administratorDoes ?? (toAsk.has(whatToDo) ? undefined : whatToDo)
}
