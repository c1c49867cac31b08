import type { Transport } from '../model/destination.ts'
import type { Event } from '../model/event.ts'
import { type Fitted, fit } from './fit.ts'
import { cardFromEvent, type Reader } from './from-event.ts'

/**
 * Renders events, each once for all channels that read it alike: of one event to 10,000 channels only a handful
 * of drawings differ. Keeps the last few; they are quickly drawn anew.
 */
export function createEventRenderer({ keep = 64 } = {}) {
  const rendered = new Map<string, Fitted>()
  return (event: Event, reader: Reader, transport: Transport): Fitted => {
    const key = `${event.id} ${transport} ${reader.locale} ${reader.zone} ${reader.sourceName}`
    const known = rendered.get(key)
    if (known) return known
    const fresh = fit(cardFromEvent(event, reader), transport, reader.locale)
    const [oldest] = rendered.keys()
    if (oldest !== undefined && rendered.size >= keep) rendered.delete(oldest)
    rendered.set(key, fresh)
    return fresh
  }
}
