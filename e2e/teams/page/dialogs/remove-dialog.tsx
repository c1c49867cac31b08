import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  Spinner,
} from '@fluentui/react-components'
import type { Channel, Connector, State, TeamsApp } from '../../model.ts'
import { control } from '../control.ts'
import { AppFrame } from './app-frame.tsx'
import { nameOf } from './connectors-dialog.tsx'
import { useAppDialog } from './use-app-dialog.ts'

type Props = {
  state: State
  channel: Channel
  app: TeamsApp
  connector: Connector
  onRemoved: () => void
  onCancel: () => void
}

/**
 * Remove, as Teams does it: the app's `removeUrl` in frame context `remove`, where the button waits for the
 * page's validity; without a `removeUrl` the configuration page is told in place; and with the bug switched
 * on nobody is asked.
 */
export function RemoveDialog(props: Props) {
  return props.state.switches.removeHandlerNotCalled ? (
    <RemoveUnasked {...props} />
  ) : (
    <RemoveAsking {...props} />
  )
}

function RemoveAsking(props: Props) {
  const { state, channel, app, connector } = props
  const { removeUrl, contentUrl } = connector.settings
  const dialog = useAppDialog({
    state,
    channel,
    app,
    url: removeUrl ?? contentUrl ?? app.configurationUrl,
    frameContext: removeUrl === undefined ? 'settings' : 'remove',
    connector,
  })

  async function remove() {
    if (!(await dialog.ask('settings.remove', []))) return
    await control.remove(connector.id)
    props.onRemoved()
  }

  const isRemoving = dialog.phase === 'waiting'
  const mayRemove = dialog.phase === 'open' && (dialog.isValid || removeUrl === undefined)
  return (
    <DialogBody>
      <DialogTitle>
        Remove {nameOf(connector, app)} from “{channel.name}”
      </DialogTitle>
      <DialogContent>
        <AppFrame dialog={dialog} title={`${app.name} removal`} />
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onCancel}>Cancel</Button>
        <Button
          appearance="primary"
          disabled={!isRemoving && !mayRemove}
          disabledFocusable={isRemoving}
          icon={isRemoving ? <Spinner size="tiny" /> : null}
          onClick={() => {
            remove().catch((error: unknown) => dialog.fail(String(error)))
          }}
        >
          {isRemoving ? 'Removing…' : 'Remove'}
        </Button>
      </DialogActions>
    </DialogBody>
  )
}

function RemoveUnasked({ channel, app, connector, onRemoved, onCancel }: Props) {
  return (
    <DialogBody>
      <DialogTitle>
        Remove {nameOf(connector, app)} from “{channel.name}”
      </DialogTitle>
      <DialogContent>{app.name} will not be told: its messages simply stop being accepted.</DialogContent>
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button
          appearance="primary"
          onClick={() => {
            control.remove(connector.id).then(onRemoved, onCancel)
          }}
        >
          Remove
        </Button>
      </DialogActions>
    </DialogBody>
  )
}
