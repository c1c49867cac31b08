import { en } from './en.ts'
import type { Sentences } from './sentences.ts'

/** A language our pages speak. */
export interface Language {
  /** BCP 47, for the page's `lang`. */
  tag: string
  sentences: Sentences
}

export const english: Language = { tag: 'en', sentences: en }

/**
 * The language for a locale such as `fr-ca`; English where we do not speak it. Every Chinese locale gets
 * simplified Chinese, which its readers understand sooner than English. Only English comes with the page.
 */
export async function languageOf(locale: string): Promise<Language> {
  const language = locale.toLowerCase().split(/[-_]/)[0]
  if (language === 'fr') return { tag: 'fr', sentences: (await import('./fr.ts')).fr }
  if (language === 'zh') return { tag: 'zh-CN', sentences: (await import('./zh.ts')).zh }
  return english
}
