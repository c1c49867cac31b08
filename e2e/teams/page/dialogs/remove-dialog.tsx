import { Button, DialogActions, DialogBody, DialogContent, DialogTitle } from '@fluentui/react-components'
import type { Channel, State, TeamsApp } from '../../model.ts'
import type { OpenedSettings } from '../wire/settings-box.ts'
import { AppFrame } from './app-frame.tsx'
import { PressButton } from './press-button.tsx'
import { useAppDialog } from './use-app-dialog.ts'

type Props = {
  state: State
  channel: Channel
  app: TeamsApp
  /** What is to be removed, as the channel calls it. */
  name: string
  opened: OpenedSettings
  /** The page that is told when the app gave none for removals. Without it the app is not told at all. */
  inPlaceUrl: string | undefined
  remove: () => Promise<unknown>
  onRemoved: () => void
  onCancel: () => void
}

/**
 * Remove, as Teams does it: the app's `removeUrl` in frame context `remove`, where the button waits for the
 * page's validity; without a `removeUrl` a connector's configuration page is told in place; and of a tab that
 * has none, or with the bug switched on, nobody is asked.
 */
export function RemoveDialog(props: Props) {
  const url = props.opened.settings.removeUrl ?? props.inPlaceUrl
  return url === undefined || props.state.switches.removeHandlerNotCalled ? (
    <RemoveUnasked {...props} />
  ) : (
    <RemoveAsking {...props} url={url} />
  )
}

function RemoveAsking(props: Props & { url: string }) {
  const { state, channel, app, name, url, opened } = props
  const hasPage = opened.settings.removeUrl !== undefined
  const frameContext = hasPage ? 'remove' : 'settings'
  const dialog = useAppDialog({ state, channel, app, url, frameContext, opened })

  async function remove() {
    if (!(await dialog.ask('settings.remove', []))) return
    await props.remove()
    props.onRemoved()
  }

  return (
    <DialogBody>
      <DialogTitle>
        Remove {name} from “{channel.name}”
      </DialogTitle>
      <DialogContent>
        <AppFrame page={dialog} title={`${app.name} removal`} />
      </DialogContent>
      <DialogActions>
        <Button onClick={props.onCancel}>Cancel</Button>
        <PressButton
          dialog={dialog}
          words={{ ready: 'Remove', waiting: 'Removing…' }}
          press={remove}
          needsValidity={hasPage}
        />
      </DialogActions>
    </DialogBody>
  )
}

function RemoveUnasked({ channel, app, name, remove, onRemoved, onCancel }: Props) {
  return (
    <DialogBody>
      <DialogTitle>
        Remove {name} from “{channel.name}”
      </DialogTitle>
      <DialogContent>{app.name} will not be told.</DialogContent>
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button
          appearance="primary"
          onClick={() => {
            remove().then(onRemoved, onCancel)
          }}
        >
          Remove
        </Button>
      </DialogActions>
    </DialogBody>
  )
}
