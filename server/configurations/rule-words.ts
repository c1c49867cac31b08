import type { Language } from '../model/language.ts'
import type { Text } from '../model/text.ts'

/** What can be wrong with a rule, to the person who wants to save it. */
export const ruleWords = {
  unknownEventTypes: (source: string, unknown: readonly string[], known: readonly string[]): Text => ({
    en: `${source} has no event type ${quoted.en(unknown)}. It has ${quoted.en(known)}.`,
    fr: `${source} n’a pas le type d’événement ${quoted.fr(unknown)}, mais ${quoted.fr(known)}.`,
    zh: `${source} 没有事件类型${quoted.zh(unknown)}，只有${quoted.zh(known)}。`,
  }),
  unknownField: (field: string, known: readonly string[]): Text => ({
    en: `There is no field ${quoted.en([field])}. There is ${quoted.en(known)}.`,
    fr: `Il n’y a pas de champ ${quoted.fr([field])}. Il y a ${quoted.fr(known)}.`,
    zh: `没有字段${quoted.zh([field])}，只有${quoted.zh(known)}。`,
  }),
  takesNoValue: (comparison: string): Text => ({
    en: `${quoted.en([comparison])} takes no value.`,
    fr: `${quoted.fr([comparison])} ne prend pas de valeur.`,
    zh: `${quoted.zh([comparison])}不需要值。`,
  }),
  takesOneValue: (comparison: string): Text => ({
    en: `${quoted.en([comparison])} takes one value.`,
    fr: `${quoted.fr([comparison])} prend une seule valeur.`,
    zh: `${quoted.zh([comparison])}需要一个值。`,
  }),
  takesList: (comparison: string): Text => ({
    en: `${quoted.en([comparison])} takes a list of values.`,
    fr: `${quoted.fr([comparison])} prend une liste de valeurs.`,
    zh: `${quoted.zh([comparison])}需要值的列表。`,
  }),
  endless: {
    en: 'Quiet hours on every day, all day, would never end. Leave out a day, or pause the configuration.',
    fr: 'Des heures calmes tous les jours, toute la journée, ne finiraient jamais. Retirez un jour, ou suspendez la configuration.',
    zh: '每天全天的免打扰时段永远不会结束。请去掉一天，或暂停此配置。',
  },
  noDigestTime: {
    en: 'A daily digest needs its time: `at` is missing.',
    fr: 'Un résumé quotidien a besoin d’une heure\u00A0: `at` manque.',
    zh: '每日摘要需要发送时间：缺少 `at`。',
  },
  unknownZone: (zone: string): Text => ({
    en: `There is no time zone ${quoted.en([zone])}. Use a name such as Europe/Paris.`,
    fr: `Il n’y a pas de fuseau horaire ${quoted.fr([zone])}. Utilisez un nom tel que Europe/Paris.`,
    zh: `没有时区${quoted.zh([zone])}。请使用 Europe/Paris 这样的名称。`,
  }),
} satisfies Record<string, Text | ((...about: never[]) => Text)>

const quoted: Record<Language, (names: readonly string[]) => string> = {
  en: (names) => names.map((name) => `"${name}"`).join(', ') || 'none',
  fr: (names) => names.map((name) => `«\u00A0${name}\u00A0»`).join(', ') || 'rien',
  zh: (names) => names.map((name) => `“${name}”`).join('、') || '“”',
}
