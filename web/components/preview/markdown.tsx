import { Link, makeStyles, tokens } from '@fluentui/react-components'
import { Fragment, type ReactNode } from 'react'
import { impossible } from '../../impossible.ts'

/**
 * The Markdown of Teams' cards: emphasis, code, links, lists, headings, quotations.
 *
 * It builds React elements and never HTML, so nothing in a text can become markup. As in Teams a single line break is a
 * blank, and a new paragraph needs an empty line.
 */
export function Markdown({ text }: { text: string }) {
  const styles = useStyles()
  return <>{readBlocks(text).map((block, index) => drawBlock(block, index, styles))}</>
}

type Block =
  | { kind: 'paragraph' | 'heading' | 'quote' | 'code'; text: string }
  | { kind: 'bullets' | 'numbers'; items: string[] }

function drawBlock(block: Block, key: number, styles: ReturnType<typeof useStyles>): ReactNode {
  switch (block.kind) {
    case 'bullets':
    case 'numbers': {
      const List = block.kind === 'bullets' ? 'ul' : 'ol'
      // A text never changes once it is drawn, so an index is a name.
      const items = block.items.map((item, index) => <li key={index}>{inline(item)}</li>)
      return (
        <List key={key} className={styles.list}>
          {items}
        </List>
      )
    }
    case 'quote':
      return (
        <blockquote key={key} className={styles.quote}>
          {inline(block.text)}
        </blockquote>
      )
    case 'code':
      return (
        <pre key={key} className={styles.code}>
          {block.text}
        </pre>
      )
    case 'heading':
    case 'paragraph':
      return (
        <p key={key} className={styles.paragraph}>
          {block.kind === 'heading' ? <strong>{inline(block.text)}</strong> : inline(block.text)}
        </p>
      )
    default:
      return impossible(block)
  }
}

const beginnings: { kind: Exclude<Block['kind'], 'code' | 'paragraph'>; pattern: RegExp }[] = [
  { kind: 'heading', pattern: /^#{1,6}\s+(.*)$/ },
  { kind: 'bullets', pattern: /^[-*+]\s+(.*)$/ },
  { kind: 'numbers', pattern: /^\d{1,9}[.)]\s+(.*)$/ },
  { kind: 'quote', pattern: /^>\s?(.*)$/ },
]

/** Lines to blocks: an empty line ends one, and a list or a quotation goes on as long as its lines do. */
function readBlocks(text: string): Block[] {
  const blocks: Block[] = []
  let open: Block | undefined
  let fence: string | undefined
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) [fence, open] = [undefined, undefined]
      else if (open?.kind === 'code') open.text += `${open.text === '' ? '' : '\n'}${line}`
    } else if (mark !== undefined) {
      fence = mark
      open = { kind: 'code', text: '' }
      blocks.push(open)
    } else if (line.trim() === '') open = undefined
    else {
      const next = nextBlock(line, open)
      if (next !== open) blocks.push(next)
      open = next.kind === 'heading' ? undefined : next
    }
  }
  return blocks
}

/** The block a line belongs to: the open one, with the line added, or a new one. */
function nextBlock(line: string, open: Block | undefined): Block {
  const trimmed = line.trim()
  const found = beginnings.find(({ pattern }) => pattern.test(trimmed))
  const kind = found?.kind ?? 'paragraph'
  const content = found?.pattern.exec(trimmed)?.[1] ?? trimmed
  if (kind === 'bullets' || kind === 'numbers') {
    if (open === undefined || !('items' in open) || open.kind !== kind) return { kind, items: [content] }
    open.items.push(content)
    return open
  }
  if (open === undefined || 'items' in open || open.kind !== kind) return { kind, text: content }
  open.text += ` ${content}`
  return open
}

/**
 * Escapes first, so that an escaped mark inside emphasis does not end it; then code, links, and emphasis by strength.
 * Marks beside a blank are what they look like: `2 * 3 * 4`.
 */
const marks =
  /\\([!-/:-@[-`{-~])|<at>([^<>]+)<\/at>|`([^`]+)`|\[((?:\\.|[^\]\\])*)\]\(([^()\s]+)\)|\*\*(?=\S)((?:\\.|[^\\])+?)(?<=\S)\*\*|\*(?=\S)((?:\\.|[^\\*])+?)(?<=\S)\*|(?<!\w)_(?=\S)((?:\\.|[^\\_])+?)(?<=\S)_(?!\w)/g

function inline(text: string): ReactNode {
  const parts: ReactNode[] = []
  let end = 0
  for (const match of text.matchAll(marks)) {
    parts.push(text.slice(end, match.index))
    parts.push(<Fragment key={match.index}>{drawMarked(match)}</Fragment>)
    end = match.index + match[0].length
  }
  parts.push(text.slice(end))
  return parts
}

function drawMarked(match: RegExpExecArray): ReactNode {
  const [whole, escaped, mentioned, code, label, address, strong, star, underscore] = match
  if (escaped !== undefined) return escaped
  if (mentioned !== undefined) return <Mentioned name={mentioned} />
  if (code !== undefined) return <code>{code}</code>
  if (label !== undefined && address !== undefined) {
    if (!/^(https?:|mailto:)/i.test(address)) return whole
    return (
      <Link inline href={address} target="_blank" rel="noreferrer">
        {inline(label)}
      </Link>
    )
  }
  if (strong !== undefined) return <strong>{inline(strong)}</strong>
  return <em>{inline(star ?? underscore ?? '')}</em>
}

function Mentioned({ name }: { name: string }) {
  return <span style={{ color: tokens.colorBrandForegroundLink }}>{name}</span>
}

const useStyles = makeStyles({
  paragraph: { margin: 0, '& + *': { marginTop: tokens.spacingVerticalS } },
  list: {
    margin: 0,
    paddingInlineStart: tokens.spacingHorizontalXXL,
    '& + *': { marginTop: tokens.spacingVerticalS },
  },
  quote: {
    margin: 0,
    paddingInlineStart: tokens.spacingHorizontalM,
    borderLeft: `${tokens.strokeWidthThicker} solid ${tokens.colorNeutralStroke1}`,
    '& + *': { marginTop: tokens.spacingVerticalS },
  },
  code: {
    margin: 0,
    whiteSpace: 'pre-wrap',
    fontFamily: tokens.fontFamilyMonospace,
    '& + *': { marginTop: tokens.spacingVerticalS },
  },
})
