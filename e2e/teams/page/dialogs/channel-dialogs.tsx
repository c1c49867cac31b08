import { useState } from 'react'
import type { Channel, Connector, State, TeamsApp } from '../../model.ts'
import { control } from '../control.ts'
import { ConfigureDialog } from './configure-dialog.tsx'
import { ConnectorsDialog, nameOf } from './connectors-dialog.tsx'
import { openedConnector } from './opened-settings.ts'
import { RemoveDialog } from './remove-dialog.tsx'
import { TeamsDialog } from './teams-dialog.tsx'

type Open =
  | { what: 'list' }
  | { what: 'configure'; app: TeamsApp; connector: Connector | undefined; driftedUrl: string | undefined }
  | { what: 'remove'; app: TeamsApp; connector: Connector }

type Props = { state: State; channel: Channel; onClose: () => void }

/** The connectors of a channel: one dialog that leads from the list to a page of an app and back. */
export function ChannelDialogs({ isOpen, ...props }: Props & { isOpen: boolean }) {
  return (
    <TeamsDialog isOpen={isOpen} onClose={props.onClose}>
      {(surface) => <OpenDialog {...props} surface={surface} />}
    </TeamsDialog>
  )
}

/** Lives from opening to closing, so that the dialog always opens at the list. */
function OpenDialog({ state, channel, onClose, surface }: Props & { surface: HTMLElement | null }) {
  const [open, setOpen] = useState<Open>({ what: 'list' })
  const toList = () => go({ what: 'list' })

  /** The button that was pressed goes away: without this, who uses the keyboard would start at the page's top. */
  function go(to: Open) {
    surface?.focus()
    setOpen(to)
  }

  async function manage(connector: Connector, app: TeamsApp) {
    const drifted = state.switches.driftingWebhookUrl ? await control.drift(connector.id) : undefined
    go({ what: 'configure', app, connector, driftedUrl: drifted?.webhookUrl })
  }

  if (open.what === 'configure') {
    return <ConfigureDialog {...open} state={state} channel={channel} onSaved={onClose} onCancel={toList} />
  }
  if (open.what === 'remove') {
    const { app, connector } = open
    return (
      <RemoveDialog
        state={state}
        channel={channel}
        app={app}
        name={nameOf(connector, app)}
        opened={openedConnector(state, connector)}
        inPlaceUrl={connector.settings.contentUrl ?? app.configurationUrl}
        remove={() => control.remove(connector.id)}
        onRemoved={toList}
        onCancel={toList}
      />
    )
  }
  return (
    <ConnectorsDialog
      state={state}
      channel={channel}
      onAdd={(app) => go({ what: 'configure', app, connector: undefined, driftedUrl: undefined })}
      onManage={(connector, app) => void manage(connector, app)}
      onRemove={(connector, app) => go({ what: 'remove', app, connector })}
      onClose={onClose}
    />
  )
}
