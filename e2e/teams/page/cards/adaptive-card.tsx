import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useEffect, useRef } from 'react'
import { drawAdaptiveCard } from './draw-adaptive-card.ts'
import { isFullWidth } from './read-adaptive-card.ts'

/** The library draws plain elements with classes of its own: they are dressed here as Teams' are. */
const useStyles = makeStyles({
  card: {
    maxWidth: '640px',
    overflow: 'hidden',
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    boxShadow: tokens.shadow2,
    overflowWrap: 'anywhere',
    '& p': { margin: 0 },
    '& p + *, & ul + *, & ol + *': { marginTop: `${tokens.spacingVerticalS} !important` },
    '& ul, & ol': { margin: 0, paddingLeft: tokens.spacingHorizontalXXL },
    '& a, & .mention': { color: tokens.colorBrandForegroundLink },
    '& .mention': { fontWeight: tokens.fontWeightRegular },
    '& .ac-image': { maxWidth: '100%' },
    '& button': {
      minWidth: '96px',
      padding: '5px 12px',
      border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke1}`,
      borderRadius: tokens.borderRadiusMedium,
      backgroundColor: tokens.colorNeutralBackground1,
      color: tokens.colorNeutralForeground1,
      fontFamily: tokens.fontFamilyBase,
      fontSize: tokens.fontSizeBase300,
      fontWeight: tokens.fontWeightSemibold,
      lineHeight: tokens.lineHeightBase300,
      cursor: 'pointer',
    },
    '& button:hover': {
      backgroundColor: tokens.colorNeutralBackground1Hover,
      color: tokens.colorNeutralForeground1Hover,
    },
    '& button:focus-visible': {
      outline: `${tokens.strokeWidthThick} solid ${tokens.colorStrokeFocus2}`,
      outlineOffset: '1px',
    },
    '& button.expanded': {
      backgroundColor: tokens.colorNeutralBackground1Selected,
      color: tokens.colorNeutralForeground1Selected,
    },
    '& button:disabled': {
      color: tokens.colorNeutralForegroundDisabled,
      border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStrokeDisabled}`,
      cursor: 'not-allowed',
    },
  },
  full: { maxWidth: 'none' },
})

/** An Adaptive Card as Teams' client draws it. */
export function AdaptiveCard({ content }: { content: unknown }) {
  const styles = useStyles()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.replaceChildren(drawAdaptiveCard(content)), [content])
  return <div ref={place} className={mergeClasses(styles.card, isFullWidth(content) && styles.full)} />
}
