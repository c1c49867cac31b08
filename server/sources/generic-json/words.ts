import type { SchemaWords } from '../source.ts'

/** What the form of the settings says to people, whatever their language. */
export const words: SchemaWords = {
  titles: {
    proof: { en: 'Proof', fr: 'Preuve', zh: '来源证明' },
    bearer: { en: 'Bearer token', fr: 'Jeton porteur', zh: '持有者令牌' },
    hmac: { en: 'Signature', fr: 'Signature', zh: '签名' },
    header: { en: 'Header', fr: 'En-tête', zh: '标头' },
    hash: { en: 'Hash', fr: 'Hachage', zh: '哈希' },
    encoding: { en: 'Encoding', fr: 'Codage', zh: '编码' },
    prefix: { en: 'Prefix', fr: 'Préfixe', zh: '前缀' },
    eventTypes: { en: 'Event types', fr: 'Types d’événements', zh: '事件类型' },
    type: { en: 'Type', fr: 'Type', zh: '类型' },
    title: { en: 'Title', fr: 'Titre', zh: '标题' },
    en: { en: 'English', fr: 'Anglais', zh: '英文' },
    fr: { en: 'French', fr: 'Français', zh: '法文' },
    zh: { en: 'Simplified Chinese', fr: 'Chinois simplifié', zh: '简体中文' },
    otherwise: { en: 'Otherwise', fr: 'Sinon', zh: '其他情况' },
    items: { en: 'Items', fr: 'Éléments', zh: '元素' },
    id: { en: 'ID', fr: 'Identifiant', zh: '标识' },
    pointer: { en: 'Pointer', fr: 'Pointeur', zh: '指针' },
    template: { en: 'Template', fr: 'Modèle', zh: '模板' },
    subject: { en: 'Subject', fr: 'Sujet', zh: '对象' },
    text: { en: 'Text', fr: 'Texte', zh: '文本' },
    severity: { en: 'Severity', fr: 'Gravité', zh: '严重程度' },
    occurredAt: { en: 'Time', fr: 'Date et heure', zh: '时间' },
    actor: { en: 'Who did it', fr: 'Fait par', zh: '操作人' },
    name: { en: 'Name', fr: 'Nom', zh: '名称' },
    imageUrl: { en: 'Picture', fr: 'Image', zh: '图片' },
    links: { en: 'Links', fr: 'Liens', zh: '链接' },
    url: { en: 'Address', fr: 'Adresse', zh: '地址' },
    mentions: { en: 'Mentions', fr: 'Mentions', zh: '提及' },
    facts: { en: 'Facts', fr: 'Faits', zh: '要点' },
    value: { en: 'Value', fr: 'Valeur', zh: '值' },
    fields: { en: 'Fields', fr: 'Champs', zh: '字段' },
    field: { en: 'Key', fr: 'Clé', zh: '键' },
    number: { en: 'Number', fr: 'Nombre', zh: '数字' },
    boolean: { en: 'Yes or no', fr: 'Oui ou non', zh: '是或否' },
    list: { en: 'List', fr: 'Liste', zh: '列表' },
  },
  descriptions: {
    'How the sender proves itself.': {
      fr: 'Comment l’expéditeur prouve qui il est.',
      zh: '发送方如何证明自己的身份。',
    },
    'The secret itself as a bearer token.': {
      fr: 'Le secret lui-même, comme jeton porteur.',
      zh: '将密钥本身用作持有者令牌。',
    },
    'Authorization: Bearer, and the secret.': {
      fr: 'Authorization: Bearer, puis le secret.',
      zh: 'Authorization: Bearer，后跟密钥。',
    },
    'An HMAC in a header.': { fr: 'Un HMAC dans un en-tête.', zh: '标头中的 HMAC。' },
    'A signature over the raw body, keyed with the secret.': {
      fr: 'Une signature du corps brut, avec le secret pour clé.',
      zh: '以密钥对原始正文所做的签名。',
    },
    'The header that carries it, such as X-Hub-Signature-256.': {
      fr: 'L’en-tête qui la porte, comme X-Hub-Signature-256.',
      zh: '携带签名的标头，例如 X-Hub-Signature-256。',
    },
    'The hash of the HMAC.': { fr: 'Le hachage du HMAC.', zh: 'HMAC 所用的哈希算法。' },
    'How its bytes are written.': { fr: 'Comment ses octets sont écrits.', zh: '其字节的书写方式。' },
    'What stands before it in the header, such as sha256=.': {
      fr: 'Ce qui la précède dans l’en-tête, comme sha256=.',
      zh: '标头中签名之前的内容，例如 sha256=。',
    },
    'What channels can choose from.': {
      fr: 'Ce que les canaux peuvent choisir.',
      zh: '频道可以选择的内容。',
    },
    'Its key in rules: `task.created`.': {
      fr: 'Sa clé dans les règles\u00A0: `task.created`.',
      zh: '它在规则中的键：`task.created`。',
    },
    'What people read: Created.': {
      fr: 'Ce que les gens lisent\u00A0: Créée.',
      zh: '人们看到的文字：已创建。',
    },
    'The same for everyone.': { fr: 'Le même pour tous.', zh: '对所有人相同。' },
    'In each language.': { fr: 'Dans chaque langue.', zh: '按语言分别填写。' },
    'In English.': { fr: 'En anglais.', zh: '英文。' },
    'In French.': { fr: 'En français.', zh: '法文。' },
    'In Simplified Chinese.': { fr: 'En chinois simplifié.', zh: '简体中文。' },
    'The declared event type of whatever is of none of them. Without it such a request is refused.': {
      fr: 'Le type d’événement déclaré pour tout ce qui n’est d’aucun d’eux. Sans lui, une telle requête est refusée.',
      zh: '不属于任何已声明类型的内容所用的事件类型。未设置时，此类请求会被拒绝。',
    },
    'A JSON pointer to an array in the body each of whose elements is an event.': {
      fr: 'Un pointeur JSON vers un tableau du corps dont chaque élément est un événement.',
      zh: '指向正文中一个数组的 JSON 指针，数组的每个元素是一个事件。',
    },
    "The sender's own id of the event: the same id is the same event.": {
      fr: 'L’identifiant que l’expéditeur donne à l’événement\u00A0: même identifiant, même événement.',
      zh: '发送方自己的事件标识：标识相同即为同一事件。',
    },
    'A JSON pointer, such as /task/title.': {
      fr: 'Un pointeur JSON, comme /task/title.',
      zh: 'JSON 指针，例如 /task/title。',
    },
    'A Liquid template. It sees body, item (the element of items, else the body) and headers (lower case).': {
      fr: 'Un modèle Liquid. Il voit body, item (l’élément de items, sinon le corps) et headers (en minuscules).',
      zh: 'Liquid 模板。可使用 body、item（items 的元素，否则为正文）和 headers（小写）。',
    },
    'The event type. A template that gives nothing says that this is no event.': {
      fr: 'Le type de l’événement. Un modèle qui ne donne rien dit que ce n’en est pas un.',
      zh: '事件类型。模板结果为空表示这不是事件。',
    },
    "One line. Where it is empty, the event type's title stands in.": {
      fr: 'Une ligne. Si elle est vide, le titre du type d’événement la remplace.',
      zh: '一行文字。为空时使用事件类型的标题。',
    },
    'What it is about, stable over its events: an issue, a build.': {
      fr: 'De quoi il s’agit, stable d’un événement à l’autre\u00A0: un ticket, une compilation.',
      zh: '事件所涉及的对象，在其各事件中保持不变：一个议题、一次构建。',
    },
    'More of it, in basic Markdown.': {
      fr: 'Plus de détails, en Markdown simple.',
      zh: '更多内容，使用基本 Markdown。',
    },
    'info, success, warning or critical; anything else is info.': {
      fr: 'info, success, warning ou critical\u00A0; tout autre mot vaut info.',
      zh: 'info、success、warning 或 critical；其他内容视为 info。',
    },
    'An RFC 3339 time, or seconds or milliseconds since 1970; else the moment of receipt.': {
      fr: 'Une date RFC 3339, ou des secondes ou millisecondes depuis 1970\u00A0; sinon le moment de réception.',
      zh: 'RFC 3339 时间，或自 1970 年起的秒数或毫秒数；否则为接收时刻。',
    },
    'Who made it happen.': { fr: 'Qui en est à l’origine.', zh: '由谁引发。' },
    'What people call them.': { fr: 'Comment on les appelle.', zh: '人们对其的称呼。' },
    'A picture: an https address.': { fr: 'Une image\u00A0: une adresse https.', zh: '图片：https 地址。' },
    'A picture of what happened: an https address.': {
      fr: 'Une image de ce qui s’est passé\u00A0: une adresse https.',
      zh: '所发生之事的图片：https 地址。',
    },
    'Where to read more. Those without an address are left out.': {
      fr: 'Où en lire plus. Ceux sans adresse sont omis.',
      zh: '可了解更多的地方。没有地址的会被略去。',
    },
    'What the button says.': { fr: 'Ce que dit le bouton.', zh: '按钮上的文字。' },
    'An http or https address.': { fr: 'Une adresse http ou https.', zh: 'http 或 https 地址。' },
    'Whom Teams notifies, where a workflow carries the card. Those without a usable id are left out.': {
      fr: 'Qui Teams avertit, quand un flux de travail porte la carte. Ceux sans identifiant valable sont omis.',
      zh: '由工作流发送卡片时 Teams 所通知的人。没有可用标识的会被略去。',
    },
    'What the card calls them.': { fr: 'Comment la carte les appelle.', zh: '卡片上对其的称呼。' },
    'Their user principal name or Entra object id.': {
      fr: 'Leur nom d’utilisateur principal ou leur identifiant d’objet Entra.',
      zh: '其用户主体名称或 Entra 对象 ID。',
    },
    "The lines of the card's table. Those without a value are left out.": {
      fr: 'Les lignes du tableau de la carte. Celles sans valeur sont omises.',
      zh: '卡片表格中的各行。没有值的会被略去。',
    },
    'What stands before it.': { fr: 'Ce qui la précède.', zh: '写在值之前的文字。' },
    'What stands in the line.': { fr: 'Ce que contient la ligne.', zh: '该行的内容。' },
    'What conditions can ask about, beside type, title, severity and actor.': {
      fr: 'Ce que les conditions peuvent demander, en plus du type, du titre, de la gravité et de l’auteur.',
      zh: '除类型、标题、严重程度和操作人之外，条件可以使用的内容。',
    },
    'Its key in conditions.': { fr: 'Sa clé dans les conditions.', zh: '它在条件中的键。' },
    'What people read.': { fr: 'Ce que les gens lisent.', zh: '人们看到的文字。' },
    'What it holds. A list made by a template has one element a line.': {
      fr: 'Ce qu’il contient. Une liste faite par un modèle a un élément par ligne.',
      zh: '它所包含的内容。由模板生成的列表每行一个元素。',
    },
    'Its value. Where there is none, or one of another type, the field is missing.': {
      fr: 'Sa valeur. S’il n’y en a pas, ou d’un autre type, le champ manque.',
      zh: '它的值。没有值或类型不符时，视为没有该字段。',
    },
  },
}
