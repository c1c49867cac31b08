/**
 * What happens to a message that is posted to a webhook URL.
 *
 * The order is Teams' own: is there such a URL (404), is its configuration alive (410), can the payload be
 * read (400), and only then the channel behind it, whose windows and size limit speak through a 200. A
 * scripted answer replaces all of that, but the request still counts in the windows, so that a run is
 * judged by what it sent and not by what it was told. This is the hot path of load runs: nothing here
 * touches the disk, and everything kept is bounded or asked for.
 */

import type { Connectors, Endpoint } from '../connectors.ts'
import type { Feed } from '../feed.ts'
import type { Answer, Received, ScriptedAnswer, Switches } from '../model.ts'
import type { Settings } from '../settings.ts'
import { answers } from './answers.ts'
import type { Scripts } from './scripts.ts'

export type Receive = (request: Pick<Received, 'headers' | 'raw' | 'remotePort'> & { path: string }) => {
  received: Received
  slowMs: number
}

/** Teams measures more than was sent: 24,453 bytes on the wire were measured as 28,897. */
const MEASURED_FACTOR = 1.18
const LARGEST_BYTES = 28 * 1024

export function createReceive(options: {
  url: string
  connectors: Connectors
  scripts: Scripts
  feed: Feed
  settings: Pick<Settings, 'switches' | 'appName'>
  now: () => number
  record: (received: Received) => void
}): Receive {
  const { connectors, scripts, feed, settings, now } = options
  let lastId = 0

  function show(endpoint: Endpoint, message: Record<string, unknown>, at: number) {
    const { id, channelId, connectorId, settings: saved } = endpoint.connector
    const appName = settings.appName(connectorId)
    feed.show({ at, channelId, connectorId: id, title: saved.configName ?? appName, appName, message })
  }

  return ({ path, headers, raw, remotePort }) => {
    const at = now()
    const endpoint = connectors.at(path)
    const webhookUrl = options.url + path
    const scripted = scripts.next(webhookUrl, endpoint?.connector.channelId)
    const isAlive = endpoint?.phase === 'live'
    const broken = isAlive && !settings.switches.withoutLimits ? endpoint.windows.count(at) : undefined
    const message = readMessage(raw)

    const real = endpoint
      ? realAnswer(endpoint, message, raw, broken !== undefined, settings.switches)
      : answers.neverMinted
    const answer = scriptedAnswer(scripted) ?? real
    const isShown = scripted?.shown ?? (answer !== 'hang' && answer !== 'reset' && isDelivered(answer))
    if (endpoint && isShown && message) show(endpoint, message, at)

    lastId += 1
    const received: Received = {
      id: lastId,
      at,
      remotePort,
      webhookUrl,
      channelId: endpoint?.connector.channelId,
      connectorId: endpoint?.connector.id,
      headers,
      raw,
      get text() {
        return raw.toString('utf8')
      },
      answer,
      overLimit: broken?.name,
      shown: isShown && endpoint !== undefined && message !== undefined,
    }
    options.record(received)
    return { received, slowMs: scripted?.slowMs ?? 0 }
  }
}

function realAnswer(
  endpoint: Endpoint,
  message: Record<string, unknown> | undefined,
  raw: Buffer,
  isOverLimit: boolean,
  { withoutLimits }: Switches,
): Answer {
  if (endpoint.phase !== 'live') return answers.gone
  if (!message) return answers.badPayload
  if (!hasContent(message)) return answers.summaryOrTextRequired
  if (isOverLimit) return answers.throttled
  if (!withoutLimits && raw.length * MEASURED_FACTOR > LARGEST_BYTES) return answers.tooLarge
  return answers.delivered
}

function scriptedAnswer(scripted: ScriptedAnswer | undefined): Received['answer'] | undefined {
  if (!scripted) return undefined
  if (scripted.hang) return 'hang'
  if (scripted.reset) return 'reset'
  const { status, body, headers } = scripted
  if (status === undefined && body === undefined && headers === undefined) return undefined
  return { status: status ?? 200, body: body ?? '', ...(headers ? { headers } : {}) }
}

function readMessage(raw: Buffer): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(raw.toString('utf8'))
    return isRecord(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

/** A MessageCard needs a summary or a text; the `{type:"message"}` envelope needs an attachment. */
function hasContent({ summary, text, type, attachments }: Record<string, unknown>): boolean {
  if (type === 'message' && Array.isArray(attachments)) return attachments.length > 0
  return isFilled(summary) || isFilled(text)
}

const isFilled = (value: unknown) => typeof value === 'string' && value.trim() !== ''

const isDelivered = ({ status, body }: Answer) => status === 200 && /^\d+$/.test(body.trim())

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
