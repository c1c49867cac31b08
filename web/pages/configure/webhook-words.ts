import type { Place } from '../../../server/model/configuration.ts'
import type { Language } from '../../../server/model/language.ts'

/** What is said around the workflow URL; fetched with its field, which most people see once. */
export interface WebhookWords {
  label: string
  hint: string
  placeholder: string
  change: string
  changeSummary: string
  classicSummary: string
  classic: string
  workflow: string
  test: string
  testing: string
  howTo: string
  /** In a channel and in a chat, Workflows is opened at different places. */
  steps(place: Place['kind']): readonly { title: string; text: string }[]
}

export const webhookWords: Record<Language, WebhookWords> = {
  en: {
    label: 'Workflow URL',
    hint: 'The address that takes the cards. Only Cardwire keeps it, sealed.',
    placeholder: 'Paste the URL that Workflows gave you',
    change: 'Where cards go',
    changeSummary: 'A workflow. Paste another URL to change it',
    classicSummary: 'A classic connector. Paste a workflow URL to go on',
    classic: 'Classic connector, which Microsoft has switched off: paste a workflow URL.',
    workflow: 'Workflow',
    test: 'Send a test card',
    testing: 'Waiting for Teams’ answer…',
    howTo: 'How to get a workflow URL in Teams',
    steps: (place) => [
      {
        title: 'Open Workflows',
        text:
          place === 'chat'
            ? 'In the list of chats, beside this one, choose ⋯ and then Workflows.'
            : 'Next to the channel’s name, choose ⋯ and then Workflows.',
      },
      {
        title: 'Choose the template',
        text: 'Choose “When a Teams webhook request is received”, and press Next until the flow is added.',
      },
      { title: 'Copy the URL', text: 'Press the copy button beside the URL, and paste it above.' },
    ],
  },
  fr: {
    label: 'URL de flux de travail',
    hint: 'L’adresse qui reçoit les cartes. Seul Cardwire la conserve, scellée.',
    placeholder: 'Collez l’URL fournie par Workflows',
    change: 'Destination des cartes',
    changeSummary: 'Un flux de travail. Collez une autre URL pour en changer',
    classicSummary: 'Un connecteur classique. Collez une URL de flux de travail pour continuer',
    classic: 'Connecteur classique, désactivé par Microsoft\u00A0: collez une URL de flux de travail.',
    workflow: 'Flux de travail',
    test: 'Envoyer une carte de test',
    testing: 'En attente de la réponse de Teams…',
    howTo: 'Obtenir une URL de flux de travail dans Teams',
    steps: (place) => [
      {
        title: 'Ouvrez Workflows',
        text:
          place === 'chat'
            ? 'Dans la liste des conversations, à côté de celle-ci, choisissez ⋯ puis Workflows.'
            : 'À côté du nom du canal, choisissez ⋯ puis Workflows.',
      },
      {
        title: 'Choisissez le modèle',
        text: 'Choisissez «\u00A0When a Teams webhook request is received\u00A0» (à la réception d’une requête de webhook Teams), puis Suivant jusqu’à l’ajout du flux de travail.',
      },
      {
        title: 'Copiez l’URL',
        text: 'Appuyez sur le bouton de copie à côté de l’URL, et collez-la ci-dessus.',
      },
    ],
  },
  zh: {
    label: '工作流 URL',
    hint: '接收卡片的地址。仅由 Cardwire 加密保存。',
    placeholder: '粘贴 Workflows 提供的 URL',
    change: '卡片发送到',
    changeSummary: '工作流。粘贴其他 URL 即可更改',
    classicSummary: '经典连接器。粘贴工作流 URL 以继续',
    classic: '经典连接器，已被 Microsoft 停用：请粘贴工作流 URL。',
    workflow: '工作流',
    test: '发送测试卡片',
    testing: '正在等待 Teams 回应…',
    howTo: '如何在 Teams 中获取工作流 URL',
    steps: (place) => [
      {
        title: '打开 Workflows',
        text:
          place === 'chat'
            ? '在聊天列表中，在此聊天旁选择 ⋯，然后选择 Workflows。'
            : '在频道名称旁选择 ⋯，然后选择 Workflows。',
      },
      {
        title: '选择模板',
        text: '选择“When a Teams webhook request is received”（收到 Teams Webhook 请求时），然后按“下一步”，直到流添加完成。',
      },
      { title: '复制 URL', text: '按 URL 旁的复制按钮，然后粘贴到上方。' },
    ],
  },
}
