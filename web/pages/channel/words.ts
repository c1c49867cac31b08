import type { Language } from '../../../server/model/language.ts'
import { type Glossary, glossary } from '../../i18n/glossary.ts'

/** What the channel's page says, in a file of its own: the configuration page need not carry it. */
export interface ChannelWords extends Glossary {
  unknown: { title: string; text: string }
  paused: string
  pause: string
  resume: string
  pausedText: string
  waitingText: string
  edit: string
  cards: string
  muted: string
  /** What was just sent again does not go at once, and when it will. */
  later: { 'quiet hours'(when: string): string; pause: string; approval: string }
  noCards: { title: string; text: string }
  noMuted: { title: string; text: string }
  mutedText: string
  old: string
  failedAct: string
  more: string
  sendAgain: string
  attempts(count: number): string
  teamsSaid: string
  merged: string
  told(count: number): string
  heldUntil(when: string): string
  heldBy: Record<string, string>
  destination: string
  budget: string
  budgetHint: string
  used(used: number, most: number, window: string): string
  windowNames: Record<number, string>
  pending(count: number): string
  nextAt(when: string): string
  sharing: string
  thisOne: string
}

export const channelWords: Record<Language, ChannelWords> = {
  en: {
    ...glossary.en,
    unknown: {
      title: 'Nothing is set up here any more',
      text: 'Cardwire has no configuration for this tab. Remove the tab, or open its settings and save it again.',
    },
    paused: 'Paused',
    pause: 'Pause',
    resume: 'Resume',
    pausedText: 'Paused: what happens meanwhile is kept and sent when you resume.',
    waitingText: 'An administrator of Cardwire has to approve this first. Cards are kept until then.',
    edit: 'To change what comes here, open this tab’s menu in Teams and choose Settings.',
    cards: 'Cards',
    muted: 'Kept away',
    later: {
      'quiet hours': (when) => `The card is sent when quiet hours end: ${when}.`,
      pause: 'The card is sent when you resume.',
      approval: 'The card is sent once an administrator has approved.',
    },
    noCards: {
      title: 'No card yet',
      text: 'As soon as something happens that is wanted here, it appears.',
    },
    noMuted: {
      title: 'Nothing was kept away',
      text: 'Everything that happened lately was wanted here.',
    },
    mutedText: 'What happened lately and the rule did not ask for.',
    old: 'Cardwire cannot be reached just now: this is how things stood a moment ago.',
    failedAct: 'That did not work',
    more: 'Show more',
    sendAgain: 'Send again',
    attempts: (count) => (count === 1 ? '1 attempt' : `${count} attempts`),
    teamsSaid: 'Teams said:',
    merged: 'Told in a digest.',
    told: (count) => `${count} events in one card.`,
    heldUntil: (when) => `Held until ${when}.`,
    heldBy: {
      'quiet hours': 'Held for quiet hours.',
      digest: 'Held for the next digest.',
      pause: 'Held while paused.',
      approval: 'Held until an administrator approves.',
    },
    destination: 'Where cards go',
    budget: 'Messages that Teams allows',
    budgetHint: 'Beyond them, Cardwire puts several events into one card.',
    used: (used, most, window) => `${used} of ${most} in ${window}`,
    windowNames: {
      1: '1 second',
      30: '30 seconds',
      300: '5 minutes',
      3600: '1 hour',
      7200: '2 hours',
      86400: '24 hours',
    },
    pending: (count) => (count === 1 ? '1 card waits' : `${count} cards wait`),
    nextAt: (when) => `Next at ${when}`,
    sharing: 'Also on this address',
    thisOne: 'this one',
  },
  fr: {
    ...glossary.fr,
    unknown: {
      title: 'Plus rien n’est configuré ici',
      text: 'Cardwire n’a pas de configuration pour cet onglet. Retirez l’onglet, ou ouvrez ses paramètres et enregistrez-le à nouveau.',
    },
    paused: 'En pause',
    pause: 'Mettre en pause',
    resume: 'Reprendre',
    pausedText: 'En pause\u00A0: ce qui arrive entre-temps est conservé, puis envoyé à la reprise.',
    waitingText:
      'Un administrateur de Cardwire doit d’abord donner son accord. Les cartes sont conservées d’ici là.',
    edit: 'Pour changer ce qui arrive ici, ouvrez le menu de cet onglet dans Teams et choisissez Paramètres.',
    cards: 'Cartes',
    muted: 'Écartés',
    later: {
      'quiet hours': (when) => `La carte partira à la fin des heures calmes\u00A0: ${when}.`,
      pause: 'La carte partira à la reprise.',
      approval: 'La carte partira quand un administrateur aura donné son accord.',
    },
    noCards: {
      title: 'Pas encore de carte',
      text: 'Dès qu’il se passe quelque chose d’attendu ici, cela apparaît.',
    },
    noMuted: { title: 'Rien n’a été écarté', text: 'Tout ce qui s’est passé récemment était attendu ici.' },
    mutedText: 'Ce qui s’est passé récemment et que la règle n’a pas demandé.',
    old: 'Cardwire est injoignable pour l’instant\u00A0: voici l’état d’il y a un instant.',
    failedAct: 'Cela n’a pas fonctionné',
    more: 'Afficher plus',
    sendAgain: 'Renvoyer',
    attempts: (count) => (count < 2 ? `${count} tentative` : `${count} tentatives`),
    teamsSaid: 'Réponse de Teams\u00A0:',
    merged: 'Annoncé dans un résumé.',
    told: (count) => `${count} événements en une carte.`,
    heldUntil: (when) => `Retenue jusqu’à ${when}.`,
    heldBy: {
      'quiet hours': 'Retenue pendant les heures calmes.',
      digest: 'Retenue pour le prochain résumé.',
      pause: 'Retenue pendant la pause.',
      approval: 'Retenue jusqu’à l’approbation d’un administrateur.',
    },
    destination: 'Destination des cartes',
    budget: 'Messages autorisés par Teams',
    budgetHint: 'Au-delà, Cardwire regroupe plusieurs événements en une carte.',
    used: (used, most, window) => `${used} sur ${most} en ${window}`,
    windowNames: {
      1: '1 seconde',
      30: '30 secondes',
      300: '5 minutes',
      3600: '1 heure',
      7200: '2 heures',
      86400: '24 heures',
    },
    pending: (count) => (count < 2 ? `${count} carte en attente` : `${count} cartes en attente`),
    nextAt: (when) => `Prochaine à ${when}`,
    sharing: 'Aussi à cette adresse',
    thisOne: 'celle-ci',
  },
  zh: {
    ...glossary.zh,
    unknown: {
      title: '此处已没有任何设置',
      text: 'Cardwire 中没有此选项卡的配置。请移除该选项卡，或打开其设置并重新保存。',
    },
    paused: '已暂停',
    pause: '暂停',
    resume: '恢复',
    pausedText: '已暂停：期间发生的内容会保留，恢复后再发送。',
    waitingText: '须先经 Cardwire 管理员批准，在此之前卡片会暂存。',
    edit: '要更改接收的内容，请在 Teams 中打开此选项卡的菜单并选择“设置”。',
    cards: '卡片',
    muted: '已过滤',
    later: {
      'quiet hours': (when) => `卡片将在免打扰时段结束后发送：${when}。`,
      pause: '卡片将在恢复后发送。',
      approval: '卡片将在管理员批准后发送。',
    },
    noCards: { title: '还没有卡片', text: '一旦发生此处需要的事件，就会显示出来。' },
    noMuted: { title: '没有被过滤的事件', text: '最近发生的所有事件都符合规则。' },
    mutedText: '最近发生、但不符合规则的事件。',
    old: '暂时无法连接 Cardwire：以下是片刻之前的状态。',
    failedAct: '操作未成功',
    more: '显示更多',
    sendAgain: '重新发送',
    attempts: (count) => `${count} 次尝试`,
    teamsSaid: 'Teams 的回应：',
    merged: '已在摘要中告知。',
    told: (count) => `一张卡片包含 ${count} 个事件。`,
    heldUntil: (when) => `暂存至 ${when}。`,
    heldBy: {
      'quiet hours': '免打扰时段内暂存。',
      digest: '等待下一份摘要。',
      pause: '暂停期间暂存。',
      approval: '等待管理员批准。',
    },
    destination: '卡片发送到',
    budget: 'Teams 允许的消息数',
    budgetHint: '超出时，Cardwire 会把多个事件合为一张卡片。',
    used: (used, most, window) => `${window}内 ${used} / ${most}`,
    windowNames: { 1: '1 秒', 30: '30 秒', 300: '5 分钟', 3600: '1 小时', 7200: '2 小时', 86400: '24 小时' },
    pending: (count) => `${count} 张卡片等待中`,
    nextAt: (when) => `下一张：${when}`,
    sharing: '同一地址的其他配置',
    thisOne: '本配置',
  },
}
