import { makeStyles, Subtitle1, tokens, typographyStyles } from '@fluentui/react-components'
import type { ReactElement, ReactNode } from 'react'

/** The page when it has only one thing to say: what is the matter, and what to do next. */
export function Message({ icon, title, action, children }: Props) {
  const styles = useStyles()
  return (
    <main className={styles.middle}>
      <div className={styles.column}>
        <div className={styles.icon} aria-hidden="true">
          {icon}
        </div>
        <Subtitle1 as="h1" className={styles.title}>
          {title}
        </Subtitle1>
        <div className={styles.text}>{children}</div>
        {action}
      </div>
    </main>
  )
}

interface Props {
  icon: ReactElement
  title: string
  action?: ReactElement
  children: ReactNode
}

const useStyles = makeStyles({
  middle: {
    display: 'grid',
    placeItems: 'center',
    minHeight: '100vh',
    boxSizing: 'border-box',
    padding: tokens.spacingHorizontalXXL,
  },
  column: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: tokens.spacingVerticalM,
    maxWidth: '420px',
    textAlign: 'center',
  },
  icon: { color: tokens.colorNeutralForeground3, lineHeight: 0 },
  title: { margin: 0, textAlign: 'center', textWrap: 'balance', overflowWrap: 'anywhere' },
  text: {
    ...typographyStyles.body1,
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
    textWrap: 'pretty',
    '& p': { margin: 0 },
    '& p + p': { marginTop: tokens.spacingVerticalS },
  },
})
