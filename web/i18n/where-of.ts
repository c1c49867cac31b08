import type { Place } from '../../server/model/configuration.ts'
import type { Sentences } from './sentences.ts'

/** The place that gets the cards: a channel by its name, where Teams tells that; else "this channel" or "this chat". */
export function whereOf({ kind, channelName }: Place, { place }: Sentences): string {
  return channelName === undefined ? place[kind] : place.named(channelName)
}
