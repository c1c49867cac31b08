/**
 * The Markdown of an Adaptive Card in Teams: bold, slanted, lists and links, and mentions; nothing else is drawn.
 *
 * The `adaptivecards` library leaves it to its host and takes HTML for it, so whatever is not a mark of ours is
 * escaped here, and no attribute but a safe address is ever written.
 */
import { readBlocks } from './read-blocks.ts'
import { isSafeAddress } from './safe-address.ts'

/** @param mentioned the names that the card's `msteams.entities` stand for. */
export function adaptiveHtml(text: string, mentioned: readonly string[] = []): string {
  return readBlocks(text, ['bullets', 'numbers'])
    .map((block) => {
      if (!('items' in block)) return `<p>${inline(block.text, mentioned)}</p>`
      const list = block.kind === 'bullets' ? 'ul' : 'ol'
      return `<${list}>${block.items.map((item) => `<li>${inline(item, mentioned)}</li>`).join('')}</${list}>`
    })
    .join('')
}

/** Escapes first; then mentions, links, and emphasis by strength. A mark with a blank inside is what it looks like. */
const INLINE =
  /\\([!-/:-@[-`{-~])|<at>([^<>]+)<\/at>|\[((?:\\.|[^\]\\])*)\]\(([^()\s]+)\)|(\*\*|(?<!\w)__)(?=\S)((?:\\.|[^\\])+?)(?<=\S)\5|(\*|(?<!\w)_)(?=\S)((?:\\.|[^\\*_])+?)(?<=\S)\7/g

function inline(text: string, mentioned: readonly string[]): string {
  let html = ''
  let end = 0
  for (const match of text.matchAll(INLINE)) {
    html += escaped(text.slice(end, match.index)) + drawInline(match, mentioned)
    end = match.index + match[0].length
  }
  return html + escaped(text.slice(end))
}

function drawInline(match: RegExpExecArray, mentioned: readonly string[]): string {
  const [whole, literal, name, label, address, , strong, , slanted] = match
  if (literal !== undefined) return escaped(literal)
  if (name !== undefined)
    return mentioned.includes(name) ? `<strong class="mention">${escaped(name)}</strong>` : escaped(whole)
  if (label !== undefined && address !== undefined) {
    if (!isSafeAddress(address)) return escaped(whole)
    return `<a href="${escaped(address)}" target="_blank" rel="noreferrer">${inline(label, mentioned)}</a>`
  }
  if (strong !== undefined) return `<strong>${inline(strong, mentioned)}</strong>`
  return `<em>${inline(slanted ?? '', mentioned)}</em>`
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string) =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character).replaceAll('\n', '<br>')
