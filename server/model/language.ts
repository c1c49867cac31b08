/** The languages we speak: English, French and Simplified Chinese. */
export const languages = ['en', 'fr', 'zh'] as const
export type Language = (typeof languages)[number]

/** The language for a BCP 47 tag such as `fr-CA`; English where we do not speak the one it names. */
export function languageOf(tag: string): Language {
  return spokenLanguage(tag) ?? 'en'
}

/**
 * The same, or undefined where we do not speak it. Every Chinese gets Simplified Chinese, which its readers
 * understand sooner than English.
 */
export function spokenLanguage(tag: string): Language | undefined {
  const [primary = ''] = tag.trim().toLowerCase().split(/[-_]/)
  return languages.find((language) => language === primary)
}

/** The tag by which browsers and readers aloud know each of them. */
export const languageTags: Record<Language, string> = { en: 'en', fr: 'fr', zh: 'zh-Hans' }
