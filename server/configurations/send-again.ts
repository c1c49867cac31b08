import { AppError } from '../errors.ts'
import type { Text } from '../model/text.ts'
import { quietUntil } from '../rules/quiet-hours.ts'
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
  tools: { storage: Pick<Storage, 'configurations' | 'channels' | 'overview'>; onCommit: () => void },
): Promise<string> {
  const { configurations, channels } = tools.storage
  visibleTo(caller, await configurations.read(entityId))
  const sent = await channels.sendAgain({ entityId, deliveryId, who: caller.who })
  if (sent === 'under way') throw (await whyUnderWay({ entityId, deliveryId }, tools.storage))()
  if (typeof sent === 'string') throw refusals[sent]()
  tools.onCommit()
  return sent.deliveryId
}

/** What a delivery that was just sent again waits for, besides its turn: nothing, mostly. */
export interface Wait {
  heldBy: string | null
  heldUntil: string | null
}

/** The lane holds for quiet hours only what it is about to send: until then they are read from the rule. */
export async function waitOf(
  { entityId, deliveryId }: { entityId: string; deliveryId: string },
  { storage, now }: { storage: Pick<Storage, 'configurations' | 'overview'>; now: () => Date },
): Promise<Wait> {
  const story = await storage.overview.delivery(deliveryId)
  if (story?.listed.state === 'held') return { heldBy: story.heldBy, heldUntil: story.heldUntil }
  const quietHours = (await storage.configurations.read(entityId))?.rule.quietHours
  const passes = story?.due.kind === 'notice' || (story?.due.critical && quietHours?.criticalPasses)
  const until = quietHours && !passes && story?.listed.state === 'pending' && quietUntil(quietHours, now())
  return until ? { heldBy: 'quiet hours', heldUntil: until.toISOString() } : { heldBy: null, heldUntil: null }
}

/** Its last round is the one that is under way. */
async function whyUnderWay(
  { entityId, deliveryId }: { entityId: string; deliveryId: string },
  { channels, overview }: Pick<Storage, 'channels' | 'overview'>,
) {
  const asked = await overview.delivery(deliveryId)
  const last = asked?.rounds.at(-1)?.id ?? deliveryId
  const story = last === deliveryId ? asked : await overview.delivery(last)
  if (story?.listed.state === 'held') return held.get(story.heldBy ?? '') ?? onItsWay
  const destination = await channels.destination(entityId)
  return destination?.health === 'disabled' ? switchedOff : onItsWay
}

export function unknownDelivery(): AppError {
  return new AppError('delivery-unknown', {
    public: {
      en: 'There is no such card in this log any more.',
      fr: 'Cette carte ne figure plus dans ce journal.',
      zh: '此记录中已没有这张卡片。',
    },
  })
}

const conflict = (told: Text) => () => new AppError('conflict', { public: told })

const onItsWay = conflict({
  en: 'This card is still on its way: it is sent by itself.',
  fr: 'Cette carte est encore en route\u00A0: elle partira d’elle-même.',
  zh: '此卡片仍在发送中，会自动发送。',
})

const switchedOff = conflict({
  en: 'An administrator has switched this address off: the card is sent by itself once it is on again.',
  fr: 'Un administrateur a désactivé cette adresse\u00A0: la carte partira d’elle-même une fois qu’elle sera réactivée.',
  zh: '管理员已停用此地址：重新启用后，卡片会自动发送。',
})

/** By what it is held. */
const held = new Map([
  [
    'quiet hours',
    conflict({
      en: 'This card is held for quiet hours: it is sent by itself when they end.',
      fr: 'Cette carte est retenue par les heures calmes\u00A0: elle partira d’elle-même à leur fin.',
      zh: '此卡片因免打扰时段而暂存，时段结束后会自动发送。',
    }),
  ],
  [
    'digest',
    conflict({
      en: 'This card is held for the next digest, which tells it.',
      fr: 'Cette carte est retenue pour le prochain résumé, qui l’annoncera.',
      zh: '此卡片已暂存，将由下一份摘要告知。',
    }),
  ],
  [
    'pause',
    conflict({
      en: 'This card is held while this is paused: it is sent by itself when you resume.',
      fr: 'Cette carte est retenue pendant la pause\u00A0: elle partira d’elle-même à la reprise.',
      zh: '此卡片因暂停而暂存，恢复后会自动发送。',
    }),
  ],
  [
    'approval',
    conflict({
      en: 'This card is held until an administrator approves: it is sent by itself then.',
      fr: 'Cette carte est retenue jusqu’à l’accord d’un administrateur\u00A0: elle partira alors d’elle-même.',
      zh: '此卡片在管理员批准之前暂存，批准后会自动发送。',
    }),
  ],
])

const refusals: Record<Exclude<Extract<SentAgain, string>, 'under way'>, () => AppError> = {
  unknown: unknownDelivery,
  forgotten: unknownDelivery,
  notice: conflict({
    en: 'This said something about its moment: it is not sent again.',
    fr: 'Cette carte parlait de son moment\u00A0: elle ne se renvoie pas.',
    zh: '此卡片只与当时的情况有关，不能重新发送。',
  }),
  older: conflict({
    en: 'This card was sent again already: its latest sending is further up in the log.',
    fr: 'Cette carte a déjà été renvoyée\u00A0: son dernier envoi est plus haut dans le journal.',
    zh: '此卡片已重新发送过：最近一次发送在记录的上方。',
  }),
  gone: conflict({
    en: 'The webhook URL is gone: save a new one first, then send this card again.',
    fr: 'L’URL du webhook n’existe plus\u00A0: enregistrez-en d’abord une nouvelle, puis renvoyez cette carte.',
    zh: 'Webhook URL 已不存在：请先保存新的 URL，再重新发送此卡片。',
  }),
  'not approved': conflict({
    en: 'This was told by a source that asks for approval, and the configuration now wants another one.',
    fr: 'Cette carte vient d’une source qui demande une approbation, et la configuration en suit désormais une autre.',
    zh: '此卡片来自需要批准的来源，而该配置现已改用其他来源。',
  }),
  digest: conflict({
    en: 'A digest is not sent again: send its events again, one by one.',
    fr: 'Un résumé ne se renvoie pas\u00A0: renvoyez ses événements un à un.',
    zh: '摘要不能重新发送：请逐个重新发送其中的事件。',
  }),
}
