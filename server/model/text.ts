import { type Static, type TStringOptions, Type } from 'typebox'
import type { Language } from './language.ts'

/** Words for people: in each of our languages, or as they come where an administrator or a tracked system says them. */
export const Text = textOf({ description: 'Words for people.' })
export type Text = Static<typeof Text>

/** Words for people that keep to these limits in every language. */
export function textOf(limits: TStringOptions & { description: string }) {
  const { description, ...rest } = limits
  const words = (language: string) => Type.String({ ...rest, description: language })
  return Type.Union(
    [
      words('The same for everyone.'),
      Type.Object(
        { en: words('In English.'), fr: words('In French.'), zh: words('In Simplified Chinese.') },
        { additionalProperties: false, description: 'In each language.' },
      ),
    ],
    { description },
  )
}

export function inLanguage(text: Text, language: Language): string {
  return typeof text === 'string' ? text : text[language]
}

/** The text that `say` makes in each language, as one string where they do not differ. */
export function textBy(say: (language: Language) => string): Text {
  const [en, fr, zh] = [say('en'), say('fr'), say('zh')]
  return en === fr && fr === zh ? en : { en, fr, zh }
}

/** Several sentences as one text. */
export function joined(sentences: readonly Text[]): Text {
  return textBy((language) =>
    sentences.map((sentence) => inLanguage(sentence, language)).join(language === 'zh' ? '' : ' '),
  )
}
