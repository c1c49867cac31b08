import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { drawAdaptiveCard } from '../../server/cards/adaptive-card.ts'
import { oneLine } from '../../server/cards/markdown.ts'
import { drawMessageCard } from '../../server/cards/message-card.ts'
import { AdaptiveCard } from '../../web/components/preview/adaptive-card.tsx'
import { MessageCard } from '../../web/components/preview/message-card.tsx'
import { cardFixtures } from './fixtures.ts'

/** What people read of a page, without its elements. */
function wordsOf(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, '\n')
    .replace(/&(lt|gt|quot|amp|#x27);/g, (_, name: string) => entities[name] ?? '')
    .replaceAll('\u2060', '')
}
const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', '#x27': "'" }

const shortEnough = cardFixtures().filter(({ name }) => !name.startsWith('long'))

test.each(shortEnough.map((fixture) => [fixture.name, fixture.card] as const))(
  'the preview of either drawing shows what the card says, as text: %s',
  (_name, card) => {
    const adaptive = drawAdaptiveCard(card).attachments[0].content
    for (const markup of [
      renderToStaticMarkup(createElement(MessageCard, { card: drawMessageCard(card) })),
      renderToStaticMarkup(createElement(AdaptiveCard, { card: adaptive })),
    ]) {
      const words = wordsOf(markup)
      const links = [...markup.matchAll(/href="([^"]*)"/g)].map(([, url]) => url)
      expect(words).toContain(oneLine(card.title))
      for (const { name, value } of card.facts) {
        expect(words).toContain(oneLine(name))
        expect(words).toContain(oneLine(value))
      }
      for (const { title, url } of card.links) {
        expect(words).toContain(oneLine(title))
        expect(links).toContain(url)
      }
      for (const { title } of card.list?.items ?? []) expect(words).toContain(oneLine(title))
      expect(markup).not.toMatch(/<(script|at|img[^>]*onerror)|javascript:[^<]*"/i)
    }
  },
)
