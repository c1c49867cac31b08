import type { Transport } from '../model/destination.ts'
import { drawAdaptiveCard } from './adaptive-card.ts'
import type { Card } from './card.ts'
import { drawMessageCard } from './message-card.ts'

/** The body of a request that brings a card. */
export interface Rendered {
  body: string
  /** In UTF-8 bytes, as Teams' limit counts. */
  sizeBytes: number
}

/** Draws the card for the transport that carries it. */
export function render(card: Card, transport: Transport): Rendered {
  const body = JSON.stringify(transport === 'connector' ? drawMessageCard(card) : drawAdaptiveCard(card))
  return { body, sizeBytes: Buffer.byteLength(body) }
}
