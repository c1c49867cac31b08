import { Caption1, makeStyles, tokens } from '@fluentui/react-components'
import type { MutedEvent } from '../../../server/model/channel.ts'
import { useLanguage } from '../../i18n/use-sentences.tsx'
import { Nothing } from './channel.tsx'
import { whenIn } from './when.ts'
import type { ChannelWords } from './words.ts'

/** What happened and was not for this channel. */
export function MutedList({ events, words }: { events: readonly MutedEvent[]; words: ChannelWords }) {
  const styles = useStyles()
  const { tag } = useLanguage()
  if (events.length === 0) return <Nothing {...words.noMuted} />
  return (
    <>
      <p className={styles.lead}>{words.mutedText}</p>
      <ul className={styles.list}>
        {events.map(({ id, title, occurredAt }) => (
          <li key={id} className={styles.row}>
            <span className={styles.title}>{title}</span>
            <Caption1 className={styles.when}>
              <time dateTime={occurredAt}>{whenIn(tag, occurredAt)}</time>
            </Caption1>
          </li>
        ))}
      </ul>
    </>
  )
}

const useStyles = makeStyles({
  lead: { color: tokens.colorNeutralForeground2 },
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalM} 0`,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  title: { minWidth: 0, overflowWrap: 'anywhere' },
  when: { color: tokens.colorNeutralForeground2 },
})
