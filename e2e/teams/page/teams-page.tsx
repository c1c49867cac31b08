import {
  FluentProvider,
  makeStyles,
  Spinner,
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
} from '@fluentui/react-components'
import { useState } from 'react'
import type { Theme } from '../model.ts'
import { ChannelHeader, type DialogName, type PanelName } from './channel-header.tsx'
import { ChannelList } from './channel-list.tsx'
import { ChannelDialogs } from './dialogs/channel-dialogs.tsx'
import { TabDialogs, type TabWish } from './dialogs/tab-dialogs.tsx'
import { TeamsDialog } from './dialogs/teams-dialog.tsx'
import { WorkflowsDialog } from './dialogs/workflows-dialog.tsx'
import { Feed } from './feed.tsx'
import { SettingsPanel } from './panels/settings-panel.tsx'
import { SomethingHappened } from './panels/something-happened.tsx'
import { Rail } from './rail.tsx'
import { TabContent } from './tabs/tab-content.tsx'
import { tabName } from './tabs/tab-name.ts'
import { appOf, TabStrip } from './tabs/tab-strip.tsx'
import { type Teams, useTeams } from './use-teams.ts'

const FLUENT: Record<Theme, typeof teamsLightTheme> = {
  default: teamsLightTheme,
  dark: teamsDarkTheme,
  contrast: teamsHighContrastTheme,
}

const useStyles = makeStyles({
  waiting: { height: '100%', display: 'grid', placeItems: 'center' },
  page: { height: '100%', display: 'flex' },
  main: { flexGrow: 1, minWidth: 0, display: 'flex', flexDirection: 'column', containerType: 'inline-size' },
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

/** What is open over or beside the conversation, and what was pressed for it. */
type Opened<What> = { what: What; by: HTMLElement }

function Team({ state, channel, posts, unread, choose, learn }: Teams) {
  const styles = useStyles()
  const [panel, setPanel] = useState<Opened<PanelName>>()
  const [dialog, setDialog] = useState<Opened<DialogName>>()
  const [wish, setWish] = useState<Opened<TabWish>>()
  const [shownId, show] = useState<string>()

  const tabs = state.tabs.filter(({ channelId }) => channelId === channel.id)
  const shown = tabs.find(({ id }) => id === shownId)
  const app = shown && appOf(state, shown)

  function togglePanel(what: PanelName, by: HTMLElement) {
    setPanel((was) => (was?.what === what ? undefined : { what, by }))
  }
  // Whoever uses the keyboard goes on from the button that opened what they close. Fluent's own way of giving the
  // focus back also takes it from an app's frame, in the moment in which that is about to have it.
  function closePanel() {
    setPanel(undefined)
    panel?.by.focus()
  }
  function closeDialog() {
    setDialog(undefined)
    setWish(undefined)
    ;(wish ?? dialog)?.by.focus()
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
        <ChannelHeader
          channel={channel}
          panel={panel?.what}
          togglePanel={togglePanel}
          openDialog={(what, by) => setDialog({ what, by })}
        />
        <TabStrip
          state={state}
          placeName={channel.name}
          tabs={tabs}
          shown={shown}
          show={show}
          onWish={(what, by) => setWish({ what, by })}
        />
        {shown && app ? (
          <TabContent
            key={`${shown.id} ${shown.revision}`}
            state={state}
            channel={channel}
            app={app}
            tab={shown}
            name={tabName(shown, app)}
          />
        ) : (
          <Feed state={state} channel={channel} posts={posts} />
        )}
      </main>
      {panel?.what === 'happened' && <SomethingHappened state={state} onClose={closePanel} />}
      {panel?.what === 'settings' && <SettingsPanel state={state} learn={learn} onClose={closePanel} />}
      <ChannelDialogs
        isOpen={dialog?.what === 'connectors'}
        state={state}
        channel={channel}
        onClose={closeDialog}
      />
      <TeamsDialog isOpen={dialog?.what === 'workflows'} onClose={closeDialog}>
        {() => <WorkflowsDialog state={state} channel={channel} onClose={closeDialog} />}
      </TeamsDialog>
      <TabDialogs
        wish={wish?.what}
        state={state}
        channel={channel}
        onClose={closeDialog}
        onSaved={({ id }) => {
          show(id)
          closeDialog()
        }}
      />
    </div>
  )
}
