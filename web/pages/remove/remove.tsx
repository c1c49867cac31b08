import {
  Badge,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Spinner,
  tokens,
} from '@fluentui/react-components'
import { AlertOffRegular, CheckmarkCircle48Regular } from '@fluentui/react-icons'
import { Busy } from '../../components/busy.tsx'
import { Message } from '../../components/message.tsx'
import { SignIn } from '../../components/sign-in.tsx'
import { say } from '../../i18n/say.ts'
import { useSentences } from '../../i18n/use-sentences.tsx'
import { whereOf } from '../../i18n/where-of.ts'
import { impossible } from '../../impossible.ts'
import type { Teams } from '../../teams.ts'
import type { Told } from './removal.ts'
import { useRemoval } from './use-removal.ts'

/** The removal page: what will stop, before the person presses Remove in Teams. */
export function Remove({ teams }: { teams: Teams }) {
  const styles = useStyles()
  const sentences = useSentences()
  const { loading, removal } = sentences
  const { view, signIn } = useRemoval(teams)
  switch (view.is) {
    case 'loading':
      return <Busy label={loading} />
    case 'signed out':
      return <SignIn view={view} onSignIn={signIn} />
    case 'removed':
      return (
        <Message icon={<CheckmarkCircle48Regular />} title={removal.removed}>
          <p>{removal.kept}</p>
        </Message>
      )
    case 'removing':
      return (
        <Message icon={<AlertOffRegular fontSize={48} />} title={removal.title(view.told.name)}>
          <output>
            <Spinner size="tiny" label={removal.removing} />
          </output>
        </Message>
      )
    case 'asking':
      return (
        <Message
          icon={<AlertOffRegular fontSize={48} />}
          title={removal.title(view.told.name)}
          {...(view.trouble === undefined
            ? {}
            : {
                action: (
                  <MessageBar intent="error" layout="multiline" role="alert" className={styles.trouble}>
                    <MessageBarBody>
                      <MessageBarTitle>{removal.failed}</MessageBarTitle>
                      {say(view.trouble, sentences)}
                    </MessageBarBody>
                  </MessageBar>
                ),
              })}
        >
          <WhatStops told={view.told} where={whereOf(teams.context.place, sentences)} />
          <p>{removal.ready}</p>
        </Message>
      )
    default:
      return impossible(view)
  }
}

function WhatStops({ told, where }: { told: Told; where: string }) {
  const styles = useStyles()
  const { removal } = useSentences()
  if (told.isUnknown) return <p>{removal.unknown}</p>
  return (
    <>
      <p>{removal.cards(told.source, where)}</p>
      {told.eventTypes.length > 0 && (
        <ul className={styles.events} aria-label={removal.events}>
          {told.eventTypes.map((title) => (
            <li key={title}>
              <Badge appearance="tint" color="informative" size="large">
                {title}
              </Badge>
            </li>
          ))}
        </ul>
      )}
      <p>{removal.kept}</p>
    </>
  )
}

const useStyles = makeStyles({
  trouble: { textAlign: 'start' },
  events: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'center',
    gap: tokens.spacingHorizontalS,
    margin: `${tokens.spacingVerticalM} 0`,
    padding: 0,
    listStyleType: 'none',
  },
})
