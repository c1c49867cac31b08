import {
  Body1,
  makeStaticStyles,
  makeStyles,
  mergeClasses,
  Spinner,
  tokens,
} from '@fluentui/react-components'
import { CheckmarkCircle16Filled, Circle16Regular } from '@fluentui/react-icons'
import { useSentences } from '../../i18n/use-sentences.tsx'
import { differs } from './draft.ts'
import type { Form } from './form.ts'

/** Says what Save, which is Teams' own button below the page, still waits for. Stays in view. */
export function SaveLine({ form }: { form: Form }) {
  useScrolling()
  const styles = useStyles()
  const { missing: words, saving, list } = useSentences()
  const isUnchanged = form.saved !== undefined && !differs(form.draft, form.saved)
  const isReady = form.missing.length === 0 && !isUnchanged
  const wants = list(form.missing.map((missing) => words[missing]))
  const waiting = form.missing.length > 0 ? words.lead(wants) : words.unchanged
  return (
    <output className={styles.line}>
      {form.phase === 'saving' ? (
        <Spinner size="extra-tiny" label={saving} />
      ) : (
        <Body1 className={mergeClasses(styles.words, isReady && styles.ready)}>
          {isReady ? <CheckmarkCircle16Filled aria-hidden /> : <Circle16Regular aria-hidden />}
          <span>{isReady ? words.ready : waiting}</span>
        </Body1>
      )}
    </output>
  )
}

/** What takes the focus is scrolled to where this line, two rows of it at most, does not lie over it. */
const useScrolling = makeStaticStyles({ html: { scrollPaddingBottom: '64px' } })

const useStyles = makeStyles({
  line: {
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    display: 'flex',
    alignItems: 'center',
    minHeight: '20px',
    marginTop: 'auto',
    padding: `${tokens.spacingVerticalS} 0`,
    borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  words: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    color: tokens.colorNeutralForeground2,
    '& svg': { flexShrink: 0 },
  },
  ready: { color: tokens.colorStatusSuccessForeground1 },
})
