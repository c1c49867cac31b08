import { Dialog, DialogSurface, makeStyles } from '@fluentui/react-components'
import { type ReactNode, useState } from 'react'

const useStyles = makeStyles({
  surface: { width: 'calc(100% - 32px)', maxWidth: '720px', outlineStyle: 'none' },
})

/** A modal dialog of Teams. What it shows can ask its surface to take the focus when a button goes away. */
export function TeamsDialog(props: {
  isOpen: boolean
  onClose: () => void
  children: (surface: HTMLElement | null) => ReactNode
}) {
  const styles = useStyles()
  const [surface, setSurface] = useState<HTMLElement | null>(null)
  return (
    <Dialog
      open={props.isOpen}
      modalType="modal"
      onOpenChange={(_event, { open }) => {
        if (!open) props.onClose()
      }}
    >
      <DialogSurface ref={setSurface} tabIndex={-1} className={styles.surface}>
        {props.children(surface)}
      </DialogSurface>
    </Dialog>
  )
}
