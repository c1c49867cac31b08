import { FluentProvider, makeStyles, tokens } from '@fluentui/react-components'
import { PlugDisconnected48Regular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { LanguageProvider } from '../i18n/use-sentences.tsx'
import type { Teams } from '../teams.ts'
import { Busy } from './busy.tsx'
import { Message } from './message.tsx'
import { lightTheme } from './themes/theme-of.ts'
import { useTeams } from './use-teams.ts'

export type InTeams = (teams: Teams) => ReactNode

/** Everything around a page: Teams, its theme, the person's language; and what is shown where there is no Teams. */
export function Shell({ children }: { children: InTeams }) {
  const styles = useStyles()
  const { connection, theme, language } = useTeams()
  const { outside } = language.sentences
  // Until Teams has told its theme, its own background shows through.
  return (
    <FluentProvider theme={theme ?? lightTheme} className={theme === undefined ? styles.bare : styles.page}>
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

const useStyles = makeStyles({
  page: { minHeight: '100%', backgroundColor: tokens.colorNeutralBackground1 },
  bare: { minHeight: '100%', backgroundColor: 'transparent' },
})
