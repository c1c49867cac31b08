import { withoutBlanks } from '../lib/without-blanks.ts'
import type { Transport } from './destination.ts'
import type { Text } from './text.ts'

/**
 * Which webhook URLs we send to, and by which transport; asked by the server when one is saved or sent to, and by the
 * page while someone pastes one. Only the host's suffix is looked at: paths have changed again and again, and products
 * that matched them broke each time.
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
  const given = withoutBlanks(text)
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (!url) return { ok: false, reason: reasons.notUrl }

  const ours = allowed.some((entry) => isListed(url, entry))
  if (!ours && url.protocol !== 'https:') {
    return { ok: false, reason: reasons.notHttps }
  }
  if (url.username || url.password) return { ok: false, reason: reasons.userName }
  if (ours) {
    const transport = said ?? (url.searchParams.has('sig') ? 'workflow' : 'connector')
    return { ok: true, url: given, transport, trusted: true }
  }
  const known = microsoft.find(({ suffix }) => hasSuffix(url.hostname, suffix))
  if (!known || (url.port !== '' && url.port !== '443')) {
    return { ok: false, reason: notAllowed(url.host, allowedHosts(allowed)) }
  }
  if (isUnsigned(url, known)) return { ok: false, reason: reasons.unsigned }
  return { ok: true, url: given, transport: known.transport, trusted: false }
}

const reasons = {
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
  unsigned: {
    en: 'This workflow URL has no signature (`sig=…`). It was probably cut off when it was copied, or only some people may start the flow: in Workflows, let “Anyone” trigger it, and copy the whole URL again.',
    fr: 'Cette URL de flux de travail n’a pas de signature (`sig=…`). Elle a sans doute été tronquée à la copie, ou le flux n’est ouvert qu’à certaines personnes\u00A0: dans Workflows, autorisez «\u00A0Tout le monde\u00A0» à le déclencher, puis copiez à nouveau toute l’URL.',
    zh: '此工作流 URL 没有签名（`sig=…`）。可能是复制时被截断，或该流只允许部分人触发：请在 Workflows 中允许“任何人”触发，然后重新复制完整的 URL。',
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

/** A flow takes a request only with its signature. Who publishes one through a gateway of their own may sign otherwise. */
function isUnsigned(url: URL, { suffix, transport }: (typeof microsoft)[number]): boolean {
  return transport === 'workflow' && suffix !== '.azure-api.net' && !url.searchParams.get('sig')
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
