import type { Text } from '../model/text.ts'

/** The words of `explain.ts`. Accepted is never told as delivered: what a flow does with a card, nobody can see. */
export const told = {
  delivered: {
    why: {
      en: 'Teams took the card and put it into the channel.',
      fr: 'Teams a accepté la carte et l’a publiée dans le canal.',
      zh: 'Teams 已接收卡片并发布到频道中。',
    },
  },
  accepted: {
    why: {
      en: 'The workflow accepted the card. Whether its flow then posts it, only Teams shows.',
      fr: 'Le flux de travail a accepté la carte. Seul Teams montre s’il la publie ensuite.',
      zh: '工作流已接受卡片。之后是否发布，只能在 Teams 中看到。',
    },
    whatToDo: {
      en: 'See whether the card is there. If none comes, open Workflows in Teams and read the flow’s last run.',
      fr: 'Regardez si la carte est là. Si aucune n’arrive, ouvrez Workflows dans Teams et consultez la dernière exécution du flux de travail.',
      zh: '请查看卡片是否已出现。如果没有，请在 Teams 中打开 Workflows，查看该流的上次运行情况。',
    },
  },
  throttled: {
    why: {
      en: 'Teams is getting too many messages at this address just now.',
      fr: 'Teams reçoit actuellement trop de messages à cette adresse.',
      zh: '目前发送到此地址的消息过多，Teams 暂不接收。',
    },
    whatToDo: {
      en: 'Cards that wait are sent as soon as Teams takes them again. Try a test in a few minutes.',
      fr: 'Les cartes en attente partent dès que Teams les accepte à nouveau. Refaites un essai dans quelques minutes.',
      zh: '等待中的卡片会在 Teams 恢复接收后立即发送。请几分钟后再测试。',
    },
  },
  unknown: {
    why: {
      en: 'Cardwire was interrupted before Teams answered: the card may have arrived.',
      fr: 'Cardwire a été interrompu avant la réponse de Teams\u00A0: la carte est peut-être arrivée.',
      zh: 'Cardwire 在 Teams 回应之前中断：卡片可能已经送达。',
    },
    whatToDo: {
      en: 'See whether the card is there, and try again if it is not.',
      fr: 'Regardez si la carte est là, et réessayez si elle n’y est pas.',
      zh: '请查看卡片是否已出现；如果没有，请重试。',
    },
  },
  unreachable: {
    why: {
      en: 'Teams could not be reached at this address, or did not answer in time.',
      fr: 'Teams est injoignable à cette adresse ou n’a pas répondu à temps.',
      zh: '无法通过此地址连接 Teams，或 Teams 未及时回应。',
    },
    whatToDo: {
      en: 'Try again in a moment. If it goes on, copy the URL again from Teams, or ask your administrator whether this server may reach it.',
      fr: 'Réessayez dans un instant. Si cela persiste, copiez à nouveau l’URL depuis Teams, ou demandez à votre administrateur si ce serveur peut y accéder.',
      zh: '请稍后重试。如果仍然如此，请从 Teams 重新复制 URL，或询问管理员此服务器能否访问它。',
    },
    administratorDoes: {
      en: 'If it goes on, see whether this server may reach that host, for instance through its firewall.',
      fr: 'Si cela persiste, vérifiez que ce serveur peut accéder à cet hôte, par exemple à travers son pare-feu.',
      zh: '如果仍然如此，请检查此服务器能否访问该主机，例如防火墙是否允许。',
    },
  },
  inTrouble: {
    why: {
      en: 'Teams has trouble of its own just now and did not take the card.',
      fr: 'Teams rencontre un problème de son côté et n’a pas accepté la carte.',
      zh: 'Teams 目前自身出现问题，未接收卡片。',
    },
    whatToDo: {
      en: 'There is nothing you need to change. Try again in a moment.',
      fr: 'Vous n’avez rien à modifier. Réessayez dans un instant.',
      zh: '您无需更改任何设置。请稍后重试。',
    },
  },
  connectorGone: {
    why: {
      en: 'This classic connector is gone: it was removed from the channel, or Microsoft has switched it off.',
      fr: 'Ce connecteur classique n’existe plus\u00A0: il a été retiré du canal, ou Microsoft l’a désactivé.',
      zh: '此经典连接器已失效：它已从频道中移除，或已被 Microsoft 停用。',
    },
    whatToDo: {
      en: 'Make a workflow in Teams and paste its URL here. Name, rule and history stay as they are.',
      fr: 'Créez un flux de travail dans Teams et collez son URL ici. Le nom, la règle et l’historique restent inchangés.',
      zh: '请在 Teams 中创建工作流，并将其 URL 粘贴到此处。名称、规则和历史记录保持不变。',
    },
  },
  workflowGone: {
    why: {
      en: 'The flow behind this URL was deleted or is switched off.',
      fr: 'Le flux de travail de cette URL a été supprimé ou désactivé.',
      zh: '此 URL 对应的流已被删除或关闭。',
    },
    whatToDo: {
      en: 'Switch it on in Workflows, or make a new one and paste its URL.',
      fr: 'Activez-le dans Workflows, ou créez-en un nouveau et collez son URL.',
      zh: '请在 Workflows 中启用它，或新建一个并粘贴其 URL。',
    },
  },
  flowNotOpen: {
    why: {
      en: 'The flow wants a sign-in.',
      fr: 'Le flux de travail exige une connexion.',
      zh: '该流要求登录。',
    },
    whatToDo: {
      en: 'In Workflows, let “Anyone” trigger the flow, and copy its whole URL again, up to the end of `sig=…`.',
      fr: 'Dans Workflows, autorisez «\u00A0Tout le monde\u00A0» à déclencher le flux de travail, puis copiez à nouveau toute son URL, jusqu’à la fin de `sig=…`.',
      zh: '请在 Workflows 中允许“任何人”触发该流，然后重新复制完整的 URL，直到 `sig=…` 的末尾。',
    },
  },
  urlRefused: {
    why: {
      en: 'Teams does not accept this webhook URL.',
      fr: 'Teams n’accepte pas cette URL de webhook.',
      zh: 'Teams 不接受此 Webhook URL。',
    },
    whatToDo: {
      en: 'Save it again in Teams, or paste a workflow URL.',
      fr: 'Enregistrez-la à nouveau dans Teams, ou collez une URL de flux de travail.',
      zh: '请在 Teams 中重新保存，或粘贴工作流 URL。',
    },
  },
  redirected: {
    why: {
      en: 'This URL only leads to another one, which Cardwire does not follow.',
      fr: 'Cette URL ne fait que renvoyer vers une autre, que Cardwire ne suit pas.',
      zh: '此 URL 只会重定向到另一个地址，Cardwire 不会跟随。',
    },
    whatToDo: {
      en: 'Copy the webhook URL again from Teams.',
      fr: 'Copiez à nouveau l’URL du webhook depuis Teams.',
      zh: '请从 Teams 重新复制 Webhook URL。',
    },
  },
  tooLarge: {
    why: {
      en: 'The card was too large for Teams.',
      fr: 'La carte était trop volumineuse pour Teams.',
      zh: '卡片过大，Teams 无法接收。',
    },
  },
  cardRefused: {
    why: {
      en: 'Teams did not accept this card.',
      fr: 'Teams n’a pas accepté cette carte.',
      zh: 'Teams 未接受此卡片。',
    },
    whatToDo: {
      en: 'Tell your Cardwire administrator, who can read what Teams answered. Other cards are not affected.',
      fr: 'Prévenez votre administrateur Cardwire, qui peut lire la réponse de Teams. Les autres cartes ne sont pas concernées.',
      zh: '请告知 Cardwire 管理员，管理员可以查看 Teams 的回应。其他卡片不受影响。',
    },
    administratorDoes: {
      en: 'Compare what Teams answered with the card. Other cards are not affected.',
      fr: 'Comparez la réponse de Teams avec la carte. Les autres cartes ne sont pas concernées.',
      zh: '请对照 Teams 的回应和卡片内容。其他卡片不受影响。',
    },
  },
  poison: {
    why: {
      en: 'Teams answered every attempt at this card with an error, and took the next card.',
      fr: 'Teams a répondu par une erreur à chaque tentative d’envoi de cette carte, et a accepté la suivante.',
      zh: 'Teams 对此卡片的每次发送都返回错误，但接收了下一张卡片。',
    },
    whatToDo: {
      en: 'Send it again, or tell your Cardwire administrator.',
      fr: 'Renvoyez-la, ou prévenez votre administrateur Cardwire.',
      zh: '请重新发送，或告知 Cardwire 管理员。',
    },
    administratorDoes: {
      en: 'Send it again; if that fails too, something in this card is more than Teams can take.',
      fr: 'Renvoyez-la\u00A0; si cela échoue aussi, quelque chose dans cette carte dépasse ce que Teams accepte.',
      zh: '请重新发送；如果仍然失败，则卡片中有 Teams 无法接受的内容。',
    },
  },
  undrawable: {
    why: {
      en: 'Cardwire could not draw this card. The fault is ours.',
      fr: 'Cardwire n’a pas pu dessiner cette carte. La faute nous revient.',
      zh: 'Cardwire 无法生成此卡片，这是我们的问题。',
    },
    whatToDo: {
      en: 'Tell your Cardwire administrator: the server’s log says why.',
      fr: 'Prévenez votre administrateur Cardwire\u00A0: le journal du serveur en donne la raison.',
      zh: '请告知 Cardwire 管理员：服务器日志中有原因。',
    },
    administratorDoes: {
      en: 'The server’s log says why, under `card.failed`.',
      fr: 'Le journal du serveur en donne la raison, sous `card.failed`.',
      zh: '服务器日志中的 `card.failed` 说明了原因。',
    },
  },
  expired: {
    en: 'Teams did not take the card for so long that it was given up.',
    fr: 'Teams n’a pas pris la carte pendant si longtemps que l’envoi a été abandonné.',
    zh: 'Teams 长时间未接收此卡片，已放弃发送。',
  },
  removed: {
    en: 'It was not sent: what it belonged to was removed or changed before.',
    fr: 'Elle n’a pas été envoyée\u00A0: ce dont elle dépendait a été supprimé ou modifié auparavant.',
    zh: '卡片未发送：其所属配置在此之前已被移除或更改。',
  },
  windowsFull: {
    why: {
      en: 'Not sent: this address has had as many messages as Teams allows for now.',
      fr: 'Non envoyée\u00A0: cette adresse a reçu autant de messages que Teams en autorise pour le moment.',
      zh: '未发送：此地址目前收到的消息已达 Teams 允许的上限。',
    },
    whatToDo: {
      en: 'Try again in a few minutes. Cards that wait are sent by themselves.',
      fr: 'Réessayez dans quelques minutes. Les cartes en attente partent d’elles-mêmes.',
      zh: '请几分钟后重试。等待中的卡片会自动发送。',
    },
  },
  queued: {
    why: {
      en: 'Not sent: other cards for this address go first.',
      fr: 'Non envoyée\u00A0: d’autres cartes pour cette adresse passent d’abord.',
      zh: '未发送：发往此地址的其他卡片排在前面。',
    },
    whatToDo: {
      en: 'Try again in a minute.',
      fr: 'Réessayez dans une minute.',
      zh: '请一分钟后重试。',
    },
  },
  disabled: {
    why: {
      en: 'An administrator has switched this address off in Cardwire.',
      fr: 'Un administrateur a désactivé cette adresse dans Cardwire.',
      zh: '管理员已在 Cardwire 中停用此地址。',
    },
    whatToDo: {
      en: 'Ask your Cardwire administrator to switch it on again.',
      fr: 'Demandez à votre administrateur Cardwire de la réactiver.',
      zh: '请联系 Cardwire 管理员重新启用。',
    },
    administratorDoes: {
      en: 'Switch it on again in the menu of its channel.',
      fr: 'Réactivez-la dans le menu de son canal.',
      zh: '请在其频道的菜单中重新启用。',
    },
  },
} satisfies Record<string, Text | { why: Text; whatToDo?: Text; administratorDoes?: Text }>
