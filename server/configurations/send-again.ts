import { AppError } from '../errors.ts'
import type { Text } from '../model/text.ts'
import type { SentAgain } from '../storage/channel.ts'
import type { Storage } from '../storage/storage.ts'
import { type Caller, visibleTo } from './caller.ts'

/**
 * Owes the channel a delivery once more, as its next round at the end of the lane.
 * @returns the new delivery's number.
 * @throws {AppError} `configuration-unknown`, `delivery-unknown`, `conflict`
 */
export async function sendAgain(
  { entityId, deliveryId, caller }: { entityId: string; deliveryId: string; caller: Caller },
  tools: { storage: Pick<Storage, 'configurations' | 'channels'>; onCommit: () => void },
): Promise<string> {
  const { configurations, channels } = tools.storage
  visibleTo(caller, await configurations.read(entityId))
  const sent = await channels.sendAgain({ entityId, deliveryId, who: caller.who })
  if (typeof sent === 'string') throw refusals[sent]()
  tools.onCommit()
  return sent.deliveryId
}

export function unknownDelivery(): AppError {
  return new AppError('delivery-unknown', {
    public: {
      en: 'There is no such card in this channel’s log any more.',
      fr: 'Cette carte ne figure plus dans le journal de ce canal.',
      zh: '此频道的记录中已没有这张卡片。',
    },
  })
}

const conflict = (told: Text) => () => new AppError('conflict', { public: told })

const refusals: Record<Extract<SentAgain, string>, () => AppError> = {
  unknown: unknownDelivery,
  forgotten: unknownDelivery,
  'under way': conflict({
    en: 'This card is still on its way: it is sent by itself.',
    fr: 'Cette carte est encore en route\u00A0: elle partira d’elle-même.',
    zh: '此卡片仍在发送中，会自动发送。',
  }),
  notice: conflict({
    en: 'This said something about its moment: it is not sent again.',
    fr: 'Cette carte parlait de son moment : elle ne se renvoie pas.',
    zh: '此卡片只与当时的情况有关，不能重新发送。',
  }),
  older: conflict({
    en: 'This card was sent again already: its latest sending is further up in the log.',
    fr: 'Cette carte a déjà été renvoyée : son dernier envoi est plus haut dans le journal.',
    zh: '此卡片已重新发送过：最近一次发送在记录的上方。',
  }),
  gone: conflict({
    en: 'The webhook URL is gone: save a new one first, then send this card again.',
    fr: 'L’URL du webhook n’existe plus : enregistrez-en d’abord une nouvelle, puis renvoyez cette carte.',
    zh: 'Webhook URL 已不存在：请先保存新的 URL，再重新发送此卡片。',
  }),
  digest: conflict({
    en: 'A digest is not sent again: send its events again, one by one.',
    fr: 'Un résumé ne se renvoie pas\u00A0: renvoyez ses événements un à un.',
    zh: '摘要不能重新发送：请逐个重新发送其中的事件。',
  }),
}
