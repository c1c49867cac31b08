import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components'
import type { ReactNode } from 'react'

interface Props {
  label: string
  isRequired?: boolean
  children: ReactNode
}

/** Several controls under one label, named as one group for whoever listens to the page. */
export function Group({ label, isRequired = false, children }: Props) {
  const styles = useStyles()
  return (
    <fieldset className={styles.group}>
      <legend className={styles.label}>
        {label}
        {isRequired && (
          <span aria-hidden="true" className={styles.asterisk}>
            *
          </span>
        )}
      </legend>
      <div className={styles.frame}>{children}</div>
    </fieldset>
  )
}

const useStyles = makeStyles({
  group: { minWidth: 0, margin: 0, padding: 0, border: 'none' },
  // As Fluent's own Label, which can name one control only.
  label: {
    ...typographyStyles.body1,
    padding: `${tokens.spacingVerticalXXS} 0`,
    marginBottom: tokens.spacingVerticalXXS,
    color: tokens.colorNeutralForeground1,
  },
  asterisk: { color: tokens.colorPaletteRedForeground3, paddingLeft: tokens.spacingHorizontalXS },
  frame: {
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: `0 ${tokens.spacingHorizontalXS}`,
    minWidth: 0,
  },
})
