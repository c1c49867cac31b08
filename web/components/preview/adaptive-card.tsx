import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { AdaptiveElement, AdaptiveCard as Card } from '../../../server/model/adaptive-card.ts'
import { impossible } from '../../impossible.ts'
import { CardFrame, Facts, Links, Picture } from './card-parts.tsx'
import { Markdown } from './markdown.tsx'

/** An Adaptive Card as Teams draws what a flow posts: as much of the format as our cards use. */
export function AdaptiveCard({ card }: { card: Card }) {
  return (
    <CardFrame>
      <Elements elements={card.body} />
      <Links links={card.actions ?? []} />
    </CardFrame>
  )
}

/** A card never changes once it is drawn, so an index is a name. */
function Elements({ elements }: { elements: readonly AdaptiveElement[] }) {
  return elements.map((element, index) => <Element key={index} element={element} />)
}

function Element({ element }: { element: AdaptiveElement }) {
  const styles = useStyles()
  switch (element.type) {
    case 'TextBlock':
      return <TextBlock block={element} />
    case 'FactSet':
      return (
        <div className={mergeClasses(element.separator && styles.apart)}>
          <Facts facts={element.facts.map(({ title, value }) => ({ name: title, value }))} />
        </div>
      )
    case 'Image':
      return <Picture url={element.url} alt={element.altText} isPerson={element.style === 'Person'} />
    case 'Container':
      return (
        <div className={mergeClasses(styles.bleeding, styles[element.style])}>
          <Elements elements={element.items} />
        </div>
      )
    case 'ColumnSet':
      return (
        <div className={styles.columns}>
          {element.columns.map(({ items, width }) => (
            <div key={width} className={mergeClasses(width === 'stretch' && styles.stretched)}>
              <Elements elements={items} />
            </div>
          ))}
        </div>
      )
    default:
      return impossible(element)
  }
}

function TextBlock({ block }: { block: Extract<AdaptiveElement, { type: 'TextBlock' }> }) {
  const styles = useStyles()
  const { text, size, weight, isSubtle, spacing } = block
  return (
    <div
      {...(size === 'Large' && { role: 'heading', 'aria-level': 3 })}
      className={mergeClasses(
        size === 'Large' && styles.large,
        size === 'Small' && styles.small,
        weight === 'Bolder' && styles.bolder,
        isSubtle && styles.subtle,
        spacing === 'None' && styles.close,
      )}
    >
      <Markdown text={text} />
    </div>
  )
}

const useStyles = makeStyles({
  large: { fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
  small: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  bolder: { fontWeight: tokens.fontWeightSemibold },
  subtle: { color: tokens.colorNeutralForeground3 },
  // The gap before it is the frame's.
  close: { marginTop: `calc(-1 * ${tokens.spacingVerticalS})` },
  apart: {
    paddingTop: tokens.spacingVerticalS,
    borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  // To the edges of the card, whose padding it takes over.
  bleeding: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    margin: `calc(-1 * ${tokens.spacingHorizontalL}) calc(-1 * ${tokens.spacingHorizontalL}) ${tokens.spacingVerticalXS}`,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  emphasis: { backgroundColor: tokens.colorNeutralBackground3 },
  good: { backgroundColor: tokens.colorStatusSuccessBackground1 },
  warning: { backgroundColor: tokens.colorStatusWarningBackground1 },
  attention: { backgroundColor: tokens.colorStatusDangerBackground1 },
  columns: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM },
  stretched: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    flexGrow: 1,
    minWidth: 0,
  },
})
