import type { Transport } from '../model/destination.ts'
import type { Card } from './card.ts'
import { type Rendered, render } from './render.ts'
import { createShortener, type Level } from './shorten.ts'

/** A request's body that Teams will not find too large. */
export interface Fitted extends Rendered {
  /** What was shortened so that it fits: `text, facts`; null when nothing was. */
  shortened: string | null
}

/**
 * Draws a card so that the request's body stays within the budget, in UTF-8 bytes.
 *
 * Nearly every card fits as it is: it is drawn once, measured, and done. One that does not is drawn again with
 * less on it, along a road that is the same for every card: first links that no card could carry go and lines
 * become lines, and long texts are cut, the longest most, but to no less than a screenful; then lists are folded
 * to no less than twenty; then texts and lists once more, to a few words and one item; then title and link are
 * left, and if even the link is too long, the title. The card keeps the most that fits: each stretch of the road
 * is halved by the same steps whatever the budget, and so a smaller budget never keeps more.
 */
export function fit(card: Card, transport: Transport, locale: string, budgetBytes = wireBudgetBytes): Fitted {
  const whole = render(card, transport)
  if (whole.sizeBytes <= budgetBytes) return { ...whole, shortened: null }
  const shorten = createShortener(card, locale)
  const draw = (level: Level): Fitted => {
    const { card: less, shortened } = shorten(level)
    return { ...render(less, transport), shortened }
  }
  for (const { least, most, level } of road) {
    let fitted = draw(level(least))
    if (fitted.sizeBytes > budgetBytes) continue
    let low = least
    let high = most + 1
    while (high - low > 1) {
      const middle = (low + high) >> 1
      const drawn = draw(level(middle))
      if (drawn.sizeBytes > budgetBytes) high = middle
      else {
        low = middle
        fitted = drawn
      }
    }
    return fitted
  }
  return draw(bare)
}

/**
 * Teams refuses messages of more than 28 KB, and measures about 1.18 times what was sent: 24,453 bytes were
 * measured as 28,897. 28 KB by that factor would be 24,298 bytes, or 23,728 where a KB means 1,000 bytes. The rest
 * is a reserve for what Teams measures differently in other cards.
 */
export const wireBudgetBytes = 22 * 1024

/** No text of more characters than the budget has bytes can fit, and no more rows than of the smallest. */
const longestText = wireBudgetBytes
const mostRows = 1_000

const screenful = 2_000
const fewWords = 200
const handful = 20

/** A title is a line, and a short one where there is room for nothing else. */
const line = 300
const shortLine = 150

interface Stretch {
  least: number
  most: number
  level: (step: number) => Level
}

const road: Stretch[] = [
  { least: screenful, most: longestText, level: (texts) => ({ line, texts, rows: Infinity }) },
  { least: handful, most: mostRows, level: (rows) => ({ line, texts: screenful, rows }) },
  { least: fewWords, most: screenful, level: (texts) => ({ line, texts, rows: handful }) },
  { least: 1, most: handful, level: (rows) => ({ line, texts: fewWords, rows }) },
  { least: 1, most: 1, level: (links) => ({ line: shortLine, texts: 0, rows: 0, links }) },
]

const bare: Level = { line: shortLine, texts: 0, rows: 0, links: 0 }
