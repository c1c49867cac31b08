import { useEffect, useState, useSyncExternalStore } from 'react'
import { createApi } from '../../api.ts'
import { hostOfPage } from '../../host.ts'
import { say } from '../../i18n/say.ts'
import { useLanguage } from '../../i18n/use-sentences.tsx'
import type { Teams } from '../../teams.ts'
import type { Draft } from './draft.ts'
import { createSession, type View } from './session.ts'

export interface UseConfiguration {
  view: View
  reload(): void
  signIn(): void
  change(update: (draft: Draft) => Draft): void
  sendTest(): void
}

/** The page's data: one session for as long as the page is open. */
export function useConfiguration(teams: Teams): UseConfiguration {
  const { tag, sentences } = useLanguage()
  const [session] = useState(() =>
    createSession({
      teams,
      api: createApi({ token: teams.token, language: tag, fetch: window.fetch.bind(window) }),
      host: hostOfPage(),
      origin: location.origin,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      newId: () => crypto.randomUUID(),
      now: () => performance.now(),
      say: (failure) => say(failure, sentences),
    }),
  )
  useEffect(() => {
    void session.load()
  }, [session])
  return {
    view: useSyncExternalStore(session.subscribe, session.view),
    reload: () => void session.load(),
    signIn: () => void session.signIn(),
    change: session.change,
    sendTest: () => void session.test(),
  }
}
