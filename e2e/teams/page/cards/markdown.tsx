/**
 * The basic Markdown that Teams draws in a MessageCard: emphasis, code, links, lists, headings, quotes.
 *
 * It builds React elements and never HTML, so nothing in a message can become markup, and HTML in it shows
 * as the text that it is. As in Teams a single line break is a space: a new line needs a blank one.
 */
import { Link, makeStyles, tokens } from '@fluentui/react-components'
import { Fragment, type ReactNode } from 'react'
import { type Block, readBlocks } from './read-blocks.ts'
import { isSafeAddress } from './safe-address.ts'

const useStyles = makeStyles({
  paragraph: { margin: 0, '& + *': { marginTop: tokens.spacingVerticalS } },
  list: {
    margin: 0,
    paddingLeft: tokens.spacingHorizontalXXL,
    '& + *': { marginTop: tokens.spacingVerticalS },
  },
  quote: {
    margin: 0,
    paddingLeft: tokens.spacingHorizontalM,
    borderLeft: `${tokens.strokeWidthThicker} solid ${tokens.colorNeutralStroke1}`,
    '& + *': { marginTop: tokens.spacingVerticalS },
  },
})

export function Markdown({ text, isPlain = false }: { text: string; isPlain?: boolean }) {
  const styles = useStyles()
  if (isPlain) return <p className={styles.paragraph}>{text}</p>
  return <>{readBlocks(text).map((block, index) => drawBlock(block, index, styles))}</>
}

function drawBlock(block: Block, key: number, styles: ReturnType<typeof useStyles>): ReactNode {
  if ('items' in block) {
    const List = block.kind === 'bullets' ? 'ul' : 'ol'
    return (
      <List key={key} className={styles.list}>
        {block.items.map((item, index) => (
          // A message never changes once it is drawn, so an index is a name.
          <li key={index}>{inline(item)}</li>
        ))}
      </List>
    )
  }
  const Element = block.kind === 'quote' ? 'blockquote' : 'p'
  const words = inline(block.text)
  return (
    <Element key={key} className={block.kind === 'quote' ? styles.quote : styles.paragraph}>
      {block.kind === 'heading' ? <strong>{words}</strong> : words}
    </Element>
  )
}

/**
 * Escapes first, so that `\*` inside emphasis does not end it; then code, links, and emphasis by strength.
 * Marks with a blank inside them are what they look like: `2 * 3 * 4`.
 */
const INLINE =
  /\\([!-/:-@[-`{-~])|`([^`]+)`|\[((?:\\.|[^\]\\])*)\]\(([^()\s]+)\)|\*\*(?=\S)((?:\\.|[^\\])+?)(?<=\S)\*\*|(?<!\w)__(?=\S)((?:\\.|[^\\])+?)(?<=\S)__(?!\w)|\*(?=\S)((?:\\.|[^\\*])+?)(?<=\S)\*|(?<!\w)_(?=\S)((?:\\.|[^\\_])+?)(?<=\S)_(?!\w)|~~(?=\S)((?:\\.|[^\\])+?)(?<=\S)~~/g

function inline(text: string): ReactNode {
  const parts: ReactNode[] = []
  let end = 0
  for (const match of text.matchAll(INLINE)) {
    if (match.index > end) parts.push(text.slice(end, match.index))
    parts.push(<Fragment key={match.index}>{drawInline(match)}</Fragment>)
    end = match.index + match[0].length
  }
  parts.push(text.slice(end))
  return parts
}

function drawInline(match: RegExpExecArray): ReactNode {
  const [whole, escaped, code, label, address, stars, underscores, star, underscore, struck] = match
  if (escaped !== undefined) return escaped
  if (code !== undefined) return <code>{code}</code>
  if (label !== undefined && address !== undefined) return drawLink(label, address, whole)
  const strong = stars ?? underscores
  if (strong !== undefined) return <strong>{inline(strong)}</strong>
  const emphasis = star ?? underscore
  if (emphasis !== undefined) return <em>{inline(emphasis)}</em>
  return <s>{inline(struck ?? '')}</s>
}

function drawLink(label: string, address: string, whole: string): ReactNode {
  if (!isSafeAddress(address)) return whole
  return (
    <Link inline href={address} target="_blank" rel="noreferrer">
      {inline(label)}
    </Link>
  )
}
