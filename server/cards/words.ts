import type { Severity } from '../model/event.ts'
import { type Language, languageOf } from '../model/language.ts'

/** Every sentence we put on a card ourselves. A language without one of them does not compile. */
export interface Words {
  severity: Record<Exclude<Severity, 'info'>, string>
  events: string
  /** Before the names of those whom a card is for. */
  mentions: string
  welcome: Notice
  test: Notice
  moved: Notice
  /** To the operations channel; the name is the reason. */
  trouble: Record<'failing' | 'gone', Notice> & { channels: string }
}

interface Notice {
  title: string
  /** Markdown; the name comes escaped. */
  text: (name: string) => string
}

/** The words for a language tag; English where we do not speak the language. */
export function wordsFor(locale: string): Words {
  return languages[languageOf(locale)]
}

const english: Words = {
  severity: { success: 'Success', warning: 'Warning', critical: 'Critical' },
  events: 'Events',
  mentions: 'For',
  welcome: {
    title: 'Cardwire is connected',
    text: (source) => `From now on, cards from **${source}** appear here as things happen.`,
  },
  test: {
    title: 'This is a test card',
    text: (name) => `It was sent for **${name}**. You can read it, so everything works.`,
  },
  moved: {
    title: 'These cards now go elsewhere',
    text: (name) =>
      `**${name}** was given another webhook address. If nobody here knows of it, ask the team's owners.`,
  },
  trouble: {
    failing: {
      title: 'A channel cannot be reached',
      text: (reason) => `Its cards wait and are tried again, for a day at the most. ${reason}`,
    },
    gone: {
      title: 'A channel’s webhook is gone',
      text: (reason) => `No more cards are sent there until someone saves it again in Teams. ${reason}`,
    },
    channels: 'Concerned',
  },
}

const french: Words = {
  severity: { success: 'Réussi', warning: 'Attention', critical: 'Critique' },
  events: 'Événements',
  mentions: 'Pour',
  welcome: {
    title: 'Cardwire est connecté',
    text: (source) => `Désormais, les cartes de **${source}** paraissent ici au fil des événements.`,
  },
  test: {
    title: 'Ceci est une carte d’essai',
    text: (name) => `Elle a été envoyée pour **${name}**. Vous la lisez\u00A0: tout fonctionne.`,
  },
  moved: {
    title: 'Ces cartes vont maintenant ailleurs',
    text: (name) =>
      `**${name}** a reçu une autre adresse de webhook. Si personne ici n’est au courant, demandez aux propriétaires de l’équipe.`,
  },
  trouble: {
    failing: {
      title: 'Un canal est injoignable',
      text: (reason) => `Ses cartes attendent et sont retentées, pendant un jour au plus. ${reason}`,
    },
    gone: {
      title: 'Le webhook d’un canal n’existe plus',
      text: (reason) =>
        `Plus aucune carte n’y est envoyée tant qu’il n’est pas réenregistré dans Teams. ${reason}`,
    },
    channels: 'Concerne',
  },
}

const chinese: Words = {
  severity: { success: '成功', warning: '警告', critical: '严重' },
  events: '事件',
  mentions: '相关人员',
  welcome: {
    title: 'Cardwire 已连接',
    text: (source) => `从现在起，来自 **${source}** 的卡片会随事件发生显示在这里。`,
  },
  test: {
    title: '这是一张测试卡片',
    text: (name) => `这张卡片是为 **${name}** 发送的。您能看到它，说明一切正常。`,
  },
  moved: {
    title: '这些卡片现在发送到别处',
    text: (name) => `**${name}** 换了新的 Webhook 地址。如果这里没有人知道此事，请询问团队所有者。`,
  },
  trouble: {
    failing: {
      title: '无法送达某个频道',
      text: (reason) => `其卡片正在等待并会重试，最多一天。${reason}`,
    },
    gone: {
      title: '某个频道的 Webhook 已不存在',
      text: (reason) => `在 Teams 中重新保存之前，不会再向那里发送卡片。${reason}`,
    },
    channels: '涉及',
  },
}

const languages: Record<Language, Words> = { en: english, fr: french, zh: chinese }
