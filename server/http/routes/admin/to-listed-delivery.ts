import { type Explained, explainAttempt, explainDelivery } from '../../../delivery/explain.ts'
import type { DeliveryKind } from '../../../model/delivery.ts'
import { type Language, languages } from '../../../model/language.ts'
import type { ListedDelivery } from '../../../model/overview.ts'
import { inLanguage, type Text } from '../../../model/text.ts'
import type { FoundDelivery } from '../../../storage/search.ts'
import { titles } from '../../to-channel.ts'
import { forAdministrator } from './for-administrator.ts'

/** A delivery in the words of the administrator who asks. */
export function toListedDelivery({ last, ...one }: FoundDelivery, language: Language): ListedDelivery {
  const explained =
    one.isTrial && one.state === 'cancelled'
      ? last
        ? explainAttempt(last, one.transport)
        : withdrawn
      : explainDelivery({ ...one, last: last ?? undefined })
  const title = titleOf(one, language)
  if (!explained) return { ...one, title, why: one.reason, whatToDo: null }
  return { ...one, title, ...forAdministrator(explained, language) }
}

/** What belongs to no configuration lost none. */
const withdrawn: Explained = {
  why: {
    en: 'The test card could not be sent in time.',
    fr: 'La carte de test n’a pas pu être envoyée à temps.',
    zh: '测试卡片未能及时发送。',
  },
}

/** What tells no event is called by what it is about. */
export function titleOf(
  { title, kind = 'event' }: { title: Text; kind?: DeliveryKind },
  language: Language,
): string {
  const about = kind === 'event' ? '' : inLanguage(title, language)
  return inLanguage(titles[about] ?? title, language)
}

/** What those tell that no event tells, whose name in any language holds the words. */
export function calledBy(words: string): string[] {
  const isCalled = (title: Text = '') =>
    languages.some((one) => inLanguage(title, one).toLowerCase().includes(words.toLowerCase()))
  return Object.keys(titles).filter((about) => isCalled(titles[about]))
}
