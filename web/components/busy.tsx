import { makeStyles, Spinner } from '@fluentui/react-components'
import { useSentences } from '../i18n/use-sentences.tsx'

/** The page while it waits. Without a label nothing depends on a theme that may not be known yet. */
export function Busy({ label }: { label?: string }) {
  const styles = useStyles()
  const { loading } = useSentences()
  return (
    <main className={styles.middle} aria-busy="true">
      {label === undefined ? (
        <Spinner aria-label={loading} />
      ) : (
        <Spinner label={label} labelPosition="below" />
      )}
    </main>
  )
}

const useStyles = makeStyles({
  middle: { display: 'grid', placeItems: 'center', minHeight: '100vh', boxSizing: 'border-box' },
})
