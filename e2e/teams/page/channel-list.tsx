import { Caption1Strong, makeStyles, mergeClasses, Subtitle1, tokens } from '@fluentui/react-components'
import type { Channel, State } from '../model.ts'

const useStyles = makeStyles({
  list: {
    width: '280px',
    flexShrink: 0,
    overflowY: 'auto',
    display: 'flex',
    flexDirection: 'column',
    backgroundColor: tokens.colorNeutralBackground2,
    borderRight: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 840px)': { width: '200px' },
  },
  besidePanel: { '@media (max-width: 840px)': { display: 'none' } },
  head: { margin: 0, padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalL}` },
  team: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
  },
  chats: { marginTop: tokens.spacingVerticalL },
  channels: { listStyleType: 'none', margin: 0, padding: `0 ${tokens.spacingHorizontalS}` },
  channel: {
    width: '100%',
    padding: `${tokens.spacingVerticalSNudge} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalSNudge} ${tokens.spacingHorizontalXXL}`,
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground2,
    font: 'inherit',
    textAlign: 'start',
    cursor: 'pointer',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    ':hover': {
      backgroundColor: tokens.colorNeutralBackground2Hover,
      color: tokens.colorNeutralForeground2Hover,
    },
    ':focus-visible': {
      outline: `${tokens.strokeWidthThick} solid ${tokens.colorStrokeFocus2}`,
      outlineOffset: '-2px',
    },
  },
  unread: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightBold },
  current: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    color: tokens.colorNeutralForeground1Selected,
    fontWeight: tokens.fontWeightSemibold,
    '@media (forced-colors: active)': { outline: '1px solid' },
  },
})

type Props = {
  state: State
  current: string
  unread: ReadonlySet<string>
  choose: (channelId: string) => void
  /** Then a narrow window has no room for it. */
  isBesidePanel: boolean
}

/** The team and its channels, and the chats. */
export function ChannelList(props: Props) {
  const styles = useStyles()
  const { team, channels, chats } = props.state
  return (
    <nav
      className={mergeClasses(styles.list, props.isBesidePanel && styles.besidePanel)}
      aria-label="Channels"
    >
      <Subtitle1 as="h2" className={styles.head}>
        Teams
      </Subtitle1>
      <Caption1Strong className={styles.team}>{team.name}</Caption1Strong>
      <Places {...props} places={channels} />
      <Caption1Strong className={mergeClasses(styles.team, styles.chats)}>Chats</Caption1Strong>
      <Places {...props} places={chats} />
    </nav>
  )
}

function Places({ places, current, unread, choose }: Props & { places: Channel[] }) {
  const styles = useStyles()
  return (
    <ul className={styles.channels}>
      {places.map(({ id, name }) => (
        <li key={id}>
          <button
            type="button"
            title={unread.has(id) ? `${name} (new posts)` : name}
            className={mergeClasses(
              styles.channel,
              unread.has(id) && styles.unread,
              id === current && styles.current,
            )}
            aria-current={id === current ? 'page' : undefined}
            onClick={() => choose(id)}
          >
            {name}
          </button>
        </li>
      ))}
    </ul>
  )
}
