import type { Transport } from '../../../server/model/destination.ts'
import type { Language } from '../../../server/model/language.ts'

/** What the preview says. It comes with the preview, so that the page need not wait for it. */
export interface PreviewWords {
  title: string
  empty: string
  choicesFirst: string
  previous: string
  next: string
  position(number: number, of: number): string
  sample: string
  real: string
  shownBy: Record<Transport, string>
  failed: string
}

export const previewWords: Record<Language, PreviewWords> = {
  en: {
    title: 'Preview',
    empty: 'Choose an event to see its card.',
    choicesFirst: 'Fill in the settings of this source to see its cards.',
    previous: 'Previous event',
    next: 'Next event',
    position: (number, of) => `${number} of ${of}`,
    sample: 'An example that did not happen,',
    real: 'The latest one that happened,',
    shownBy: { connector: 'as a classic connector shows it.', workflow: 'as a workflow shows it.' },
    failed: 'There is no preview',
  },
  fr: {
    title: 'Aperçu',
    empty: 'Choisissez un événement pour voir sa carte.',
    choicesFirst: 'Renseignez les paramètres de cette source pour voir ses cartes.',
    previous: 'Événement précédent',
    next: 'Événement suivant',
    position: (number, of) => `${number} sur ${of}`,
    sample: 'Un exemple fictif,',
    real: 'Le dernier en date,',
    shownBy: {
      connector: 'tel que l’affiche un connecteur classique.',
      workflow: 'tel que l’affiche un flux de travail.',
    },
    failed: 'L’aperçu n’est pas disponible',
  },
  zh: {
    title: '预览',
    empty: '选择一个事件即可查看其卡片。',
    choicesFirst: '请先填写此来源的设置，再查看其卡片。',
    previous: '上一个事件',
    next: '下一个事件',
    position: (number, of) => `${number} / ${of}`,
    sample: '虚构的示例，',
    real: '最近发生的一次，',
    shownBy: { connector: '按经典连接器的样式显示。', workflow: '按工作流的样式显示。' },
    failed: '无法预览',
  },
}
