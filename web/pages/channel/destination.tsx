import {
  Badge,
  type BadgeProps,
  Caption1,
  makeStyles,
  ProgressBar,
  Subtitle2,
  tokens,
} from '@fluentui/react-components'
import type { ChannelDestination } from '../../../server/model/channel.ts'
import type { Health } from '../../../server/model/destination.ts'
import { useLanguage } from '../../i18n/use-sentences.tsx'
import { whenIn } from './when.ts'
import type { ChannelWords } from './words.ts'

interface Props {
  destination: ChannelDestination
  /** Of the configuration whose page this is. */
  entityId: string
  words: ChannelWords
}

/** Where the cards go, how much of what Teams allows is used, and who else's cards go there. */
export function Destination({ destination, entityId, words }: Props) {
  const styles = useStyles()
  const { tag } = useLanguage()
  const { transport, health, webhookHost, pending, waitsUntil, budget, configurations } = destination
  return (
    <aside className={styles.box} aria-label={words.destination}>
      <Subtitle2 as="h2" className={styles.heading}>
        {words.destination}
      </Subtitle2>
      <div className={styles.line}>
        <span>{words.transports[transport]}</span>
        <Badge appearance="tint" color={colours[health]} className={styles.badge}>
          {words.health[health]}
        </Badge>
      </div>
      <Caption1 className={styles.quiet}>{webhookHost}</Caption1>
      {pending > 0 && (
        <Caption1 className={styles.quiet}>
          {[words.pending(pending), waitsUntil !== null && words.nextAt(whenIn(tag, waitsUntil))]
            .filter(Boolean)
            .join(' · ')}
        </Caption1>
      )}
      <Subtitle2 as="h2" className={styles.heading}>
        {words.budget}
      </Subtitle2>
      {budget.map(({ seconds, most, used }) => {
        const told = words.used(used, most, words.windowNames[seconds] ?? `${seconds} s`)
        return (
          <div key={seconds}>
            <Caption1>{told}</Caption1>
            <ProgressBar
              value={Math.min(1, used / most)}
              color={used >= most * 0.8 ? 'warning' : 'brand'}
              thickness="large"
              aria-label={told}
            />
          </div>
        )
      })}
      <Caption1 className={styles.quiet}>{words.budgetHint}</Caption1>
      {configurations.length > 1 && (
        <>
          <Subtitle2 as="h2" className={styles.heading}>
            {words.sharing}
          </Subtitle2>
          <ul className={styles.list}>
            {configurations.map((one) => (
              <li key={one.entityId} className={styles.shared}>
                {one.name}
                <Caption1 className={styles.quiet}>
                  {[one.sourceName, one.entityId === entityId && words.thisOne, one.paused && words.paused]
                    .filter(Boolean)
                    .join(' · ')}
                </Caption1>
              </li>
            ))}
          </ul>
        </>
      )}
    </aside>
  )
}

const colours: Record<Health, NonNullable<BadgeProps['color']>> = {
  healthy: 'success',
  throttled: 'warning',
  failing: 'danger',
  gone: 'danger',
  disabled: 'informative',
}

const useStyles = makeStyles({
  box: {
    flex: '1 1 260px',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    minWidth: 0,
    boxSizing: 'border-box',
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  heading: { margin: 0, ':not(:first-child)': { marginTop: tokens.spacingVerticalS } },
  line: { display: 'flex', justifyContent: 'space-between', gap: tokens.spacingHorizontalM },
  badge: { flexShrink: 0 },
  quiet: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', gap: tokens.spacingVerticalS },
  shared: { display: 'flex', flexDirection: 'column', overflowWrap: 'anywhere' },
})
