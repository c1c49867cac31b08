import type { Severity } from '../model/event.ts'
import type { List } from './card.ts'
import { asLink, asPlain } from './markdown.ts'

/**
 * A list as the rows of a table, which both drawings have: when and how severe, and the title as a link. A list
 * with marks would say the same, but only in a table do the titles stand below each other. Labels do not break,
 * so that the narrow column of an Adaptive Card keeps each on its line.
 */
export function asRows({ items, more }: List): { label: string; text: string }[] {
  const rows = items.map(({ severity, title, url, when }) => ({
    label: [when, signs[severity]].filter(Boolean).join(' ').replace(/ /g, '\u00A0') || '–',
    text: url === undefined ? asPlain(title) : asLink(title, url),
  }))
  return more === undefined ? rows : [...rows, { label: '…', text: asPlain(more) }]
}

/** Of different shapes, so that they are told apart without colour too; nothing for what is ordinary. */
export const signs: Record<Severity, string> = { info: '', success: '✅', warning: '⚠️', critical: '🔴' }
