/**
 * Markdown with its headings as bold paragraphs. The text of an Adaptive Card knows no headings, and release notes
 * are full of them; what it does not know besides (quotations, code) reads well enough as it is written.
 */
export function boldHeadings(markdown: string): string {
  const lines: string[] = []
  let fence: string | undefined
  let isAfterHeading = false
  for (const line of markdown.split('\n')) {
    const mark = /^[\s>]*(`{3,}|~{3,})/.exec(line)?.[1]
    const heading = fence === undefined ? wordsOfHeading(line) : undefined
    const isApart = heading !== undefined || (isAfterHeading && line.trim() !== '')
    if (isApart && lines.length > 0 && lines.at(-1)?.trim() !== '') lines.push('')
    lines.push(heading === undefined ? line : `**${heading}**`)
    isAfterHeading = heading !== undefined
    if (fence === undefined) fence = mark
    else if (mark?.startsWith(fence)) fence = undefined
  }
  return lines.join('\n')
}

/** Bold inside of what becomes bold would end it, and so would a backslash before its end escape it. */
function wordsOfHeading(line: string): string | undefined {
  const found = /^ {0,3}#{1,6}[ \t]+(.*)$/
    .exec(line)?.[1]
    ?.trim()
    .replace(/(?:^|[ \t])#+$/, '')
  const words = found?.replace(/(?<!\\)(?:\*{2,}|_{2,})/g, '').trim()
  if (words === undefined || !/[\p{L}\p{N}]/u.test(words)) return undefined
  return /(?<!\\)(?:\\\\)*\\$/.test(words) ? `${words}\\` : words
}
