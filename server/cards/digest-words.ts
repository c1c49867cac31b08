import type { DigestReason } from '../model/delivery.ts'
import type { Language } from '../model/language.ts'

/** The sentences of a digest. */
export interface DigestWords {
  title: (count: number, source: string) => string
  why: Record<DigestReason, string>
  count: (count: number) => string
}

const english = new Intl.NumberFormat('en')
const french = new Intl.NumberFormat('fr')
const chinese = new Intl.NumberFormat('zh')

export const digestWords: Record<Language, DigestWords> = {
  en: {
    title: (count, source) => `${english.format(count)} ${count === 1 ? 'event' : 'events'} from ${source}`,
    why: {
      pressure: 'Teams takes only so many messages at a time. These came faster, so they are told together.',
      'quiet hours': 'They happened during this channel’s quiet hours.',
      digest: 'This channel has its events collected and told together.',
    },
    count: (count) => english.format(count),
  },
  fr: {
    title: (count, source) =>
      `${french.format(count)} ${count < 2 ? 'événement' : 'événements'} de ${source}`,
    why: {
      pressure:
        'Teams n’accepte qu’un nombre limité de messages à la fois. Ceux-ci arrivaient plus vite\u00A0: les voici réunis.',
      'quiet hours': 'Ils ont eu lieu pendant les heures calmes de ce canal.',
      digest: 'Ce canal reçoit ses événements réunis dans un résumé.',
    },
    count: (count) => french.format(count),
  },
  zh: {
    title: (count, source) => `来自 ${source} 的 ${chinese.format(count)} 个事件`,
    why: {
      pressure: 'Teams 限制一段时间内的消息数量。这些事件来得更快，因此合并在一起显示。',
      'quiet hours': '这些事件发生在此频道的免打扰时段内。',
      digest: '此频道以摘要形式汇总接收事件。',
    },
    count: (count) => chinese.format(count),
  },
}
