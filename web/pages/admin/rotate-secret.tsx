import type { Source } from '../../../server/model/source.ts'
import type { Answered } from '../../api.ts'
import { useConsole } from './console-context.ts'
import type { Made } from './new-source.tsx'
import { Ask } from './parts.tsx'
import { useSourceEdit } from './use-source-edit.ts'

/** Asks before a secret that may still be in use stops working: of three, the oldest is not valid any more. */
export function RotateSecret(props: {
  seen: Answered<Source>
  onRotated(made: Partial<Made>): void
  onClose(): void
}) {
  const { sources: words } = useConsole().sentences
  const { seen, onRotated, onClose } = props
  const { id, name } = seen.value
  const { change, isBusy } = useSourceEdit(id)
  const rotate = async () => {
    const rotated = await change(seen, { secrets: 'rotate' })
    if (rotated) onRotated(rotated)
    else onClose()
  }
  return (
    <Ask
      title={words.rotateAsk(name)}
      onClose={onClose}
      action={{ label: words.rotate, run: () => void rotate(), isOff: isBusy }}
    >
      <p>{words.rotateText}</p>
    </Ask>
  )
}
