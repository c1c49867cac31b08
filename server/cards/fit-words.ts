import type { Language } from '../model/language.ts'

/** A part of a card, as the record of an attempt names it. */
export type Part = 'title' | 'byline' | 'text' | 'people' | 'facts' | 'links' | 'events' | 'picture'

/** The words in which a card tells its readers what of it had to go. */
export interface FitWords {
  /** Below a list of which not all is shown. */
  more: (count: number) => string
  tooLarge: string
  shortened: (parts: string) => string
  leftOut: (parts: string) => string
  part: Record<Part, string>
  counted: Partial<Record<Part, (count: number) => string>>
  betweenSentences: string
}

const english = new Intl.NumberFormat('en')
const french = new Intl.NumberFormat('fr')
const chinese = new Intl.NumberFormat('zh')

export const fitWords: Record<Language, FitWords> = {
  en: {
    more: (count) => `and ${english.format(count)} more`,
    tooLarge: 'This card was too large for Teams.',
    shortened: (parts) => `Shortened: ${parts}.`,
    leftOut: (parts) => `Left out: ${parts}.`,
    part: {
      title: 'title',
      byline: 'byline',
      text: 'text',
      people: 'people',
      facts: 'facts',
      links: 'links',
      events: 'events',
      picture: 'picture',
    },
    counted: {
      people: (count) => `${english.format(count)} ${count === 1 ? 'person' : 'people'}`,
      facts: (count) => `${english.format(count)} ${count === 1 ? 'fact' : 'facts'}`,
      links: (count) => `${english.format(count)} ${count === 1 ? 'link' : 'links'}`,
      events: (count) => `${english.format(count)} ${count === 1 ? 'event' : 'events'}`,
    },
    betweenSentences: ' ',
  },
  fr: {
    more: (count) => `et ${french.format(count)} ${count < 2 ? 'autre' : 'autres'}`,
    tooLarge: 'Cette carte était trop grande pour Teams.',
    shortened: (parts) => `Abrégé\u00A0: ${parts}.`,
    leftOut: (parts) => `Omis\u00A0: ${parts}.`,
    part: {
      title: 'titre',
      byline: 'signature',
      text: 'texte',
      people: 'personnes',
      facts: 'détails',
      links: 'liens',
      events: 'événements',
      picture: 'image',
    },
    counted: {
      people: (count) => `${french.format(count)} ${count < 2 ? 'personne' : 'personnes'}`,
      facts: (count) => `${french.format(count)} ${count < 2 ? 'détail' : 'détails'}`,
      links: (count) => `${french.format(count)} ${count < 2 ? 'lien' : 'liens'}`,
      events: (count) => `${french.format(count)} ${count < 2 ? 'événement' : 'événements'}`,
    },
    betweenSentences: ' ',
  },
  zh: {
    more: (count) => `另有 ${chinese.format(count)} 项`,
    tooLarge: '此卡片超出了 Teams 的大小限制。',
    shortened: (parts) => `已缩短：${parts}。`,
    leftOut: (parts) => `已省略：${parts}。`,
    part: {
      title: '标题',
      byline: '署名',
      text: '正文',
      people: '相关人员',
      facts: '详细信息',
      links: '链接',
      events: '事件',
      picture: '图片',
    },
    counted: {
      people: (count) => `${chinese.format(count)} 位相关人员`,
      facts: (count) => `${chinese.format(count)} 项详细信息`,
      links: (count) => `${chinese.format(count)} 个链接`,
      events: (count) => `${chinese.format(count)} 个事件`,
    },
    betweenSentences: '',
  },
}
