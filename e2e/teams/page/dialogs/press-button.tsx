import { Button, Spinner } from '@fluentui/react-components'
import type { AppDialog } from './use-app-dialog.ts'

/** The dialog's Save or Remove: it waits for the app's validity, and while the app is at work it says so. */
export function PressButton(props: {
  dialog: AppDialog
  words: { ready: string; waiting: string }
  press: () => Promise<void>
  needsValidity?: boolean
}) {
  const { dialog, words, press, needsValidity = true } = props
  const isWaiting = dialog.phase === 'waiting'
  const mayPress = dialog.phase === 'open' && (dialog.isValid || !needsValidity)
  return (
    <Button
      appearance="primary"
      disabled={!isWaiting && !mayPress}
      disabledFocusable={isWaiting}
      icon={isWaiting ? <Spinner size="tiny" /> : null}
      onClick={() => {
        press().catch((error: unknown) => dialog.fail(String(error)))
      }}
    >
      {isWaiting ? words.waiting : words.ready}
    </Button>
  )
}
