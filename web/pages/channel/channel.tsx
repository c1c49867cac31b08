import {
  Button,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Tab,
  TabList,
  Title3,
  tokens,
} from '@fluentui/react-components'
import { MailInboxDismissRegular, MailInboxRegular, PauseRegular, PlayRegular } from '@fluentui/react-icons'
import { type ReactElement, useState } from 'react'
import type { Configuration } from '../../../server/model/configuration.ts'
import { languageOf } from '../../../server/model/language.ts'
import { Busy } from '../../components/busy.tsx'
import { Failed } from '../../components/failed.tsx'
import { Message } from '../../components/message.tsx'
import { SignIn } from '../../components/sign-in.tsx'
import { say } from '../../i18n/say.ts'
import { useLanguage, useSentences } from '../../i18n/use-sentences.tsx'
import { impossible } from '../../impossible.ts'
import type { Teams } from '../../teams.ts'
import type { Wait } from './channel-api.ts'
import { DeliveryList } from './delivery-list.tsx'
import { Destination } from './destination.tsx'
import { MutedList } from './muted-list.tsx'
import { type Shown, type UseChannel, useChannel } from './use-channel.ts'
import { whenIn } from './when.ts'
import { type ChannelWords, channelWords } from './words.ts'

/** The channel's own page: what became of its cards, and what its people can do about them. */
export function Channel({ teams }: { teams: Teams }) {
  const channel = useChannel(teams)
  const { signingIn, loading } = useSentences()
  const words = channelWords[languageOf(useLanguage().tag)]
  const { view } = channel
  switch (view.is) {
    case 'signing in':
      return <Busy label={signingIn} />
    case 'loading':
      return <Busy label={loading} />
    case 'signed out':
      return <SignIn view={view} onSignIn={channel.signIn} />
    case 'failed':
      return <Failed failure={view.failure} onRetry={channel.reload} />
    case 'unknown':
      return (
        <Message icon={<MailInboxDismissRegular fontSize={48} />} title={words.unknown.title}>
          <p>{words.unknown.text}</p>
        </Message>
      )
    case 'ready':
      return <Ready shown={view} channel={channel} words={words} />
    default:
      return impossible(view)
  }
}

interface Props {
  shown: Shown
  channel: UseChannel
  words: ChannelWords
}

function Ready({ shown, channel, words }: Props) {
  const styles = useStyles()
  const [list, choose] = useState<'cards' | 'muted'>('cards')
  const { configuration, destination, deliveries, muted } = shown
  const { paused } = configuration
  return (
    <main className={styles.page}>
      <header className={styles.header}>
        <div className={styles.heading}>
          <Title3 as="h1" className={styles.title}>
            {configuration.name}
          </Title3>
          <p className={styles.edit}>{words.edit}</p>
        </div>
        <Button
          appearance={paused ? 'primary' : 'secondary'}
          icon={paused ? <PlayRegular /> : <PauseRegular />}
          onClick={() => void channel.pause(!paused)}
        >
          {paused ? words.resume : words.pause}
        </Button>
      </header>
      <Bars {...{ shown, channel, words }} />
      <div className={styles.columns}>
        <section className={styles.log} aria-label={list === 'cards' ? words.cards : words.muted}>
          <TabList
            selectedValue={list}
            onTabSelect={(_, { value }) => choose(value === 'muted' ? 'muted' : 'cards')}
          >
            <Tab value="cards">{words.cards}</Tab>
            <Tab value="muted">{muted.length > 0 ? `${words.muted} (${muted.length})` : words.muted}</Tab>
          </TabList>
          {list === 'muted' ? (
            <MutedList events={muted} words={words} />
          ) : deliveries.length === 0 ? (
            <Nothing {...words.noCards} />
          ) : (
            <DeliveryList {...{ deliveries, channel, words }} hasMore={shown.hasMore} />
          )}
        </section>
        <Destination destination={destination} entityId={configuration.entityId} words={words} />
      </div>
    </main>
  )
}

/** What the people of the channel should know before they read the log. */
function Bars({ shown, channel, words }: Props): ReactElement {
  const styles = useStyles()
  const sentences = useSentences()
  const { configuration, destination, isOld } = shown
  const { trouble } = channel
  const { tag } = useLanguage()
  const later = laterOf(channel.wait, configuration, { words, tag })
  return (
    <div className={styles.bars} aria-live="polite">
      {isOld && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{words.old}</MessageBarBody>
        </MessageBar>
      )}
      {trouble !== undefined && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{words.failedAct}</MessageBarTitle>
            {say(trouble, sentences)}
          </MessageBarBody>
        </MessageBar>
      )}
      {later !== undefined && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{later}</MessageBarBody>
        </MessageBar>
      )}
      {configuration.state === 'waiting' && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{words.waitingText}</MessageBarBody>
        </MessageBar>
      )}
      {configuration.paused && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{words.pausedText}</MessageBarBody>
        </MessageBar>
      )}
      {destination.why !== null && (
        <MessageBar intent={destination.health === 'throttled' ? 'warning' : 'error'} layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{destination.why}</MessageBarTitle>
            {destination.whatToDo}
          </MessageBarBody>
        </MessageBar>
      )}
    </div>
  )
}

/** When what was sent again goes, while there is still something that it waits for. */
function laterOf(
  wait: Wait | undefined,
  { paused, state }: Configuration,
  { words: { later }, tag }: { words: ChannelWords; tag: string },
): string | undefined {
  const { heldBy, heldUntil } = wait ?? {}
  if (heldBy === 'pause' && paused) return later.pause
  if (heldBy === 'approval' && state === 'waiting') return later.approval
  const isQuiet = heldBy === 'quiet hours' && heldUntil && new Date(heldUntil) > new Date()
  return isQuiet ? later['quiet hours'](whenIn(tag, heldUntil)) : undefined
}

/** A list with nothing in it yet, and what will come. */
export function Nothing({ title, text }: { title: string; text: string }) {
  const styles = useStyles()
  return (
    <div className={styles.nothing}>
      <MailInboxRegular fontSize={40} aria-hidden />
      <strong>{title}</strong>
      <span>{text}</span>
    </div>
  )
}

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    boxSizing: 'border-box',
    maxWidth: '1120px',
    margin: '0 auto',
    padding: `${tokens.spacingVerticalXXL} ${tokens.spacingHorizontalXXL}`,
  },
  header: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: tokens.spacingHorizontalL },
  heading: { flex: '1 1 320px', minWidth: 0 },
  title: { margin: 0, overflowWrap: 'anywhere' },
  edit: { margin: `${tokens.spacingVerticalXS} 0 0`, color: tokens.colorNeutralForeground2 },
  bars: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    ':empty': { display: 'none' },
  },
  columns: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: tokens.spacingHorizontalXXL },
  log: { flex: '3 1 420px', minWidth: 0 },
  nothing: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalL}`,
    color: tokens.colorNeutralForeground2,
    textAlign: 'center',
    textWrap: 'balance',
  },
})
