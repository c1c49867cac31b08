/** A block of Markdown; its words are not read yet. */
export type Block =
  | { kind: 'paragraph' | 'heading' | 'quote'; text: string }
  | { kind: 'bullets' | 'numbers'; items: string[] }

/** What a line can begin, where the place knows it. */
const LINE: { kind: Block['kind']; pattern: RegExp }[] = [
  { kind: 'heading', pattern: /^#{1,6}\s+(.*)$/ },
  { kind: 'bullets', pattern: /^[-*+]\s+(.*)$/ },
  { kind: 'numbers', pattern: /^\d{1,9}[.)]\s+(.*)$/ },
  { kind: 'quote', pattern: /^>\s?(.*)$/ },
]

/**
 * Lines to blocks: a blank line ends one, and a list or quote goes on as long as its lines do.
 * @param known the kinds of block beside paragraphs that the place draws; others are text.
 */
export function readBlocks(
  text: string,
  known: readonly Block['kind'][] = ['heading', 'bullets', 'numbers', 'quote'],
): Block[] {
  const blocks: Block[] = []
  let isOpen = false
  for (const line of text.replaceAll('\r\n', '\n').split(/[\r\n]/)) {
    const trimmed = line.trim()
    if (trimmed === '') {
      isOpen = false
      continue
    }
    const special = LINE.find(({ kind, pattern }) => known.includes(kind) && pattern.test(trimmed))
    const kind = special?.kind ?? 'paragraph'
    const content = special?.pattern.exec(trimmed)?.[1] ?? trimmed
    const last = isOpen ? blocks.at(-1) : undefined
    if (last && 'items' in last && last.kind === kind) last.items.push(content)
    else if (last && 'text' in last && last.kind === kind && kind !== 'heading') {
      last.text += /( {2}|\\)$/.test(line) ? `${content}\n` : ` ${content}`
    } else if (kind === 'bullets' || kind === 'numbers') blocks.push({ kind, items: [content] })
    else blocks.push({ kind, text: content })
    isOpen = true
  }
  return blocks
}
