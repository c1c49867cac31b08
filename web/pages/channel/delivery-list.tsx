import { Badge, type BadgeProps, Button, Caption1, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowClockwiseRegular, ChevronDownRegular, ChevronUpRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { ChannelAttempt, ChannelDelivery } from '../../../server/model/channel.ts'
import type { DeliveryState } from '../../../server/model/delivery.ts'
import { useLanguage } from '../../i18n/use-sentences.tsx'
import type { UseChannel } from './use-channel.ts'
import { whenIn } from './when.ts'
import type { ChannelWords } from './words.ts'

interface Props {
  deliveries: readonly ChannelDelivery[]
  hasMore: boolean
  channel: UseChannel
  words: ChannelWords
}

/** The channel's log, newest first: each card with what became of it, and what to do where that was not well. */
export function DeliveryList({ deliveries, hasMore, channel, words }: Props) {
  const styles = useStyles()
  return (
    <>
      <ul className={styles.list}>
        {deliveries.map((delivery) => (
          <Row key={delivery.id} {...{ delivery, channel, words }} />
        ))}
      </ul>
      {hasMore && (
        <Button appearance="subtle" className={styles.more} onClick={channel.showMore}>
          {words.more}
        </Button>
      )}
    </>
  )
}

function Row({ delivery, channel, words }: { delivery: ChannelDelivery } & Pick<Props, 'channel' | 'words'>) {
  const styles = useStyles()
  const { tag } = useLanguage()
  const [attempts, setAttempts] = useState<ChannelAttempt[]>()
  const { id, title, state, createdAt, whatToDo } = delivery
  const isTrouble = state === 'refused' || state === 'expired' || state === 'cancelled'
  const toggle = async () => {
    if (attempts !== undefined) return setAttempts(undefined)
    const read = await channel.api?.attempts(id)
    if (read?.ok) setAttempts(read.value.items)
  }
  return (
    <li className={styles.row}>
      <div className={styles.line}>
        <span className={styles.title}>{title}</span>
        <Badge appearance="tint" color={colours[state]} className={styles.badge}>
          {words.states[state]}
        </Badge>
      </div>
      {reasons(delivery, words, tag).map((reason) => (
        <p key={reason} className={styles.reason}>
          {reason}
        </p>
      ))}
      {isTrouble && whatToDo !== null && <p className={styles.reason}>{whatToDo}</p>}
      <div className={styles.foot}>
        <Caption1>
          <time dateTime={createdAt}>{whenIn(tag, createdAt)}</time>
        </Caption1>
        {delivery.attempts > 0 && (
          <Button
            size="small"
            appearance="transparent"
            icon={attempts === undefined ? <ChevronDownRegular /> : <ChevronUpRegular />}
            iconPosition="after"
            aria-expanded={attempts !== undefined}
            onClick={() => void toggle()}
          >
            {words.attempts(delivery.attempts)}
          </Button>
        )}
        {delivery.canSendAgain && (
          <Button
            size="small"
            appearance="transparent"
            icon={<ArrowClockwiseRegular />}
            aria-label={`${words.sendAgain}: ${title}`}
            onClick={() => void channel.sendAgain(id)}
          >
            {words.sendAgain}
          </Button>
        )}
      </div>
      {attempts !== undefined && <Attempts {...{ attempts, words }} />}
    </li>
  )
}

function Attempts({ attempts, words }: { attempts: readonly ChannelAttempt[]; words: ChannelWords }) {
  const styles = useStyles()
  const { tag } = useLanguage()
  return (
    <ol className={styles.attempts}>
      {attempts.map((one) => (
        <li key={one.id}>
          <Caption1>
            <time dateTime={one.endedAt}>{whenIn(tag, one.endedAt)}</time>
            {one.status !== null && ` · HTTP ${one.status}`} · {one.why}
            {one.answer ? ` ${words.teamsSaid} ${one.answer}` : ''}
          </Caption1>
        </li>
      ))}
    </ol>
  )
}

/** Why a delivery stands as it does, in at most a sentence or two. */
function reasons(delivery: ChannelDelivery, words: ChannelWords, tag: string): string[] {
  const { state, why, told, heldBy, heldUntil } = delivery
  const said: string[] = []
  if (told !== null) said.push(words.told(told))
  if (state === 'merged') said.push(words.merged)
  if (state === 'held' && heldBy !== null) said.push(words.heldBy[heldBy] ?? '')
  if (state === 'held' && heldUntil !== null) said.push(words.heldUntil(whenIn(tag, heldUntil)))
  // That a workflow has accepted is what happens every time: its badge says it, and its attempts tell the rest.
  if (why !== null && state !== 'accepted') said.push(why)
  return said.filter((one) => one !== '')
}

const colours: Record<DeliveryState, NonNullable<BadgeProps['color']>> = {
  held: 'informative',
  pending: 'brand',
  delivered: 'success',
  accepted: 'informative',
  merged: 'informative',
  refused: 'danger',
  expired: 'danger',
  cancelled: 'warning',
}

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  row: {
    padding: `${tokens.spacingVerticalM} 0 ${tokens.spacingVerticalS}`,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  // Where there is no room beside it, the badge stands below the title.
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalM,
  },
  badge: { flexShrink: 0 },
  title: {
    flex: '1 1 180px',
    minWidth: 0,
    overflowWrap: 'anywhere',
    fontWeight: tokens.fontWeightSemibold,
  },
  reason: {
    margin: `${tokens.spacingVerticalXXS} 0 0`,
    color: tokens.colorNeutralForeground2,
    textWrap: 'pretty',
  },
  foot: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    minHeight: '28px',
    color: tokens.colorNeutralForeground2,
  },
  attempts: {
    margin: `${tokens.spacingVerticalXS} 0`,
    paddingInlineStart: tokens.spacingHorizontalXXL,
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
  more: { marginTop: tokens.spacingVerticalM },
})
