import type { Severity } from '../model/event.ts'

/** Every sentence we put on a card ourselves. A language without one of them does not compile. */
export interface Words {
  severity: Record<Exclude<Severity, 'info'>, string>
  events: string
  welcome: Notice
  test: Notice
  moved: Notice
}

interface Notice {
  title: string
  /** Markdown; the name comes escaped. */
  text: (name: string) => string
}

/** The words for a language tag; English where we do not speak the language. */
export function wordsFor(locale: string): Words {
  const language = locale.slice(0, 2).toLowerCase()
  return Object.hasOwn(languages, language) ? (languages[language] ?? english) : english
}

const english: Words = {
  severity: { success: 'Success', warning: 'Warning', critical: 'Critical' },
  events: 'Events',
  welcome: {
    title: 'This channel is connected',
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
}

const french: Words = {
  severity: { success: 'Réussi', warning: 'Attention', critical: 'Critique' },
  events: 'Événements',
  welcome: {
    title: 'Ce canal est connecté',
    text: (source) => `Désormais, les cartes de **${source}** paraissent ici au fil des événements.`,
  },
  test: {
    title: 'Ceci est une carte d’essai',
    text: (name) => `Elle a été envoyée pour **${name}**. Vous la lisez : tout fonctionne.`,
  },
  moved: {
    title: 'Ces cartes vont maintenant ailleurs',
    text: (name) =>
      `**${name}** a reçu une autre adresse de webhook. Si personne ici n’est au courant, demandez aux propriétaires de l’équipe.`,
  },
}

const chinese: Words = {
  severity: { success: '成功', warning: '警告', critical: '严重' },
  events: '事件',
  welcome: {
    title: '此频道已连接',
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
}

const languages: Record<string, Words> = { en: english, fr: french, zh: chinese }
