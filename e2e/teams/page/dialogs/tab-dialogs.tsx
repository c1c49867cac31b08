import { useState } from 'react'
import type { Channel, State, Tab, TeamsApp } from '../../model.ts'
import { control } from '../control.ts'
import { tabName } from '../tabs/tab-name.ts'
import { ChooseAppDialog } from './choose-app-dialog.tsx'
import { ConfigureTabDialog } from './configure-tab-dialog.tsx'
import { openedTab } from './opened-settings.ts'
import { RemoveDialog } from './remove-dialog.tsx'
import { TeamsDialog } from './teams-dialog.tsx'

/** What a person wants with a tab: one more, or one's settings or end. */
export type TabWish = { what: 'add' } | { what: 'edit' | 'remove'; tab: Tab; app: TeamsApp }

type Props = {
  state: State
  channel: Channel
  onClose: () => void
  /** With the tab that was saved. */
  onSaved: (tab: Tab) => void
}

/** The dialogs of a channel's tabs, from the press of "+" or a tab's menu to the end of it. */
export function TabDialogs({ wish, ...props }: Props & { wish: TabWish | undefined }) {
  return (
    <TeamsDialog isOpen={wish !== undefined} onClose={props.onClose}>
      {(surface) => wish && <OpenDialog {...props} wish={wish} surface={surface} />}
    </TeamsDialog>
  )
}

function OpenDialog({
  wish,
  surface,
  onSaved,
  ...shared
}: Props & { wish: TabWish; surface: HTMLElement | null }) {
  const [chosen, setChosen] = useState<TeamsApp>()
  const app = wish.what === 'add' ? chosen : wish.app
  const { onClose } = shared

  function choose(wanted: TeamsApp) {
    surface?.focus()
    setChosen(wanted)
  }

  if (!app) return <ChooseAppDialog {...shared} onChoose={choose} onCancel={onClose} />
  if (wish.what === 'remove') {
    return (
      <RemoveDialog
        {...shared}
        app={app}
        name={tabName(wish.tab, app)}
        opened={openedTab(wish.tab)}
        inPlaceUrl={undefined}
        remove={() => control.removeTab(wish.tab.id)}
        onRemoved={onClose}
        onCancel={onClose}
      />
    )
  }
  const tab = wish.what === 'edit' ? wish.tab : undefined
  return <ConfigureTabDialog {...shared} app={app} tab={tab} onSaved={onSaved} onCancel={onClose} />
}
