import { useEffect, useState } from 'react'
import { createApi } from '../../api.ts'
import { say } from '../../i18n/say.ts'
import { useLanguage } from '../../i18n/use-sentences.tsx'
import type { Teams } from '../../teams.ts'
import { createRemoval, type View } from './removal.ts'

/** The page's data: one removal for as long as the page is open. */
export function useRemoval(teams: Teams): { view: View; signIn(): void } {
  const { tag, sentences } = useLanguage()
  const [view, setView] = useState<View>({ is: 'loading' })
  const [removal] = useState(() =>
    createRemoval({
      teams,
      api: createApi({ token: teams.token, language: tag, fetch: window.fetch.bind(window) }),
      show: setView,
      say: (failure) => say(failure, sentences),
    }),
  )
  useEffect(() => {
    void removal.load()
  }, [removal])
  return { view, signIn: () => void removal.signIn() }
}
