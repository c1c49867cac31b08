import { createEventRenderer } from '../cards/event-renderer.ts'
import { type Fitted, fit } from '../cards/fit.ts'
import { cardFromDigest } from '../cards/from-digest.ts'
import { cardFromNotice } from '../cards/from-notice.ts'
import type { Event } from '../model/event.ts'
import type { Text } from '../model/text.ts'
import type { DueDelivery, DueDigest, Lane } from '../storage/lane.ts'

/** What the event types of a source are called, by its kind and settings. */
type TitlesOf = (kind: string, settings: Record<string, unknown>) => { type: string; title: Text }[]

/** Draws what a delivery owes, at the moment it is sent and for the transport that carries it, so that it fits. */
export function createDraw({
  eventTypes,
}: {
  eventTypes: TitlesOf
}): (delivery: DueDelivery, lane: Pick<Lane, 'transport'>) => Fitted {
  const renderEvent = createEventRenderer()
  return (delivery, { transport }) => {
    const { event, notice, digest, locale } = delivery
    if (event) return renderEvent(event, delivery, transport)
    if (notice) return fit(cardFromNotice(notice, { locale }), transport, locale)
    if (digest) return fit(cardFromDigest(toDigest(digest, eventTypes), delivery), transport, locale)
    throw new Error('The delivery has nothing to tell: its event is not kept any more.')
  }
}

function toDigest({ kind, settings, events, ...told }: DueDigest, eventTypes: TitlesOf) {
  return {
    ...told,
    typeTitles: Object.fromEntries(eventTypes(kind, settings).map(({ type, title }) => [type, title])),
    events: events.map(toDigestEvent),
  }
}

function toDigestEvent({ type, title, severity, occurredAt, links }: Event) {
  const url = links[0]?.url
  return { type, title, severity, occurredAt, ...(url !== undefined && { url }) }
}
