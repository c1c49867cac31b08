import type { Language } from '../../model/language.ts'

/** The languages of our pages, as they call themselves. */
export const languageNames: Record<Language, string> = { en: 'English', fr: 'Français', zh: '简体中文' }

export interface LegalText {
  title: string
  /** What matters most; `{host}` is this server. */
  summary: string
  /** A paragraph may hold links of Markdown to our own pages; `{retention}` is how long this server keeps things. */
  sections: readonly { heading: string; paragraphs: readonly string[] }[]
}

type LegalPageName = 'about' | 'privacy' | 'terms'

/**
 * What we say by default about privacy and terms. Each sentence must be true of the code: what is kept, what
 * leaves the server, what is promised. Whoever runs a server may have texts of their own.
 */
export const legalTexts: Record<LegalPageName, Record<Language, LegalText>> = {
  about: {
    en: {
      title: 'Cards in the channel when it happens',
      summary:
        'Cardwire, at {host}, tells channels of Microsoft Teams what happens in the systems they care about, as it happens.',
      sections: [
        {
          heading: 'Set a channel up',
          paragraphs: [
            'In Teams, add a tab (+) to the channel or chat, choose Cardwire, a source and the events that are wanted, and press Save. Where classic connectors still work, the same page opens from the channel’s connectors.',
          ],
        },
        {
          heading: 'Run this server',
          paragraphs: [
            'What programs can ask of it is described in [its API](/docs).',
            'What it keeps and promises is told under [privacy](/privacy?lang=en) and [terms of use](/terms?lang=en).',
          ],
        },
      ],
    },
    fr: {
      title: 'Des cartes dans le canal, dès que cela arrive',
      summary:
        'Cardwire, sur {host}, annonce aux canaux de Microsoft Teams ce qui se passe dans les systèmes qui les intéressent, au moment où cela se passe.',
      sections: [
        {
          heading: 'Configurer un canal',
          paragraphs: [
            'Dans Teams, ajoutez un onglet (+) au canal ou à la conversation, choisissez Cardwire, une source et les événements voulus, puis appuyez sur Enregistrer. Là où les connecteurs classiques fonctionnent encore, la même page s’ouvre depuis les connecteurs du canal.',
          ],
        },
        {
          heading: 'Administrer ce serveur',
          paragraphs: [
            'Ce que des programmes peuvent lui demander est décrit dans [son API](/docs).',
            'Ce qu’il conserve et ce qu’il promet se lit sous [confidentialité](/privacy?lang=fr) et [conditions d’utilisation](/terms?lang=fr).',
          ],
        },
      ],
    },
    zh: {
      title: '事情一发生，卡片就到频道',
      summary: 'Cardwire 运行在 {host}，把频道关心的系统中发生的事情即时告知 Microsoft Teams 频道。',
      sections: [
        {
          heading: '设置频道',
          paragraphs: [
            '在 Teams 中为频道或聊天添加选项卡 (+)，选择 Cardwire、来源和需要的事件，然后按“保存”。在经典连接器仍可用的地方，也可以从频道的连接器打开同一页面。',
          ],
        },
        {
          heading: '管理此服务器',
          paragraphs: [
            '程序可以向它请求什么，见 [API 说明](/docs)。',
            '它保存什么、承诺什么，见[隐私说明](/privacy?lang=zh-Hans)和[使用条款](/terms?lang=zh-Hans)。',
          ],
        },
      ],
    },
  },
  privacy: {
    en: {
      title: 'Privacy',
      summary:
        'Cardwire runs on a server of your organisation, at {host}. It tells channels what happened in the systems that are connected to it, keeps what that takes, and sends nothing to its authors.',
      sections: [
        {
          heading: 'What it keeps',
          paragraphs: [
            'When someone sets up a channel: the names and ids of the team and the channel as Teams tells them, the chosen events and rules, language and time zone, the tenant id and object id of whoever saved, and the channel’s webhook URL.',
            'For each event: what the connected system told about it, such as a title, a text, links, and the names of people in them. For each card: what it said, when it was sent and what Teams answered. For each change that a person makes: who changed what, and when. For each request of a connected system that was refused: when, and why; nothing of what it held.',
          ],
        },
        {
          heading: 'How it is protected',
          paragraphs: [
            'Webhook URLs and secrets are encrypted in the database. The log holds ids, times and states; not what cards say, and no webhook URLs, secrets or tokens.',
          ],
        },
        {
          heading: 'Who receives it',
          paragraphs: [
            'Cards go to Microsoft Teams, into the channels that asked for them. To check who signs in, the server fetches public keys from Microsoft Entra; where someone signs in through a window of its own, it also sends Entra the one-time code that they came back with. Pictures on a card are loaded by Teams from wherever they are. Nothing else leaves the server.',
            'The pages inside Teams set no cookies; signing in through a window of its own sets one for at most ten minutes, and the administrators’ console one for twelve hours. They count no visits, and load nothing from elsewhere but the list of hosts that Teams trusts, from Microsoft, and the pictures of a card that they show.',
          ],
        },
        {
          heading: 'How long',
          paragraphs: [
            'Removing a configuration ends its cards and deletes the webhook URL, unless another configuration uses the same one. Events, cards and the record of what was sent are deleted {retention} after they have come to their end; who changed what, after a year; why a request was refused, after seven days.',
          ],
        },
        {
          heading: 'Whom to ask',
          paragraphs: [
            'The organisation that runs this server decides what is connected and is responsible for what is kept. Ask its administrator to see, correct or remove what concerns you.',
          ],
        },
      ],
    },
    fr: {
      title: 'Confidentialité',
      summary:
        'Cardwire fonctionne sur un serveur de votre organisation, à l’adresse {host}. Il annonce dans les canaux ce qui se passe dans les systèmes qui lui sont reliés, ne conserve que ce qu’il faut pour cela, et n’envoie rien à ses auteurs.',
      sections: [
        {
          heading: 'Ce qui est conservé',
          paragraphs: [
            'Quand quelqu’un configure un canal\u00A0: les noms et identifiants de l’équipe et du canal tels que Teams les donne, les événements et règles choisis, la langue et le fuseau horaire, l’identifiant de locataire et l’identifiant d’objet de la personne qui enregistre, et l’URL de webhook du canal.',
            'Pour chaque événement\u00A0: ce que le système relié en a dit, par exemple un titre, un texte, des liens, et les noms de personnes qui y figurent. Pour chaque carte\u00A0: ce qu’elle disait, quand elle a été envoyée et ce que Teams a répondu. Pour chaque modification faite par une personne\u00A0: qui a modifié quoi, et quand. Pour chaque requête refusée d’un système relié\u00A0: quand et pourquoi\u00A0; rien de ce qu’elle contenait.',
          ],
        },
        {
          heading: 'Comment c’est protégé',
          paragraphs: [
            'Les URL de webhook et les secrets sont chiffrés dans la base de données. Le journal contient des identifiants, des heures et des états\u00A0; ni le contenu des cartes, ni URL de webhook, ni secret, ni jeton.',
          ],
        },
        {
          heading: 'Qui le reçoit',
          paragraphs: [
            'Les cartes vont à Microsoft Teams, dans les canaux qui les ont demandées. Pour vérifier qui se connecte, le serveur lit des clés publiques chez Microsoft Entra\u00A0; quand une personne se connecte dans une fenêtre à part, il envoie aussi à Entra le code à usage unique avec lequel elle en revient. Les images d’une carte sont chargées par Teams là où elles se trouvent. Rien d’autre ne quitte le serveur.',
            'Dans Teams, ces pages ne déposent aucun cookie\u00A0; la fenêtre de connexion en dépose un pour dix minutes au plus, et la console des administrateurs un pour douze heures. Elles ne comptent pas les visites, et ne chargent rien d’ailleurs, sinon, chez Microsoft, la liste des hôtes auxquels Teams fait confiance, et les images des cartes qu’elles montrent.',
          ],
        },
        {
          heading: 'Combien de temps',
          paragraphs: [
            'Supprimer une configuration met fin à ses cartes et efface l’URL de webhook, sauf si une autre configuration utilise la même. Les événements, les cartes et la trace de ce qui a été envoyé sont effacés {retention} après leur fin\u00A0; qui a modifié quoi, au bout d’un an\u00A0; la raison d’une requête refusée, au bout de sept jours.',
          ],
        },
        {
          heading: 'À qui s’adresser',
          paragraphs: [
            'L’organisation qui exploite ce serveur décide de ce qui y est relié et répond de ce qui est conservé. Demandez à son administrateur de consulter, de corriger ou de supprimer ce qui vous concerne.',
          ],
        },
      ],
    },
    zh: {
      title: '隐私',
      summary:
        'Cardwire 运行在您所在组织的服务器 {host} 上。它把已连接系统中发生的事情告知频道，只保存为此所需的内容，不向其作者发送任何信息。',
      sections: [
        {
          heading: '保存哪些内容',
          paragraphs: [
            '有人配置频道时：Teams 提供的团队和频道的名称与标识、所选的事件和规则、语言和时区、保存者的租户 ID 和对象 ID，以及该频道的 Webhook URL。',
            '每个事件：已连接系统所告知的内容，例如标题、正文、链接，以及其中出现的人名。每张卡片：卡片内容、发送时间和 Teams 的答复。每次由人进行的更改：谁在何时更改了什么。已连接系统的每个被拒绝的请求：拒绝的时间和原因，不含请求的内容。',
          ],
        },
        {
          heading: '如何保护',
          paragraphs: [
            'Webhook URL 和机密信息在数据库中加密保存。日志只包含标识、时间和状态，不包含卡片内容，也不包含 Webhook URL、机密信息或令牌。',
          ],
        },
        {
          heading: '谁会收到',
          paragraphs: [
            '卡片会发送到 Microsoft Teams 中请求了它们的频道。为核实登录者的身份，服务器会从 Microsoft Entra 获取公钥；有人在单独的窗口中登录时，服务器还会把其带回的一次性代码发送给 Entra。卡片上的图片由 Teams 从其所在位置加载。除此之外，没有任何内容离开服务器。',
            'Teams 内的页面不设置 Cookie；单独的登录窗口会设置一个最多保留十分钟的 Cookie，管理员控制台会设置一个保留十二小时的 Cookie。这些页面不统计访问，除了从 Microsoft 获取 Teams 信任的主机列表以及加载所显示卡片中的图片之外，不从别处加载任何内容。',
          ],
        },
        {
          heading: '保存多久',
          paragraphs: [
            '删除配置后，其卡片即告停止，Webhook URL 也会被删除，除非另有配置使用同一个 URL。事件、卡片和发送记录在结束后保留{retention}，随后删除；更改记录保留一年，请求被拒绝的原因保留七天。',
          ],
        },
        {
          heading: '向谁询问',
          paragraphs: [
            '运营此服务器的组织决定连接哪些系统，并对所保存的内容负责。如需查看、更正或删除与您有关的内容，请联系其管理员。',
          ],
        },
      ],
    },
  },
  terms: {
    en: {
      title: 'Terms of use',
      summary:
        'Cardwire is free software under the MIT licence, run by your organisation at {host}. Where your organisation has terms of its own, those apply.',
      sections: [
        {
          heading: 'What it does',
          paragraphs: [
            'It takes events from the systems that your organisation connects and posts them as cards into the channels that asked for them. Each card is tried until Teams takes it, refuses it, or too much time has passed, and a record says which.',
          ],
        },
        {
          heading: 'What it cannot promise',
          paragraphs: [
            'Teams limits how many messages a channel takes, and can be out of order. A card can be late, and after a failure one can come twice. Do not rely on it alone where safety, health or money hang on a message.',
          ],
        },
        {
          heading: 'What is asked of you',
          paragraphs: [
            'Connect only what the members of a channel may see. Keep webhook URLs, secrets and tokens to yourself: whoever has one can post, or more.',
          ],
        },
        {
          heading: 'No warranty',
          paragraphs: [
            'The software comes as it is, without warranty of any kind, as its licence says. Microsoft Teams is a service of Microsoft under Microsoft’s terms; Cardwire is not a product of Microsoft.',
          ],
        },
      ],
    },
    fr: {
      title: 'Conditions d’utilisation',
      summary:
        'Cardwire est un logiciel libre sous licence MIT, exploité par votre organisation à l’adresse {host}. Si votre organisation a ses propres conditions, ce sont elles qui s’appliquent.',
      sections: [
        {
          heading: 'Ce qu’il fait',
          paragraphs: [
            'Il reçoit les événements des systèmes que votre organisation lui relie et les publie sous forme de cartes dans les canaux qui les ont demandées. Chaque carte est tentée jusqu’à ce que Teams l’accepte, la refuse, ou que trop de temps ait passé, et une trace dit ce qu’il en est.',
          ],
        },
        {
          heading: 'Ce qu’il ne peut promettre',
          paragraphs: [
            'Teams limite le nombre de messages par canal et peut être en panne. Une carte peut être en retard et, après un incident, arriver deux fois. Ne comptez pas sur lui seul quand la sécurité, la santé ou de l’argent dépendent d’un message.',
          ],
        },
        {
          heading: 'Ce qui vous est demandé',
          paragraphs: [
            'Ne reliez que ce que les membres d’un canal ont le droit de voir. Gardez pour vous les URL de webhook, les secrets et les jetons\u00A0: qui en possède un peut publier, ou davantage.',
          ],
        },
        {
          heading: 'Aucune garantie',
          paragraphs: [
            'Le logiciel est fourni tel quel, sans garantie d’aucune sorte, comme le dit sa licence. Microsoft Teams est un service de Microsoft soumis aux conditions de Microsoft\u00A0; Cardwire n’est pas un produit de Microsoft.',
          ],
        },
      ],
    },
    zh: {
      title: '使用条款',
      summary:
        'Cardwire 是采用 MIT 许可证的自由软件，由您所在的组织在 {host} 上运营。如果您的组织另有条款，则以其条款为准。',
      sections: [
        {
          heading: '它做什么',
          paragraphs: [
            '它接收您的组织所连接的系统的事件，并以卡片形式发布到请求了它们的频道。每张卡片都会不断尝试发送，直到 Teams 接受、拒绝，或时间过久为止，并有记录说明结果。',
          ],
        },
        {
          heading: '它无法保证什么',
          paragraphs: [
            'Teams 限制每个频道可接收的消息数量，也可能出现故障。卡片可能迟到，故障之后同一张卡片可能出现两次。如果安全、健康或金钱取决于某条消息，请不要只依赖它。',
          ],
        },
        {
          heading: '对您的要求',
          paragraphs: [
            '只连接频道成员可以看到的内容。请妥善保管 Webhook URL、机密信息和令牌：持有者即可发布消息，甚至做更多的事情。',
          ],
        },
        {
          heading: '无担保',
          paragraphs: [
            '如许可证所述，本软件按原样提供，不附带任何形式的担保。Microsoft Teams 是 Microsoft 的服务，适用 Microsoft 的条款；Cardwire 不是 Microsoft 的产品。',
          ],
        },
      ],
    },
  },
}
