import {
  Button,
  FluentProvider,
  makeStyles,
  mergeClasses,
  Spinner,
  Title3,
  ToggleButton,
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
  tokens,
} from '@fluentui/react-components'
import { FlashRegular, PlugConnectedRegular, SettingsRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Theme } from '../model.ts'
import { ChannelList } from './channel-list.tsx'
import { ChannelDialogs } from './dialogs/channel-dialogs.tsx'
import { Feed } from './feed.tsx'
import { SettingsPanel } from './panels/settings-panel.tsx'
import { SomethingHappened } from './panels/something-happened.tsx'
import { Rail } from './rail.tsx'
import { type Teams, useTeams } from './use-teams.ts'

const FLUENT: Record<Theme, typeof teamsLightTheme> = {
  default: teamsLightTheme,
  dark: teamsDarkTheme,
  contrast: teamsHighContrastTheme,
}

const iconAlone = {
  minWidth: '32px',
  padding: '5px',
  '& .fui-Button__icon': { margin: 0 },
  '& span:not(.fui-Button__icon)': { display: 'none' },
}

const useStyles = makeStyles({
  waiting: { height: '100%', display: 'grid', placeItems: 'center' },
  page: { height: '100%', display: 'flex' },
  main: { flexGrow: 1, minWidth: 0, display: 'flex', flexDirection: 'column', containerType: 'inline-size' },
  header: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXXL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  button: { flexShrink: 0, whiteSpace: 'nowrap' },
  // Where there is little room the channel's name needs it more than the buttons need theirs.
  connectors: { '@container (max-width: 440px)': iconAlone },
  happened: { '@container (max-width: 640px)': iconAlone },
  name: {
    margin: 0,
    flexGrow: 1,
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
})

/** The whole page, in the theme that is set. */
export function TeamsPage() {
  const styles = useStyles()
  const teams = useTeams()
  return (
    // A class would also be given to what holds a dialog, which would then cover the page with its own ground.
    <FluentProvider theme={FLUENT[teams?.state.session.theme ?? 'default']} style={{ height: '100%' }}>
      {teams ? (
        <Team {...teams} />
      ) : (
        <div className={styles.waiting}>
          <Spinner label="Opening Teams" />
        </div>
      )}
    </FluentProvider>
  )
}

function Team({ state, channel, posts, unread, choose, learn }: Teams) {
  const styles = useStyles()
  const [panel, setPanel] = useState<{ is: 'happened' | 'settings'; by: HTMLElement }>()
  const [connecting, setConnecting] = useState<{ by: HTMLElement }>()

  function toggle(wanted: 'happened' | 'settings', by: HTMLElement) {
    setPanel((was) => (was?.is === wanted ? undefined : { is: wanted, by }))
  }
  // Whoever uses the keyboard goes on from the button that opened what they close. Fluent's own way of giving the
  // focus back also takes it from an app's frame, in the moment in which that is about to have it.
  function closePanel() {
    setPanel(undefined)
    panel?.by.focus()
  }
  function closeDialogs() {
    setConnecting(undefined)
    connecting?.by.focus()
  }

  return (
    <div className={styles.page}>
      <Rail person={state.people.find(({ id }) => id === state.session.personId)} />
      <ChannelList
        state={state}
        current={channel.id}
        unread={unread}
        choose={choose}
        isBesidePanel={panel !== undefined}
      />
      <main className={styles.main}>
        <header className={styles.header}>
          <Title3 as="h1" className={styles.name} title={channel.name}>
            {channel.name}
          </Title3>
          <Button
            className={mergeClasses(styles.button, styles.connectors)}
            icon={<PlugConnectedRegular />}
            aria-label="Connectors"
            title="Connectors"
            onClick={({ currentTarget }) => setConnecting({ by: currentTarget })}
          >
            <span>Connectors</span>
          </Button>
          <ToggleButton
            className={mergeClasses(styles.button, styles.happened)}
            icon={<FlashRegular />}
            aria-label="Something happened"
            title="Something happened"
            checked={panel?.is === 'happened'}
            onClick={({ currentTarget }) => toggle('happened', currentTarget)}
          >
            <span>Something happened</span>
          </ToggleButton>
          <ToggleButton
            className={styles.button}
            icon={<SettingsRegular />}
            aria-label="Settings"
            title="Settings"
            checked={panel?.is === 'settings'}
            onClick={({ currentTarget }) => toggle('settings', currentTarget)}
          />
        </header>
        <Feed state={state} channel={channel} posts={posts} />
      </main>
      {panel?.is === 'happened' && <SomethingHappened state={state} onClose={closePanel} />}
      {panel?.is === 'settings' && <SettingsPanel state={state} learn={learn} onClose={closePanel} />}
      <ChannelDialogs
        isOpen={connecting !== undefined}
        state={state}
        channel={channel}
        onClose={closeDialogs}
      />
    </div>
  )
}
