import { Button, DialogActions, DialogBody, DialogContent, DialogTitle } from '@fluentui/react-components'
import { FlowRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Channel, State, Tab, TeamsApp } from '../../model.ts'
import { control } from '../control.ts'
import { AppFrame } from './app-frame.tsx'
import { HiddenFrame } from './hidden-frame.tsx'
import { openedTab } from './opened-settings.ts'
import { PressButton } from './press-button.tsx'
import { TeamsDialog } from './teams-dialog.tsx'
import { useAppDialog } from './use-app-dialog.ts'
import { WorkflowsDialog } from './workflows-dialog.tsx'

/**
 * A tab's Save, as Teams does it: the app is told, without any URL; once it has said success the tab exists, with
 * the content URL that the app has set by then. Its settings open the manifest's page again, never the content.
 */
export function ConfigureTabDialog(props: {
  state: State
  channel: Channel
  app: TeamsApp
  tab: Tab | undefined
  onSaved: (tab: Tab) => void
  onCancel: () => void
}) {
  const { state, channel, app, tab } = props
  const url = app.tabConfigurationUrl ?? app.configurationUrl
  const opened = openedTab(tab)
  const dialog = useAppDialog({ state, channel, app, url, frameContext: 'settings', opened })

  async function save() {
    if (!(await dialog.ask('settings.save', [{}]))) return
    const settings = dialog.settings.kept()
    const fault = contentFault(app, settings.contentUrl)
    if (fault !== undefined) return dialog.fail(fault)
    const place = { channelId: channel.id, connectorId: app.connectorId }
    props.onSaved(await (tab ? control.changeTab(tab.id, settings) : control.addTab({ ...place, settings })))
  }

  return (
    <DialogBody>
      <DialogTitle>
        {tab ? 'Settings of' : 'Add'} {app.name} {tab ? 'in' : 'to'} “{channel.name}”
      </DialogTitle>
      <DialogContent>
        <AppFrame page={dialog} title={`${app.name} configuration`} />
        {state.switches.hiddenSecondFrame && (
          <HiddenFrame
            state={state}
            channel={channel}
            app={app}
            url={url}
            frameContext="settings"
            entityId={opened.settings.entityId}
          />
        )}
      </DialogContent>
      <DialogActions position="start">
        <OtherWindow state={state} channel={channel} />
      </DialogActions>
      <DialogActions>
        <Button onClick={props.onCancel}>Cancel</Button>
        <PressButton dialog={dialog} words={{ ready: 'Save', waiting: 'Saving…' }} press={save} />
      </DialogActions>
    </DialogBody>
  )
}

/** Who has no workflow yet opens Teams in a second window and makes one. Here that window is a button. */
function OtherWindow({ state, channel }: { state: State; channel: Channel }) {
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button appearance="transparent" icon={<FlowRegular />} onClick={() => setOpen(true)}>
        Workflows
      </Button>
      <TeamsDialog isOpen={isOpen} onClose={close}>
        {() => <WorkflowsDialog state={state} channel={channel} onClose={close} />}
      </TeamsDialog>
    </>
  )
}

/** Teams shows nothing that is not the app's own. */
function contentFault(app: TeamsApp, contentUrl: string | undefined): string | undefined {
  if (contentUrl === undefined)
    return `${app.name} gave no content URL: there is nothing that the tab could show.`
  if (URL.canParse(contentUrl) && new URL(contentUrl).origin === new URL(app.configurationUrl).origin) {
    return undefined
  }
  return `The content URL of ${app.name} is not in its valid domains.`
}
