import type { Language } from './legal-texts.ts'

/**
 * The language of a page: what was asked for by name, else the first of the browser's that we have, else
 * English. `fr-CA` is French; any Chinese is our simplified one.
 */
export function chooseLanguage(asked: string | undefined, acceptLanguage: string | undefined): Language {
  return toLanguage(asked ?? '') ?? preferred(acceptLanguage ?? '') ?? 'en'
}

function preferred(acceptLanguage: string): Language | undefined {
  const wanted = acceptLanguage
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().split(';')
      const quality = parameters.map((one) => /^\s*q=([\d.]+)/.exec(one)?.[1]).find((q) => q !== undefined)
      return { language: toLanguage(tag), quality: Number(quality ?? 1) }
    })
    .toSorted((a, b) => b.quality - a.quality)
  return wanted.find(({ language, quality }) => language !== undefined && quality > 0)?.language
}

function toLanguage(tag: string): Language | undefined {
  const [primary = ''] = tag.trim().toLowerCase().split(/[-_]/)
  if (primary === 'zh') return 'zh-Hans'
  if (primary === 'fr' || primary === 'en') return primary
  return undefined
}
