import {
  FluentProvider,
  makeStyles,
  type Theme,
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
  tokens,
} from '@fluentui/react-components'
import { PlugDisconnected48Regular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { LanguageProvider } from '../i18n/use-sentences.tsx'
import type { Teams } from '../teams.ts'
import { Busy } from './busy.tsx'
import { Message } from './message.tsx'
import { useTeams } from './use-teams.ts'

export type InTeams = (teams: Teams) => ReactNode

/** Everything around a page: Teams, its theme, the person's language; and what is shown where there is no Teams. */
export function Shell({ children }: { children: InTeams }) {
  const styles = useStyles()
  const { connection, theme, language } = useTeams()
  const { outside } = language.sentences
  // Until Teams has told its theme, its own background shows through.
  const isThemeKnown = theme !== undefined
  return (
    <FluentProvider theme={themeOf(theme)} className={isThemeKnown ? styles.page : styles.bare}>
      <LanguageProvider value={language}>
        {connection === 'connecting' && <Busy />}
        {connection === 'outside' && (
          <Message icon={<PlugDisconnected48Regular />} title={outside.title}>
            <p>{outside.text}</p>
            <p>{outside.steps}</p>
          </Message>
        )}
        {typeof connection === 'object' && children(connection)}
      </LanguageProvider>
    </FluentProvider>
  )
}

function themeOf(theme: string | undefined): Theme {
  if (theme === 'dark') return teamsDarkTheme
  return theme === 'contrast' ? teamsHighContrastTheme : teamsLightTheme
}

const useStyles = makeStyles({
  page: { minHeight: '100%', backgroundColor: tokens.colorNeutralBackground1 },
  bare: { minHeight: '100%', backgroundColor: 'transparent' },
})
