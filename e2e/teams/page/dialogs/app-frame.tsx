import { MessageBar, MessageBarBody, makeStyles, Spinner, tokens } from '@fluentui/react-components'
import type { AppDialog } from './use-app-dialog.ts'

/** What Teams allows a page of an app to do. */
export const SANDBOX =
  'allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-pointer-lock allow-scripts allow-same-origin allow-downloads'

const useStyles = makeStyles({
  place: {
    position: 'relative',
    height: 'min(52vh, 560px)',
    overflow: 'hidden',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  frame: { width: '100%', height: '100%', border: 'none' },
  cover: {
    position: 'absolute',
    inset: 0,
    display: 'grid',
    placeItems: 'center',
    backgroundColor: tokens.colorNeutralBackground1,
  },
  problem: { marginBottom: tokens.spacingVerticalM },
})

/** An app's page inside a dialog, with what went wrong above it and a cover until it speaks. */
export function AppFrame({ dialog, title }: { dialog: AppDialog; title: string }) {
  const { phase, problem, src, setFrame } = dialog
  const styles = useStyles()
  return (
    <>
      {problem !== undefined && (
        <MessageBar intent="error" layout="multiline" className={styles.problem} role="alert">
          <MessageBarBody>{problem}</MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.place}>
        <iframe
          ref={setFrame}
          className={styles.frame}
          src={src}
          title={title}
          sandbox={SANDBOX}
          allow="clipboard-read *; clipboard-write *"
        />
        {phase === 'loading' && problem === undefined && (
          <div className={styles.cover}>
            <Spinner label="Loading the app" />
          </div>
        )}
      </div>
    </>
  )
}
