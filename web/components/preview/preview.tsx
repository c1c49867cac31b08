import {
  Body1Strong,
  Button,
  Caption1,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  mergeClasses,
  Spinner,
  tokens,
} from '@fluentui/react-components'
import { ChevronLeftRegular, ChevronRightRegular } from '@fluentui/react-icons'
import { useEffect, useRef, useState } from 'react'
import { languageOf } from '../../../server/model/language.ts'
import type { EventType } from '../../../server/model/source.ts'
import { say } from '../../i18n/say.ts'
import { useLanguage } from '../../i18n/use-sentences.tsx'
import { Group } from '../group.tsx'
import { AdaptiveCard } from './adaptive-card.tsx'
import { MessageCard } from './message-card.tsx'
import { type PreviewWords, previewWords } from './preview-words.ts'
import { type Asked, usePreview } from './use-preview.ts'

interface Props extends Omit<Asked, 'eventType'> {
  /** Those the source has, of which these are chosen. */
  eventTypes: readonly EventType[]
  chosen: readonly string[]
  /** Whether the settings of the source are still incomplete. */
  lacksChoices: boolean
}

/** The cards as the channel will see them, one chosen event at a time. */
export function Preview({ eventTypes, chosen, lacksChoices, ...asked }: Props) {
  const styles = useStyles()
  const words = previewWords[languageOf(useLanguage().tag)]
  const types = eventTypes.filter(({ type }) => chosen.includes(type))
  const [shown, show] = useFollowed(chosen)
  const index = Math.max(
    0,
    types.findIndex(({ type }) => type === shown),
  )
  const type = types[index]
  const step = (by: number) => show(types[(index + by + types.length) % types.length]?.type)
  return (
    <Group label={words.title}>
      <div className={styles.place}>
        {type === undefined || lacksChoices ? (
          <Caption1 className={styles.quiet}>
            {type === undefined ? words.empty : words.choicesFirst}
          </Caption1>
        ) : (
          <>
            {types.length > 1 && (
              <Steps title={type.title} index={index} of={types.length} words={words} onStep={step} />
            )}
            <AskedCard asked={{ ...asked, eventType: type.type }} words={words} />
          </>
        )}
      </div>
    </Group>
  )
}

/** The event type that is shown: the one that was chosen last, until the person steps to another. */
function useFollowed(chosen: readonly string[]) {
  const [shown, show] = useState<string | undefined>()
  const before = useRef(chosen)
  useEffect(() => {
    const added = chosen.filter((type) => !before.current.includes(type))
    before.current = chosen
    if (added.length === 1) show(added[0])
  }, [chosen])
  return [shown, show] as const
}

interface StepsProps {
  title: string
  index: number
  of: number
  words: PreviewWords
  onStep(by: number): void
}

function Steps({ title, index, of, words, onStep }: StepsProps) {
  const styles = useStyles()
  return (
    <div className={styles.steps}>
      <Button
        appearance="subtle"
        icon={<ChevronLeftRegular />}
        aria-label={words.previous}
        onClick={() => onStep(-1)}
      />
      <div className={styles.step} aria-live="polite">
        <Body1Strong className={styles.type}>{title}</Body1Strong>
        <Caption1 className={styles.quiet}>{words.position(index + 1, of)}</Caption1>
      </div>
      <Button
        appearance="subtle"
        icon={<ChevronRightRegular />}
        aria-label={words.next}
        onClick={() => onStep(1)}
      />
    </div>
  )
}

function AskedCard({ asked, words }: { asked: Asked; words: PreviewWords }) {
  const styles = useStyles()
  const { sentences } = useLanguage()
  const { shown, failure, isAsking, retry } = usePreview(asked)
  if (failure !== undefined) {
    return (
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{words.failed}</MessageBarTitle>
          {say(failure, sentences)}
        </MessageBarBody>
        <MessageBarActions>
          <Button onClick={retry}>{sentences.retry}</Button>
        </MessageBarActions>
      </MessageBar>
    )
  }
  if (shown === undefined)
    return <Spinner size="tiny" aria-label={sentences.loading} className={styles.waiting} />
  const { card, transport } = shown
  return (
    <div className={mergeClasses(styles.card, isAsking && styles.old)} aria-busy={isAsking}>
      {transport === 'connector' ? (
        <MessageCard card={card.messageCard} />
      ) : (
        <AdaptiveCard card={card.adaptiveCard.attachments[0].content} />
      )}
      <Caption1 className={styles.quiet}>
        {joined(card.isSample ? words.sample : words.real, words.shownBy[transport])}
      </Caption1>
    </div>
  )
}

/** Chinese has no blank after its comma. */
const joined = (first: string, second: string) => `${first}${first.endsWith(',') ? ' ' : ''}${second}`

const useStyles = makeStyles({
  place: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalS}`,
  },
  steps: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  step: {
    display: 'flex',
    flexWrap: 'wrap',
    flexGrow: 1,
    minWidth: 0,
    alignItems: 'baseline',
    justifyContent: 'center',
    columnGap: tokens.spacingHorizontalS,
  },
  type: { overflowWrap: 'anywhere', minWidth: 0, textAlign: 'center', textWrap: 'balance' },
  card: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, minWidth: 0 },
  old: { opacity: 0.6 },
  quiet: { color: tokens.colorNeutralForeground3 },
  waiting: { padding: tokens.spacingVerticalXXL },
})
