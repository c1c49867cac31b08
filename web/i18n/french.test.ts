import { expect, test } from 'vitest'
import { channelWords } from '../pages/channel/words.ts'
import { webhookWords } from '../pages/configure/webhook-words.ts'
import { fr as consoleFr } from './console-fr.ts'
import { fr } from './fr.ts'

/** Every sentence, those with something put into them too. */
function sentencesOf(words: unknown): string[] {
  if (typeof words === 'string') return [words]
  if (typeof words === 'function') return sentencesOf(words('A', 'B'))
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(sentencesOf) : []
}

test.each([
  ['the pages', fr],
  ['the channel’s page', channelWords.fr],
  ['the workflow URL', webhookWords.fr],
  ['the console', consoleFr],
])('no line of %s breaks before : ; ! ? or inside « »', (_, words) => {
  const sentences = sentencesOf(words)
  expect(sentences.length).toBeGreaterThan(10)
  expect(sentences.filter((one) => / [:;!?»]|« |\p{L}[;!?»]|«\S/u.test(one))).toEqual([])
})
