import { Dialog, DialogSurface, makeStyles } from '@fluentui/react-components'
import { useState } from 'react'
import type { Channel, Connector, State, TeamsApp } from '../../model.ts'
import { control } from '../control.ts'
import { ConfigureDialog } from './configure-dialog.tsx'
import { ConnectorsDialog } from './connectors-dialog.tsx'
import { RemoveDialog } from './remove-dialog.tsx'

type Open =
  | { what: 'list' }
  | { what: 'configure'; app: TeamsApp; connector: Connector | undefined; driftedUrl: string | undefined }
  | { what: 'remove'; app: TeamsApp; connector: Connector }

const useStyles = makeStyles({ surface: { maxWidth: '720px' } })

type Props = { state: State; channel: Channel; onClose: () => void }

/** The connectors of a channel: one dialog that leads from the list to a page of an app and back. */
export function ChannelDialogs({ isOpen, ...props }: Props & { isOpen: boolean }) {
  const styles = useStyles()
  return (
    <Dialog
      open={isOpen}
      modalType="modal"
      onOpenChange={(_event, { open }) => {
        if (!open) props.onClose()
      }}
    >
      <DialogSurface className={styles.surface}>
        <OpenDialog {...props} />
      </DialogSurface>
    </Dialog>
  )
}

/** Lives from opening to closing, so that the dialog always opens at the list. */
function OpenDialog({ state, channel, onClose }: Props) {
  const [open, setOpen] = useState<Open>({ what: 'list' })
  const toList = () => setOpen({ what: 'list' })

  async function manage(connector: Connector, app: TeamsApp) {
    const drifted = state.switches.driftingWebhookUrl ? await control.drift(connector.id) : undefined
    setOpen({ what: 'configure', app, connector, driftedUrl: drifted?.webhookUrl })
  }

  if (open.what === 'configure') {
    return <ConfigureDialog {...open} state={state} channel={channel} onSaved={onClose} onCancel={toList} />
  }
  if (open.what === 'remove') {
    return <RemoveDialog {...open} state={state} channel={channel} onRemoved={toList} onCancel={toList} />
  }
  return (
    <ConnectorsDialog
      state={state}
      channel={channel}
      onAdd={(app) => setOpen({ what: 'configure', app, connector: undefined, driftedUrl: undefined })}
      onManage={(connector, app) => void manage(connector, app)}
      onRemove={(connector, app) => setOpen({ what: 'remove', app, connector })}
      onClose={onClose}
    />
  )
}
