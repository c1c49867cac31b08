import { languageOf } from '../model/language.ts'
import { fitWords, type Part } from './fit-words.ts'
import { listIn } from './in-locale.ts'

export type Losses = ReturnType<typeof createLosses>

/** Keeps account of what a card lost, for its readers and for the record. */
export function createLosses(locale: string) {
  const language = languageOf(locale)
  const words = fitWords[language]
  const shortened = new Set<Part>()
  const folded = new Set<Part>()
  const left = new Map<Part, number>()
  const among = (parts: { has(part: Part): boolean }) => order.filter((part) => parts.has(part))

  return {
    shortened: (part: Part) => void shortened.add(part),
    leftOut(part: Part, count: number): void {
      if (count > 0) left.set(part, (left.get(part) ?? 0) + count)
    },
    /** What stands below rows of which not all are there. */
    folded(part: Part, count: number): string {
      folded.add(part)
      return words.more(count)
    },
    parts(): string | null {
      const parts = order.filter((part) => shortened.has(part) || folded.has(part) || left.has(part))
      return parts.length === 0 ? null : parts.join(', ')
    },
    /** What cannot be told at its own place; nothing where everything can. */
    note(): string | undefined {
      const cut = among(shortened).map((part) => words.part[part])
      const gone = among(left).map((part) => words.counted[part]?.(left.get(part) ?? 0) ?? words.part[part])
      if (cut.length + gone.length === 0) return undefined
      const sentences = [
        words.tooLarge,
        ...(cut.length > 0 ? [words.shortened(listIn(cut, language))] : []),
        ...(gone.length > 0 ? [words.leftOut(listIn(gone, language))] : []),
      ]
      return sentences.join(words.betweenSentences)
    },
  }
}

const order: readonly Part[] = ['title', 'byline', 'text', 'people', 'facts', 'links', 'events', 'picture']
