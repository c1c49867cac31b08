import type { Transport } from '../model/destination.ts'

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
  | { ok: false; reason: string }

/**
 * @param allowed WEBHOOK_HOSTS: origins (`http://localhost:3979`) or host suffixes (`.example.com`) beyond
 *   Microsoft's. Only what an administrator lists there may be http or an address of the private network.
 * @param said the transport that the body says, which counts on those hosts only.
 */
export function checkWebhookUrl(text: string, allowed: readonly string[], said?: Transport): CheckedUrl {
  const trimmed = text.trim()
  if (/\s/.test(trimmed))
    return { ok: false, reason: 'The webhook URL has blanks or line breaks in it. Copy it again.' }
  const url = URL.canParse(trimmed) ? new URL(trimmed) : undefined
  if (!url)
    return {
      ok: false,
      reason: 'This is not a URL. Copy the whole webhook URL from Teams, from https:// on.',
    }

  const ours = allowed.some((entry) => isListed(url, entry))
  if (!ours && url.protocol !== 'https:') {
    return { ok: false, reason: 'A webhook URL starts with https://. Copy it again from Teams.' }
  }
  if (url.username || url.password)
    return { ok: false, reason: 'A webhook URL has no user name in it. Copy it again.' }
  if (ours) {
    const transport = said ?? (url.searchParams.has('sig') ? 'workflow' : 'connector')
    return { ok: true, url: trimmed, transport, trusted: true }
  }
  const known = microsoft.find(({ suffix }) => hasSuffix(url.hostname, suffix))
  if (!known || (url.port !== '' && url.port !== '443')) {
    return {
      ok: false,
      reason: `Cards are not sent to ${url.host}. Allowed hosts: ${allowedHosts(allowed)}.`,
    }
  }
  return { ok: true, url: trimmed, transport: known.transport, trusted: false }
}

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
