import { plural } from './plural.ts'
import type { Sentences } from './sentences.ts'

const list = new Intl.ListFormat('zh-CN', { type: 'conjunction' })
const conditions = plural('zh-CN', { other: '# 个条件' })

export const zh: Sentences = {
  signingIn: '正在登录…',
  loading: '正在加载…',
  retry: '重试',
  list: (items) => list.format(items),

  place: { channel: '此频道', chat: '此聊天', named: (name) => `“${name}”` },

  outside: {
    title: '请在 Microsoft Teams 中打开此页面',
    text: 'Cardwire 需要在接收卡片的频道或聊天中进行设置。',
    steps:
      '在 Teams 中为频道或聊天添加选项卡 (+)，然后选择 Cardwire。在经典连接器仍可用的地方，它也在频道的连接器中。',
  },
  failed: {
    title: '加载失败',
    signInTitle: '无法进入 Cardwire',
  },
  noSources: {
    title: '还没有可订阅的来源',
    text: 'Cardwire 正在运行，但尚未连接任何系统。',
    admin: '请联系 Cardwire 管理员添加来源，然后重试。',
  },
  signIn: {
    title: '请登录以继续',
    text: 'Teams 未告知 Cardwire 您的身份。请在单独的窗口中使用您的工作账户登录。',
    button: '登录',
    asking: '请在打开的窗口中完成登录…',
    closed: '登录完成之前，登录窗口已被关闭。',
    blocked: '无法打开登录窗口。请允许 Teams 打开弹出窗口，然后重试。',
    notSignedIn: '登录未成功',
    lost: '此窗口与 Teams 失去了联系',
    back: '请关闭此窗口，返回 Teams 中的 Cardwire 重新登录。',
    close: '关闭此窗口',
  },

  form: {
    titleNew: (place) => `选择${place}要接收的内容`,
    titleEdit: (place) => `更改${place}接收的内容`,
    name: '名称',
    namePlaceholder: '例如：发布任务',
    nameHint: { connector: '在频道设置中显示的名称。', tab: '选项卡的名称。' },
    source: '来源',
    sourcePlaceholder: '选择系统',
    approval: '须经管理员批准后，才会发送此来源的卡片。',
    choices: '此来源的设置',
    events: '事件',
    allEvents: '所有事件',
    chosen: (count, of) => `已选 ${count} / ${of}`,
    conditions: '仅当…',
    noConditions: '以上事件全部发送',
    conditionCount: conditions,
    include: '满足以下所有条件时发送',
    includeHint: '没有条件时，全部发送。',
    exclude: '满足以下任一条件时不发送',
    excludeHint: '没有条件时，不会屏蔽任何内容。',
    addInclude: '添加发送条件',
    addExclude: '添加屏蔽条件',
    field: '字段',
    operator: '比较方式',
    value: '值',
    valueHintGlob: '* 代表任意文本',
    valueHintList: '用逗号分隔',
    yes: '是',
    no: '否',
    removeCondition: (number) => `删除条件 ${number}`,
    conditionLabel: (number) => `条件 ${number}`,
    operators: {
      is: '等于',
      'is not': '不等于',
      contains: '包含',
      matches: '匹配',
      exists: '存在',
      '>': '大于',
      '<': '小于',
      in: '属于',
    },
    pause: '暂停发送卡片',
    pauseHint: '暂停期间的内容会保留，恢复后再发送。',
    test: '发送测试卡片',
    testing: '正在发送测试卡片…',
    tested: '测试卡片正在发送。',
    optional: '可选',
    chooseOne: '请选择',
  },

  missing: {
    ready: '可以保存了。',
    unchanged: '尚未作任何更改。',
    url: '工作流 URL',
    name: '名称',
    source: '来源',
    choices: '来源的设置',
    events: '至少一个事件',
    conditions: '每个条件的值',
    lead: (wants) => `保存前还需提供：${wants}。`,
  },

  saving: '正在保存…',
  saved: {
    title: '已保存',
    text: (name, place) => `“${name}”的卡片将发送到${place}。`,
  },

  notes: {
    forgotten: 'Cardwire 中已没有此配置，可能已被管理员删除。请重新选择并保存以恢复。',
    sourceLost: '此配置的来源已不存在，或未对您开放。请选择其他来源。',
    eventsLost: (names) => `来源不再发送${list.format(names)}，保存后将不再包含。`,
    conditionsLost: (fields, isLimitless) =>
      `来源不再提供${list.format(fields)}，保存后将去掉相关条件${isLimitless ? '；届时不再有任何发送条件，卡片会比以前更多。' : '。'}`,
    waiting: '此配置正在等待管理员批准，在此之前不会发送卡片。',
  },

  trouble: {
    title: '未能保存',
    testTitle: '测试卡片未能发送',
    incomplete: '请先填写完表单，再保存。',
    refusedByTeams: 'Teams 未接受此配置。请再次保存。',
    noWebhookUrl: 'Teams 未提供此频道的卡片接收地址。请再次保存。',
    unreachable: '无法连接到 Cardwire。请检查网络后重试。',
    timedOut: 'Cardwire 响应超时。请稍后重试。',
    signIn: 'Cardwire 无法验证您的身份。',
    stale: '其他人已更改此配置。请加载新版本，然后再作更改。',
    reload: '加载新版本',
    server: (status) => `Cardwire 出现问题（${status}）。请稍后重试。`,
    other: 'Cardwire 未接受此请求。',
  },

  removal: {
    title: (name) => (name === undefined ? '停止发送这些卡片？' : `停止“${name}”？`),
    cards: (source, place) =>
      source === undefined ? `${place}将不再收到它的卡片。` : `${place}将不再收到来自“${source}”的卡片。`,
    events: '它一直在发送：',
    kept: '已收到的卡片会保留。',
    unknown: 'Cardwire 中已没有相关配置，无需再停止任何内容。',
    ready: '请按“删除”确认。',
    removing: '正在删除…',
    removed: '已删除，不会再发送卡片。',
    failed: '未能删除',
  },
}
