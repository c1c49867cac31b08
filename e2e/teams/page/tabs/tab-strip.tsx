import {
  Button,
  Menu,
  MenuButton,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  Tab,
  TabList,
  tokens,
} from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { useEffect, useRef, useState } from 'react'
import type { Tab as AppTab, State, TeamsApp } from '../../model.ts'
import type { TabWish } from '../dialogs/tab-dialogs.tsx'
import { tabName } from './tab-name.ts'

const POSTS = 'posts'

const useStyles = makeStyles({
  strip: {
    display: 'flex',
    alignItems: 'center',
    padding: `0 ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  tabs: { minWidth: 0, overflowX: 'auto', overflowY: 'hidden' },
  name: { maxWidth: '18em', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  button: { flexShrink: 0, minWidth: '32px' },
})

/** Posts, the channel's tabs, the menu of the one that is shown, and "+". */
export function TabStrip(props: {
  state: State
  placeName: string
  tabs: AppTab[]
  shown: AppTab | undefined
  show: (tabId: string | undefined) => void
  onWish: (wish: TabWish, by: HTMLElement) => void
}) {
  const { state, tabs, shown, onWish } = props
  const styles = useStyles()
  const shownApp = shown && appOf(state, shown)
  const list = useRef<HTMLDivElement>(null)
  const shownId = shown?.id
  // The menu that comes beside the tabs may leave too little room for the one it belongs to.
  useEffect(() => {
    const tab = list.current?.querySelector(`[data-tab="${shownId}"]`)
    tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [shownId])
  return (
    <div className={styles.strip}>
      <div ref={list} className={styles.tabs}>
        <TabList
          aria-label={`Tabs of ${props.placeName}`}
          selectedValue={shown?.id ?? POSTS}
          onTabSelect={(_event, { value }) => props.show(value === POSTS ? undefined : String(value))}
        >
          <Tab value={POSTS}>Posts</Tab>
          {tabs.map((tab) => (
            <Tab key={tab.id} value={tab.id} data-tab={tab.id} title={tabName(tab, appOf(state, tab))}>
              <div className={styles.name}>{tabName(tab, appOf(state, tab))}</div>
            </Tab>
          ))}
        </TabList>
      </div>
      {shown && shownApp && <TabMenu tab={shown} app={shownApp} onWish={onWish} />}
      <Button
        className={styles.button}
        appearance="subtle"
        icon={<AddRegular />}
        aria-label="Add a tab"
        title="Add a tab"
        onClick={({ currentTarget }) => onWish({ what: 'add' }, currentTarget)}
      />
    </div>
  )
}

function TabMenu({
  tab,
  app,
  onWish,
}: {
  tab: AppTab
  app: TeamsApp
  onWish: (wish: TabWish, by: HTMLElement) => void
}) {
  const styles = useStyles()
  const [button, setButton] = useState<HTMLElement | null>(null)
  const wish = (what: 'edit' | 'remove') => () => {
    if (button) onWish({ what, tab, app }, button)
  }
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton
          ref={setButton}
          className={styles.button}
          appearance="subtle"
          aria-label={`Options of ${tabName(tab, app)}`}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem onClick={wish('edit')}>Settings</MenuItem>
          <MenuItem onClick={wish('remove')}>Remove</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}

export const appOf = ({ apps }: State, { connectorId }: AppTab): TeamsApp | undefined =>
  apps.find((app) => app.connectorId === connectorId)
