import type { DeliveryState } from '../../server/model/delivery.ts'
import type { Health, Transport } from '../../server/model/destination.ts'
import type { Language } from '../../server/model/language.ts'

/** What has one name on every screen, as it has one in the code, the API and the log. */
export interface Glossary {
  states: Record<DeliveryState, string>
  health: Record<Health, string>
  transports: Record<Transport, string>
}

export const glossary: Record<Language, Glossary> = {
  en: {
    states: {
      held: 'Held',
      pending: 'Pending',
      delivered: 'Delivered',
      accepted: 'Accepted',
      merged: 'Merged',
      refused: 'Refused',
      expired: 'Expired',
      cancelled: 'Cancelled',
    },
    health: {
      healthy: 'Healthy',
      throttled: 'Throttled',
      failing: 'Failing',
      gone: 'Gone',
      disabled: 'Disabled',
    },
    transports: { connector: 'Classic connector', workflow: 'Workflow' },
  },
  fr: {
    states: {
      held: 'Retenue',
      pending: 'En attente',
      delivered: 'Remise',
      accepted: 'Acceptée',
      merged: 'Regroupée',
      refused: 'Refusée',
      expired: 'Expirée',
      cancelled: 'Annulée',
    },
    health: {
      healthy: 'En bonne santé',
      throttled: 'Ralentie',
      failing: 'En échec',
      gone: 'Disparue',
      disabled: 'Désactivée',
    },
    transports: { connector: 'Connecteur classique', workflow: 'Flux de travail' },
  },
  zh: {
    states: {
      held: '已暂存',
      pending: '待发送',
      delivered: '已送达',
      accepted: '已接受',
      merged: '已合并',
      refused: '被拒绝',
      expired: '已过期',
      cancelled: '已取消',
    },
    health: { healthy: '正常', throttled: '受限', failing: '失败', gone: '已失效', disabled: '已停用' },
    transports: { connector: '经典连接器', workflow: '工作流' },
  },
}
