import { createEventRenderer } from '../cards/event-renderer.ts'
import { cardFromNotice } from '../cards/from-notice.ts'
import { render } from '../cards/render.ts'
import type { DueDelivery, Lane } from '../storage/lane.ts'

/** A request's body, ready to be sent. */
export interface Drawing {
  body: string
  /** In UTF-8 bytes. */
  sizeBytes: number
  /** What was left out so that it fits; null when nothing was. */
  shortened: string | null
}

/** Draws what a delivery owes, at the moment it is sent and for the transport that carries it. */
export function createDraw(): (delivery: DueDelivery, lane: Pick<Lane, 'transport'>) => Drawing {
  const renderEvent = createEventRenderer()
  return (delivery, { transport }) => {
    const { event, notice, locale } = delivery
    if (event) return { ...renderEvent(event, delivery, transport), shortened: null }
    if (notice) return { ...render(cardFromNotice(notice, { locale }), transport), shortened: null }
    throw new Error('The delivery has nothing to tell: its event is not kept any more.')
  }
}
