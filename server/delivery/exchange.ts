import type { Dispatcher } from 'undici'

/** How an exchange ended: what was answered, or why nothing was. */
export type Ended = { status: number; body: string; retryAfter: string | undefined } | { error: unknown }

/** One request and its answer, as undici's dispatcher tells of them. */
export interface Exchange {
  handler: Dispatcher.DispatchHandler
  /** Up to which look at what is in flight it may last. */
  lastLook: number
  /** Ends it now, wherever it is. */
  end(error: Error): void
}

/**
 * An exchange ends once, whatever comes after, and tells so. Of an answer no more than the limit is read; the rest
 * is cut off with its connection.
 */
export function createExchange(
  { lastLook, limitBytes }: { lastLook: number; limitBytes: number },
  tell: (ended: Ended) => void,
): Exchange {
  let controller: Dispatcher.DispatchController | undefined
  let status = 0
  let retryAfter: string | undefined
  const chunks: Buffer[] = []
  let sizeBytes = 0
  let isOver = false

  return {
    lastLook,
    end(error) {
      finish({ error })
      controller?.abort(error)
    },
    handler: {
      onRequestStart(started) {
        controller = started
        // It was given up while it waited for a connection.
        if (isOver) started.abort(new Error('given up'))
      },
      onResponseStart(_, answered, headers) {
        status = answered
        const header = headers['retry-after']
        retryAfter = Array.isArray(header) ? header[0] : header
      },
      onResponseData(current, chunk) {
        chunks.push(chunk)
        sizeBytes += chunk.length
        if (sizeBytes < limitBytes) return
        answer()
        current.abort(new Error('the rest is not read'))
      },
      onResponseEnd: answer,
      onResponseError: (_, error) => finish({ error }),
    },
  }

  function answer(): void {
    finish({ status, body: text(), retryAfter })
  }

  /** Most answers are one small chunk. */
  function text(): string {
    const [only] = chunks
    if (only && chunks.length === 1 && sizeBytes <= limitBytes) return only.toString('utf8')
    return Buffer.concat(chunks).subarray(0, limitBytes).toString('utf8')
  }

  function finish(ended: Ended): void {
    if (isOver) return
    isOver = true
    tell(ended)
  }
}
