/**
 * What happens to a message that is posted to a connector's webhook URL.
 *
 * The order is Teams' own: is there such a URL (404), is its configuration alive (410), can the payload be
 * read (400), and only then the channel behind it, whose windows and size limit speak through a 200. A
 * scripted answer replaces all of that, but the request still counts in the windows, so that a run is
 * judged by what it sent and not by what it was told. This is the hot path of load runs: nothing here
 * touches the disk, and everything kept is bounded or asked for.
 */

import type { Connectors, Endpoint } from '../connectors.ts'
import type { Feed } from '../feed.ts'
import type { Answer, Received, Switches } from '../model.ts'
import type { Settings } from '../settings.ts'
import { answers } from './answers.ts'
import { isTooLarge, readMessage } from './message.ts'
import type { ReceivedRecord } from './record.ts'
import { type Scripts, scriptedAnswer } from './scripts.ts'

export type Receive = (request: Arriving) => { received: Received; slowMs: number }

/** A request as it came; `url` is path and query. */
export type Arriving = Pick<Received, 'headers' | 'raw' | 'remotePort'> & { url: string }

export function createReceive(options: {
  url: string
  connectors: Connectors
  scripts: Scripts
  feed: Feed
  settings: Pick<Settings, 'switches' | 'appName'>
  now: () => number
  record: ReceivedRecord['add']
}): Receive {
  const { connectors, scripts, feed, settings, now } = options

  function show(endpoint: Endpoint, message: Record<string, unknown>, at: number) {
    const { id, channelId, connectorId, settings: saved } = endpoint.connector
    const appName = settings.appName(connectorId)
    feed.show({ at, channelId, connectorId: id, title: saved.configName ?? appName, appName, message })
  }

  return ({ url, headers, raw, remotePort }) => {
    const at = now()
    const [path = ''] = url.split('?', 1)
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

    const received = options.record({
      at,
      remotePort,
      webhookUrl,
      channelId: endpoint?.connector.channelId,
      connectorId: endpoint?.connector.id,
      headers,
      raw,
      answer,
      overLimit: broken?.name,
      shown: isShown && endpoint !== undefined && message !== undefined,
    })
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
  if (!withoutLimits && isTooLarge(raw)) return answers.tooLarge
  return answers.delivered
}

/** A MessageCard needs a summary or a text; the `{type:"message"}` envelope needs an attachment. */
function hasContent({ summary, text, type, attachments }: Record<string, unknown>): boolean {
  if (type === 'message' && Array.isArray(attachments)) return attachments.length > 0
  return isFilled(summary) || isFilled(text)
}

const isFilled = (value: unknown) => typeof value === 'string' && value.trim() !== ''

const isDelivered = ({ status, body }: Answer) => status === 200 && /^\d+$/.test(body.trim())
