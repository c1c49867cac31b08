import { createHmac, randomUUID } from 'node:crypto'
import type { Sample, Sender } from './model.ts'

/** What the sample's receiver answered, for a person to read. */
export type Fired = { status: number; body: string } | { failed: string }

const ANSWER_WITHIN_MS = 15_000

/** Posts a sample to the sender's real address, from here, since a page of another origin could not. */
export async function fire(sender: Sender, sample: Sample, now: number): Promise<Fired> {
  const fresh = { id: randomUUID(), now: new Date(now).toISOString() }
  const text = typeof sample.body === 'string' ? sample.body : JSON.stringify(sample.body)
  const body = refreshText(text, fresh)
  try {
    const response = await fetch(sender.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...refresh({ ...sender.headers, ...sample.headers }, fresh),
        ...signature(sender, body),
      },
      body,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    return { status: response.status, body: await response.text() }
  } catch (error) {
    return { failed: `No answer from ${sender.url}: ${reasonOf(error)}` }
  }
}

function signature({ signed }: Sender, body: string): Record<string, string> {
  if (!signed) return {}
  return { [signed.header]: `sha256=${createHmac('sha256', signed.secret).update(body).digest('hex')}` }
}

type Fresh = { id: string; now: string }

const refreshText = (text: string, { id, now }: Fresh) =>
  text.replaceAll('{{id}}', id).replaceAll('{{now}}', now)

const refresh = (headers: Record<string, string>, fresh: Fresh) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, refreshText(value, fresh)]))

/** `fetch failed` says nothing; its cause says `ECONNREFUSED`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}
