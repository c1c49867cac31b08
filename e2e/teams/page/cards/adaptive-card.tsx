import { Caption1, makeStyles, tokens } from '@fluentui/react-components'

const useStyles = makeStyles({
  card: {
    maxWidth: '640px',
    padding: tokens.spacingHorizontalL,
    border: `${tokens.strokeWidthThin} dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  source: {
    margin: 0,
    maxHeight: '320px',
    overflow: 'auto',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontSize: tokens.fontSizeBase200,
  },
})

/** The place of an Adaptive Card. Connectors take them; the simulated Teams shows what it was sent. */
export function AdaptiveCard({ content }: { content: unknown }) {
  const styles = useStyles()
  return (
    <div className={styles.card}>
      <Caption1>Adaptive Card, as it was sent</Caption1>
      <pre className={styles.source}>{JSON.stringify(content, null, 2)}</pre>
    </div>
  )
}
