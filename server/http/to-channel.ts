import { windowsUsed } from '../delivery/budget.ts'
import { type Explained, explainAttempt, explainDelivery, explainHealth } from '../delivery/explain.ts'
import { told } from '../delivery/explained-words.ts'
import type { ChannelAttempt, ChannelDelivery, ChannelDestination } from '../model/channel.ts'
import type { Attempt } from '../model/delivery.ts'
import type { Transport } from '../model/destination.ts'
import type { Language } from '../model/language.ts'
import { inLanguage, type Text } from '../model/text.ts'
import type { StoredDelivery, StoredDestination } from '../storage/channel.ts'

/** A delivery in the words of the person who asks. */
export function toChannelDelivery(
  { last, ...delivery }: StoredDelivery,
  language: Language,
): ChannelDelivery {
  return {
    ...delivery,
    title: inLanguage(titleOf(delivery), language),
    ...inWords(explainDelivery({ ...delivery, last }), language),
  }
}

/** Nobody reads what happened at a source before an administrator has approved that. */
function titleOf({ kind, title, heldBy }: Pick<StoredDelivery, 'kind' | 'title' | 'heldBy'>): Text {
  if (kind !== 'event') return (typeof title === 'string' && titles[title]) || title
  return heldBy === 'approval' ? unapproved : title
}

const unapproved: Text = {
  en: 'Waits for an administrator’s approval',
  fr: 'En attente de l’approbation d’un administrateur',
  zh: '等待管理员批准',
}

export function toChannelAttempt(attempt: Attempt, transport: Transport, language: Language): ChannelAttempt {
  return { ...attempt, ...inWords(explainAttempt(attempt, transport), language) }
}

/** Where the cards go, as they stand at `now`. */
export function toChannelDestination(
  stored: StoredDestination,
  now: Date,
  language: Language,
): ChannelDestination {
  const { healthSince, lastSuccessAt, notBefore, last: _, sentAt, ...shown } = stored
  const isWaiting = notBefore !== null && notBefore > now && shown.pending > 0
  return {
    ...shown,
    healthSince: healthSince.toISOString(),
    lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
    waitsUntil: isWaiting ? notBefore.toISOString() : null,
    budget: windowsUsed(stored.transport, sentAt, now.getTime()),
    ...inWords(
      explainHealth(stored) ?? (stored.health === 'failing' ? told.unreachable : undefined),
      language,
    ),
  }
}

function inWords(explained: Explained | undefined, language: Language) {
  const { why, whatToDo } = explained ?? {}
  return {
    why: why === undefined ? null : inLanguage(why, language),
    whatToDo: whatToDo === undefined ? null : inLanguage(whatToDo, language),
  }
}

/** What is told of no event, by what it is about. */
export const titles: Record<string, Text | undefined> = {
  welcome: { en: 'Welcome', fr: 'Bienvenue', zh: '欢迎' },
  test: { en: 'Test card', fr: 'Carte de test', zh: '测试卡片' },
  moved: {
    en: 'These cards now go elsewhere',
    fr: 'Ces cartes vont maintenant ailleurs',
    zh: '这些卡片现在发送到别处',
  },
  trouble: { en: 'Trouble with a destination', fr: 'Problème avec une destination', zh: '目标出现问题' },
  digest: {
    en: 'Several events in one card',
    fr: 'Plusieurs événements en une carte',
    zh: '多个事件合为一张卡片',
  },
}
