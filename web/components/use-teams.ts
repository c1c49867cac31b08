import type { Theme } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { createRedeem } from '../api.ts'
import { english, type Spoken, speak } from '../i18n/language.ts'
import { metaOf, teamsOrigins } from '../meta.ts'
import { connect, isFramed, type Teams } from '../teams.ts'
import { pause } from '../within.ts'
import { lightTheme, themeOf } from './themes/theme-of.ts'

/** Teams answers within a second or two; who waits longer is told so, and is still let in afterwards. */
const patienceMs = 6_000

export interface TeamsHere {
  connection: 'connecting' | 'outside' | Teams
  /** Undefined until Teams has told it. */
  theme: Theme | undefined
  language: Spoken
}

/** Finds Teams around the page, its theme, which may change at any time, and the person's language. */
export function useTeams(): TeamsHere {
  const [here, setHere] = useState<TeamsHere>({
    connection: 'connecting',
    theme: undefined,
    language: english,
  })

  useEffect(() => {
    let isInside = false
    const goInside = async (teams: Teams) => {
      const { locale, theme } = teams.context
      const [inTheme, language] = await Promise.all([themeOf(theme), speak(locale)])
      isInside = true
      setHere({ connection: teams, theme: inTheme, language })
      followTheme(teams, (next) => setHere((before) => ({ ...before, theme: next })))
    }
    const stayOutside = async () => {
      const language = await speak(navigator.language)
      if (!isInside) setHere({ connection: 'outside', theme: lightTheme, language })
    }
    if (isFramed()) {
      connect({ origins: teamsOrigins(), redeem: canSignInByPopUp() ? redeemIn : undefined })
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

/** The last theme that Teams named wins, in whatever order they arrive. */
function followTheme(teams: Teams, show: (theme: Theme) => void): void {
  let latest = teams.context.theme
  const follow = async (name: string) => {
    latest = name
    const theme = await themeOf(name)
    if (latest === name) show(theme)
  }
  teams.onThemeChange((name) => void follow(name))
}

/** Teams opens no window on a page that is not https. */
const canSignInByPopUp = (): boolean => metaOf('sign-in') === 'pop-up' && location.protocol === 'https:'

const redeemIn = (language: string) => createRedeem({ language, fetch: window.fetch.bind(window) })
