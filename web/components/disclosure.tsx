import { Button, Caption1, makeStyles, mergeClasses, tokens, useId } from '@fluentui/react-components'
import { ChevronDownRegular, ChevronUpRegular } from '@fluentui/react-icons'
import { type ReactNode, useState } from 'react'

interface Props {
  label: string
  /** What is inside, for whoever leaves it closed. */
  summary: string
  isOpenAtFirst: boolean
  children: ReactNode
}

/**
 * Something most people leave closed. Fluent's Accordion would bring arrow keys between its several headings,
 * and 25 KB of code for them; there is one heading here.
 */
export function Disclosure({ label, summary, isOpenAtFirst, children }: Props) {
  const styles = useStyles()
  const [isOpen, setIsOpen] = useState(isOpenAtFirst)
  const panelId = useId('panel')
  return (
    <div className={styles.box}>
      <Button
        appearance="transparent"
        className={styles.head}
        icon={isOpen ? <ChevronUpRegular /> : <ChevronDownRegular />}
        iconPosition="after"
        aria-expanded={isOpen}
        aria-controls={panelId}
        onClick={() => setIsOpen(!isOpen)}
      >
        <span className={styles.words}>
          {label}
          <Caption1 className={styles.summary}>{summary}</Caption1>
        </span>
      </Button>
      <div id={panelId} hidden={!isOpen} className={mergeClasses(isOpen && styles.panel)}>
        {isOpen && children}
      </div>
    </div>
  )
}

const quiet = '--disclosure-quiet'

const useStyles = makeStyles({
  box: {
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  head: {
    width: '100%',
    maxWidth: 'none',
    minHeight: '40px',
    padding: `${tokens.spacingVerticalSNudge} ${tokens.spacingHorizontalM}`,
    justifyContent: 'space-between',
    fontWeight: tokens.fontWeightRegular,
    textAlign: 'start',
    // Under the pointer the button changes its colour, in contrast to what would not be seen beside the quiet one.
    [quiet]: tokens.colorNeutralForeground3,
    ':hover': { [quiet]: 'currentcolor' },
  },
  words: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    columnGap: tokens.spacingHorizontalS,
  },
  summary: { color: `var(${quiet})` },
  panel: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalM}`,
  },
})
