import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { type ReactNode, useState } from 'react'
import { Markdown } from './markdown.tsx'

/** The ground of a card, as a channel shows it. */
export function CardFrame({ children }: { children: ReactNode }) {
  return <div className={useStyles().frame}>{children}</div>
}

/** A table of names and values. `isPlain`: the names are text, and no Markdown. */
export function Facts({
  facts,
  isPlain = false,
}: {
  facts: { name: string; value: string }[]
  isPlain?: boolean
}) {
  const styles = useStyles()
  const rows = facts.map(({ name, value }, index) => (
    // A card never changes once it is drawn, so an index is a name.
    <div key={index} className={styles.row}>
      <dt className={styles.name}>{isPlain ? name : <Markdown text={name} />}</dt>
      <dd className={styles.value}>
        <Markdown text={value} />
      </dd>
    </div>
  ))
  return <dl className={styles.facts}>{rows}</dl>
}

export function Links({ links }: { links: { title: string; url: string }[] }) {
  const styles = useStyles()
  if (links.length === 0) return null
  return (
    <div className={styles.links}>
      {links.map(({ title, url }, index) => (
        <Button key={index} as="a" href={url} target="_blank" rel="noreferrer" className={styles.link}>
          {title}
        </Button>
      ))}
    </div>
  )
}

/** A picture from elsewhere; one that cannot be had leaves no hole. */
export function Picture({ url, alt, isPerson = false }: { url: string; alt: string; isPerson?: boolean }) {
  const styles = useStyles()
  const [isLost, setIsLost] = useState(false)
  if (isLost) return null
  const className = mergeClasses(isPerson ? styles.person : styles.picture)
  return <img src={url} alt={alt} className={className} onError={() => setIsLost(true)} />
}

const useStyles = makeStyles({
  frame: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    boxSizing: 'border-box',
    minWidth: 0,
    padding: tokens.spacingHorizontalL,
    overflow: 'hidden',
    overflowWrap: 'anywhere',
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'fit-content(40%) 1fr',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXXS,
    margin: 0,
  },
  row: { display: 'contents' },
  name: { fontWeight: tokens.fontWeightSemibold },
  value: { margin: 0, minWidth: 0 },
  links: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  link: { overflowWrap: 'anywhere' },
  person: {
    width: '40px',
    height: '40px',
    flexShrink: 0,
    objectFit: 'cover',
    borderRadius: tokens.borderRadiusCircular,
  },
  picture: { alignSelf: 'flex-start', maxWidth: '100%', borderRadius: tokens.borderRadiusMedium },
})
