import { Button, makeStyles } from '@fluentui/react-components'
import { PlugConnected48Regular } from '@fluentui/react-icons'
import { useRef } from 'react'
import type { Place } from '../../../server/model/configuration.ts'
import { Busy } from '../../components/busy.tsx'
import { Failed } from '../../components/failed.tsx'
import { Message } from '../../components/message.tsx'
import { SignIn } from '../../components/sign-in.tsx'
import { TeamsProvider } from '../../components/use-teams-here.tsx'
import { useSentences } from '../../i18n/use-sentences.tsx'
import { whereOf } from '../../i18n/where-of.ts'
import { impossible } from '../../impossible.ts'
import type { Teams } from '../../teams.ts'
import { ConfigurationForm } from './configuration-form.tsx'
import { Saved } from './saved.tsx'
import { type UseConfiguration, useConfiguration } from './use-configuration.ts'

/** The configuration page: what a channel's owner chooses before pressing Save in Teams. */
export function Configure({ teams }: { teams: Teams }) {
  const styles = useStyles()
  const place = useRef<HTMLDivElement>(null)
  const configuration = useConfiguration(teams)
  const pressed = (act: () => void) => () => {
    // The button that was pressed goes away: without this, who uses the keyboard would lose their place.
    place.current?.focus()
    act()
  }
  const { reload, signIn } = configuration
  return (
    <div ref={place} tabIndex={-1} className={styles.place}>
      <TeamsProvider value={teams}>
        <Shown
          {...configuration}
          reload={pressed(reload)}
          signIn={pressed(signIn)}
          place={teams.context.place}
        />
      </TeamsProvider>
    </div>
  )
}

function Shown({ view, reload, signIn, change, sendTest, place }: UseConfiguration & { place: Place }) {
  const sentences = useSentences()
  const { signingIn, loading, retry, noSources } = sentences
  const where = whereOf(place, sentences)
  switch (view.is) {
    case 'signing in':
      return <Busy label={signingIn} />
    case 'loading':
      return <Busy label={loading} />
    case 'signed out':
      return <SignIn view={view} onSignIn={signIn} />
    case 'failed':
      return <Failed failure={view.failure} onRetry={reload} />
    case 'no sources':
      return (
        <Message
          icon={<PlugConnected48Regular />}
          title={noSources.title}
          action={<Button onClick={reload}>{retry}</Button>}
        >
          <p>{noSources.text}</p>
          <p>{noSources.admin}</p>
        </Message>
      )
    case 'ready':
      return view.form.phase === 'saved' ? (
        <Saved name={view.form.draft.name} where={where} />
      ) : (
        <ConfigurationForm
          form={view.form}
          where={where}
          onChange={change}
          onReload={reload}
          onTest={sendTest}
        />
      )
    default:
      return impossible(view)
  }
}

const useStyles = makeStyles({ place: { outlineStyle: 'none' } })
