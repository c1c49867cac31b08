import { type Language, languageOf, languageTags } from '../../server/model/language.ts'
import { en } from './en.ts'
import type { Sentences } from './sentences.ts'

/** A language our pages speak, with what they say in it. */
export interface Spoken {
  /** BCP 47, for the page's `lang` and for what the page asks the server. */
  tag: string
  sentences: Sentences
}

export const english: Spoken = { tag: languageTags.en, sentences: en }

/** The language for a locale such as `fr-ca`, with its sentences. Only English comes with the page. */
export async function speak(locale: string): Promise<Spoken> {
  const language = languageOf(locale)
  return { tag: languageTags[language], sentences: await sentencesIn[language]() }
}

const sentencesIn: Record<Language, () => Promise<Sentences>> = {
  en: async () => en,
  fr: async () => (await import('./fr.ts')).fr,
  zh: async () => (await import('./zh.ts')).zh,
}
