import { useEffect, useState } from 'react'
import type { Transport } from '../../../server/model/destination.ts'
import type { PreviewedCard } from '../../../server/model/preview.ts'
import { createPreview, type Failure } from '../../api.ts'
import { hostOfPage } from '../../host.ts'
import { useLanguage } from '../../i18n/use-sentences.tsx'
import { keptBy } from '../../kept.ts'
import type { Teams } from '../../teams.ts'
import { pause } from '../../within.ts'
import { useTeamsHere } from '../use-teams-here.tsx'

/** What is asked for; it is text, so that the same question is told by its being equal. */
export interface Asked {
  sourceId: string
  choices: Record<string, unknown>
  eventType: string
  /** Whether the configuration is one that was saved, and speaks the language it was saved in. */
  isSaved: boolean
}

export interface UsePreview {
  shown: { card: PreviewedCard; transport: Transport } | undefined
  failure: Failure | undefined
  isAsking: boolean
  retry(): void
}

/** Whoever types or walks through the events is not asked for at each step. */
const settledMs = 200

/** The card for one event type. What was shown stays until the next is there; the last question wins. */
export function usePreview(asked: Asked): UsePreview {
  const teams = useTeamsHere()
  const { tag } = useLanguage()
  const [state, setState] = useState<Omit<UsePreview, 'retry'>>({
    shown: undefined,
    failure: undefined,
    isAsking: true,
  })
  const [tries, setTries] = useState(0)
  const question = JSON.stringify([asked, tries])

  useEffect(() => {
    let isCurrent = true
    async function ask(): Promise<void> {
      setState((before) => ({ ...before, isAsking: true }))
      await pause(settledMs)
      if (!isCurrent) return
      const [what]: [Asked] = JSON.parse(question)
      const result = await answerTo(what, { teams, language: tag })
      if (!isCurrent) return
      const [card] = result.ok ? result.value.items : []
      if (result.ok && card !== undefined) {
        setState({
          shown: { card, transport: result.value.transport },
          failure: undefined,
          isAsking: false,
        })
      } else if (!result.ok) setState({ shown: undefined, failure: result.failure, isAsking: false })
    }
    void ask()
    return () => {
      isCurrent = false
    }
  }, [question, teams, tag])

  return { ...state, retry: () => setTries((before) => before + 1) }
}

async function answerTo(
  { eventType, isSaved, ...draft }: Asked,
  { teams, language }: { teams: Teams; language: string },
) {
  const preview = createPreview({ token: teams.token, language, fetch: window.fetch.bind(window) })
  const { entityId } = isSaved ? await keptBy(teams) : {}
  const reader =
    entityId === undefined
      ? { locale: teams.context.locale, zone: Intl.DateTimeFormat().resolvedOptions().timeZone }
      : { entityId }
  return preview({ ...draft, ...reader, eventTypes: [eventType], host: hostOfPage() })
}
