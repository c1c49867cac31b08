import type { Language } from '../../../model/language.ts'
import { inLanguage, joined, type Text } from '../../../model/text.ts'

/**
 * Why a request was refused at a source's door, for the administrator, who reads it at the source's set-up: so these
 * words send nobody there. What a kind finds wrong with a body it says in English; whose name is in it, any language
 * leaves as it is.
 */
export function explainRefusal(
  { code, reason }: { code: string; reason: string },
  language: Language,
): string {
  if (code === 'body-unreadable') return inLanguage(joined([unreadable, reason]), language)
  return inLanguage(explained[code] ?? reason, language)
}

const unreadable: Text = {
  en: 'Its proof is right, but what it tells cannot be read:',
  fr: 'Sa preuve est bonne, mais son contenu est illisible\u00A0:',
  zh: '其证明正确，但内容无法读取：',
}

const explained: Record<string, Text | undefined> = {
  'proof-invalid': {
    en: 'Its proof of origin is missing or wrong. Compare the secret that the system has, and how it sends it, with what is told here. Rotate the secret if it was lost.',
    fr: 'Sa preuve d’origine manque ou est fausse. Comparez le secret que le système possède, et sa façon de l’envoyer, avec ce qui est indiqué ici. Renouvelez le secret s’il est perdu.',
    zh: '其来源证明缺失或错误。请将该系统持有的密钥及其发送方式与此处所述进行对照。如密钥已丢失，请轮换密钥。',
  },
  'source-paused': {
    en: 'This source is paused: nothing of what it tells is kept. Resume it.',
    fr: 'Cette source est en pause\u00A0: rien de ce qu’elle annonce n’est gardé. Reprenez-la.',
    zh: '此来源已暂停：它发出的内容不会保留。请恢复它。',
  },
}
