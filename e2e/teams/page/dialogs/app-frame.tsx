import {
  MessageBar,
  MessageBarBody,
  makeStyles,
  mergeClasses,
  Spinner,
  tokens,
} from '@fluentui/react-components'
import type { AppPage } from '../wire/use-app-page.ts'

/** What Teams allows a page of an app to do. */
export const SANDBOX =
  'allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-pointer-lock allow-scripts allow-same-origin allow-downloads'

const useStyles = makeStyles({
  place: { position: 'relative', overflow: 'hidden', backgroundColor: tokens.colorNeutralBackground1 },
  whole: { flexGrow: 1 },
  inDialog: {
    height: 'min(52vh, 560px)',
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

/** An app's page in a dialog or a tab, with what went wrong above it and a cover until it speaks. */
export function AppFrame(props: {
  page: Pick<AppPage, 'src' | 'setFrame' | 'isLoading' | 'problem'>
  title: string
  /** The whole of a tab, instead of a place in a dialog. */
  isWhole?: boolean
}) {
  const { src, setFrame, isLoading, problem } = props.page
  const styles = useStyles()
  return (
    <>
      {problem !== undefined && (
        <MessageBar intent="error" layout="multiline" className={styles.problem} role="alert">
          <MessageBarBody>{problem}</MessageBarBody>
        </MessageBar>
      )}
      <div className={mergeClasses(styles.place, props.isWhole ? styles.whole : styles.inDialog)}>
        <iframe
          ref={setFrame}
          className={styles.frame}
          src={src}
          title={props.title}
          sandbox={SANDBOX}
          allow="clipboard-read *; clipboard-write *"
        />
        {isLoading && problem === undefined && (
          <div className={styles.cover}>
            <Spinner label="Loading the app" />
          </div>
        )}
      </div>
    </>
  )
}
