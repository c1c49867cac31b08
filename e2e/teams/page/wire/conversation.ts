/**
 * One window's conversation with the host over `postMessage`: an app's frame, or the pop-up it opened.
 *
 * Only messages from exactly that window with exactly the app's origin are heard. A request carries `id` and
 * `uuidAsString`, and its answer echoes both; an event from the host carries neither. Everything said is kept
 * in `window.wireLog`, so that a spec can ask what really went over the wire.
 */
export type Conversation = {
  send(func: string, args: unknown[]): void
  end(): void
}

export type WireEntry = {
  who: string
  from: 'app' | 'host' | 'stranger'
  func: string
  args: unknown[]
}

declare global {
  interface Window {
    wireLog?: WireEntry[]
  }
}

type Request = { id: number; uuidAsString: string | undefined; func: string; args: unknown[] }

export function converse(options: {
  /** How the log calls this window. */
  who: string
  window: () => Window | null | undefined
  origin: string
  /** The arguments of the answer, or nothing where the wire has none. */
  answer: (func: string, args: unknown[]) => Promise<unknown[] | undefined>
}): Conversation {
  const log = (from: WireEntry['from'], func: string, args: unknown[]) => {
    window.wireLog ??= []
    window.wireLog.push({ who: options.who, from, func, args })
  }

  const post = (message: object) => options.window()?.postMessage(message, options.origin)

  async function reply({ id, uuidAsString, func, args }: Request) {
    const answer = await options.answer(func, args)
    if (answer === undefined) return
    log('host', `${func} ↩`, answer)
    post({ id, uuidAsString, args: answer, monotonicTimestamp: performance.now() })
  }

  function hear(event: MessageEvent<unknown>) {
    const target = options.window()
    if (!target || event.source !== target) return
    const request = readRequest(event.data)
    if (!request) return
    log(event.origin === options.origin ? 'app' : 'stranger', request.func, request.args)
    if (event.origin === options.origin) void reply(request)
  }

  window.addEventListener('message', hear)
  return {
    send(func, args) {
      log('host', func, args)
      post({ func, args })
    },
    end: () => window.removeEventListener('message', hear),
  }
}

function readRequest(data: unknown): Request | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  if (!('id' in data) || typeof data.id !== 'number' || !('func' in data) || typeof data.func !== 'string') {
    return undefined
  }
  const args: unknown[] = 'args' in data && Array.isArray(data.args) ? data.args : []
  const uuid = 'uuidAsString' in data && typeof data.uuidAsString === 'string' ? data.uuidAsString : undefined
  return { id: data.id, uuidAsString: uuid, func: data.func, args }
}
