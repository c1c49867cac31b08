import type { Transport } from '../model/destination.ts'
import type { Text } from '../model/text.ts'

/**
 * Which webhook URLs we send to, and by which transport. Only the host's suffix is looked at: paths have changed
 * again and again, and products that matched them broke each time.
 */
const microsoft: { suffix: string; transport: Transport }[] = [
  { suffix: '.webhook.office.com', transport: 'connector' },
  { suffix: 'outlook.office.com', transport: 'connector' },
  { suffix: 'outlook.office365.com', transport: 'connector' },
  { suffix: '.powerplatform.com', transport: 'workflow' },
  { suffix: '.logic.azure.com', transport: 'workflow' },
  { suffix: '.powerautomate.com', transport: 'workflow' },
  { suffix: '.flow.microsoft.com', transport: 'workflow' },
  { suffix: '.azure-api.net', transport: 'workflow' },
]

export type CheckedUrl =
  | { ok: true; url: string; transport: Transport; trusted: boolean }
  | { ok: false; reason: Text }

/**
 * @param allowed WEBHOOK_HOSTS: origins (`http://localhost:3979`) or host suffixes (`.example.com`) beyond
 *   Microsoft's. Only what an administrator lists there may be http or an address of the private network.
 * @param said the transport that the body says, which counts on those hosts only.
 */
export function checkWebhookUrl(text: string, allowed: readonly string[], said?: Transport): CheckedUrl {
  const trimmed = text.trim()
  if (/\s/.test(trimmed)) return { ok: false, reason: reasons.blanks }
  const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined
  if (!url) return { ok: false, reason: reasons.notUrl }

  const ours = allowed.some((entry) => isListed(url, entry))
  if (!ours && url.protocol !== 'https:') {
    return { ok: false, reason: reasons.notHttps }
  }
  if (url.username || url.password) return { ok: false, reason: reasons.userName }
  if (ours) {
    const transport = said ?? (url.searchParams.has('sig') ? 'workflow' : 'connector')
    return { ok: true, url: trimmed, transport, trusted: true }
  }
  const known = microsoft.find(({ suffix }) => hasSuffix(url.hostname, suffix))
  if (!known || (url.port !== '' && url.port !== '443')) {
    return { ok: false, reason: notAllowed(url.host, allowedHosts(allowed)) }
  }
  return { ok: true, url: trimmed, transport: known.transport, trusted: false }
}

const reasons = {
  blanks: {
    en: 'The webhook URL has blanks or line breaks in it. Copy it again.',
    fr: 'L’URL du webhook contient des espaces ou des retours à la ligne. Copiez-la à nouveau.',
    zh: 'Webhook URL 中有空格或换行。请重新复制。',
  },
  notUrl: {
    en: 'This is not a URL. Copy the whole webhook URL from Teams, from https:// on.',
    fr: 'Ceci n’est pas une URL. Copiez toute l’URL du webhook depuis Teams, à partir de https://.',
    zh: '这不是 URL。请从 Teams 复制以 https:// 开头的完整 Webhook URL。',
  },
  notHttps: {
    en: 'A webhook URL starts with https://. Copy it again from Teams.',
    fr: 'Une URL de webhook commence par https://. Copiez-la à nouveau depuis Teams.',
    zh: 'Webhook URL 应以 https:// 开头。请从 Teams 重新复制。',
  },
  userName: {
    en: 'A webhook URL has no user name in it. Copy it again.',
    fr: 'Une URL de webhook ne contient pas de nom d’utilisateur. Copiez-la à nouveau.',
    zh: 'Webhook URL 中不应有用户名。请重新复制。',
  },
} satisfies Record<string, Text>

const notAllowed = (host: string, allowed: string): Text => ({
  en: `Cards are not sent to ${host}. Allowed hosts: ${allowed}.`,
  fr: `Aucune carte n’est envoyée à ${host}. Hôtes autorisés\u00A0: ${allowed}.`,
  zh: `不能向 ${host} 发送卡片。允许的主机：${allowed}。`,
})

function allowedHosts(allowed: readonly string[]): string {
  return [...microsoft.map(({ suffix }) => suffix.replace(/^\./, '*.')), ...allowed].join(', ')
}

function isListed(url: URL, entry: string): boolean {
  if (entry.includes('://')) return url.origin === entry.replace(/\/$/, '')
  return url.protocol === 'https:' && hasSuffix(url.hostname, entry)
}

/** `.example.com` takes any host below it, `example.com` itself and any below it; never `evilexample.com`. */
function hasSuffix(hostname: string, suffix: string): boolean {
  const host = hostname.toLowerCase()
  const bare = suffix.toLowerCase().replace(/^\./, '')
  return host.endsWith(`.${bare}`) || (host === bare && !suffix.startsWith('.'))
}
