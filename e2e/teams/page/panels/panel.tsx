import { Button, makeStyles, Subtitle1, tokens } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons'
import { type ReactNode, useId } from 'react'

const useStyles = makeStyles({
  panel: {
    width: 'min(360px, 50%)',
    flexShrink: 0,
    display: 'flex',
    flexDirection: 'column',
    overflow: 'hidden',
    borderLeft: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  head: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
  },
  body: {
    flexGrow: 1,
    overflowY: 'auto',
    display: 'grid',
    alignContent: 'start',
    gap: tokens.spacingVerticalXL,
    padding: `0 ${tokens.spacingHorizontalL} ${tokens.spacingVerticalXXL}`,
  },
})

/** What stands at the right of the feed: beside it, so that one can be watched while using the other. */
export function Panel(props: {
  title: string
  onClose: () => void
  children: ReactNode
  /** Stays in sight below what scrolls. */
  footer?: ReactNode
}) {
  const { title, onClose, children, footer } = props
  const styles = useStyles()
  const id = useId()
  return (
    <aside className={styles.panel} aria-labelledby={id}>
      <div className={styles.head}>
        <Subtitle1 as="h2" id={id} style={{ margin: 0 }}>
          {title}
        </Subtitle1>
        <Button
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label={`Close ${title}`}
          onClick={onClose}
        />
      </div>
      <div className={styles.body}>{children}</div>
      {footer}
    </aside>
  )
}
