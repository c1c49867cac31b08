import { makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { Channel, State, Tab, TeamsApp } from '../../model.ts'
import { AppFrame } from '../dialogs/app-frame.tsx'
import { openedTab } from '../dialogs/opened-settings.ts'
import { createSettingsBox } from '../wire/settings-box.ts'
import { useAppPage } from '../wire/use-app-page.ts'

const useStyles = makeStyles({
  content: {
    flexGrow: 1,
    minHeight: 0,
    display: 'flex',
    flexDirection: 'column',
    backgroundColor: tokens.colorNeutralBackground1,
  },
})

type Props = { state: State; channel: Channel; app: TeamsApp; tab: Tab }

/** What a tab shows: the app's content URL in frame context `content`. */
export function TabContent(props: Props & { name: string }) {
  const { state, channel, app, tab, name } = props
  const styles = useStyles()
  const { entityId, contentUrl } = tab.settings
  const [settings] = useState(() => createSettingsBox(openedTab(tab)))
  const page = useAppPage({
    state,
    channel,
    app,
    url: contentUrl ?? app.configurationUrl,
    frameContext: 'content',
    entityId,
    who: 'tab',
    settings,
  })
  return (
    <section className={styles.content} aria-label={name}>
      <AppFrame page={page} title={`${app.name} tab`} isWhole />
    </section>
  )
}
