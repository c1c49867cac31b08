import { useEffect, useState } from 'react'
import { english, type Language, languageOf } from '../i18n/language.ts'
import { metaOf } from '../meta.ts'
import { connect, isFramed, type Teams } from '../teams.ts'
import { pause } from '../within.ts'

/** Teams answers within a second or two; who waits longer is told so, and is still let in afterwards. */
const patienceMs = 6_000

export interface TeamsHere {
  connection: 'connecting' | 'outside' | Teams
  /** Undefined until Teams has told it. */
  theme: string | undefined
  language: Language
}

/** Finds Teams around the page, its theme, which may change at any time, and the person's language. */
export function useTeams(): TeamsHere {
  const [here, setHere] = useState<TeamsHere>({
    connection: 'connecting',
    theme: undefined,
    language: english,
  })

  useEffect(() => {
    let isDecided = false
    const goInside = async (teams: Teams) => {
      const language = await languageOf(teams.context.locale)
      isDecided = true
      setHere({ connection: teams, theme: teams.context.theme, language })
      teams.onThemeChange((theme) => setHere((before) => ({ ...before, theme })))
    }
    const stayOutside = async () => {
      const language = await languageOf(navigator.language)
      if (!isDecided) setHere({ connection: 'outside', theme: 'default', language })
    }
    if (isFramed()) {
      connect(originsOf(metaOf('teams-origins')))
        .then(goInside)
        .catch(stayOutside)
      void pause(patienceMs).then(stayOutside)
    } else {
      void stayOutside()
    }
  }, [])

  useEffect(() => {
    document.documentElement.lang = here.language.tag
  }, [here.language])

  return here
}

const originsOf = (list: string): string[] =>
  list
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '')
