import { Button, DialogActions, DialogBody, DialogContent, DialogTitle } from '@fluentui/react-components'
import type { Channel, Connector, State, TeamsApp } from '../../model.ts'
import { control } from '../control.ts'
import { AppFrame } from './app-frame.tsx'
import { HiddenFrame } from './hidden-frame.tsx'
import { openedConnector } from './opened-settings.ts'
import { PressButton } from './press-button.tsx'
import { useAppDialog } from './use-app-dialog.ts'

/**
 * Save, as Teams does it: a URL is minted at the press and answers 410; the app is told; once it has said
 * success the host finishes, and only then is the URL live. Each press mints anew, and what a failed press
 * minted stays dead. An edit keeps its URL, unless the host drifts: then `driftedUrl` takes its place.
 */
export function ConfigureDialog(props: {
  state: State
  channel: Channel
  app: TeamsApp
  connector: Connector | undefined
  driftedUrl: string | undefined
  onSaved: () => void
  onCancel: () => void
}) {
  const { state, channel, app, connector, driftedUrl } = props
  const contentUrl = state.switches.lostContentUrl ? undefined : connector?.settings.contentUrl
  const dialog = useAppDialog({
    state,
    channel,
    app,
    url: contentUrl ?? app.configurationUrl,
    frameContext: 'settings',
    opened: openedConnector(state, connector, driftedUrl),
  })

  async function save() {
    const minted = connector ?? (await control.mint(channel.id, app.connectorId))
    const webhookUrl = driftedUrl ?? minted.webhookUrl
    dialog.settings.mint(webhookUrl)
    const isSaved = await dialog.ask('settings.save', [
      state.switches.saveEventWithoutWebhookUrl ? {} : { webhookUrl },
    ])
    if (isSaved) {
      await control.complete(minted.id, { settings: dialog.settings.kept(), webhookUrl })
      props.onSaved()
    } else if (!connector) {
      await control.remove(minted.id)
    }
  }

  return (
    <DialogBody>
      <DialogTitle>
        {connector ? 'Manage' : 'Configure'} {app.name} for “{channel.name}”
      </DialogTitle>
      <DialogContent>
        <AppFrame page={dialog} title={`${app.name} configuration`} />
        {state.switches.hiddenSecondFrame && (
          <HiddenFrame
            state={state}
            channel={channel}
            app={app}
            url={app.configurationUrl}
            frameContext="settings"
            entityId={connector?.settings.entityId}
          />
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onCancel}>Cancel</Button>
        <PressButton dialog={dialog} words={{ ready: 'Save', waiting: 'Saving…' }} press={save} />
      </DialogActions>
    </DialogBody>
  )
}
