import type {
  ChannelAttempt,
  ChannelDelivery,
  ChannelDestination,
  MutedEvent,
} from '../../../server/model/channel.ts'
import type { Configuration } from '../../../server/model/configuration.ts'
import { type Caller, createAsk, type Result } from '../../api.ts'

/** What the channel's page asks of our server, all of it about one configuration. */
export interface ChannelApi {
  configuration(): Promise<Result<Configuration>>
  destination(): Promise<Result<ChannelDestination>>
  deliveries(limit: number): Promise<Result<{ items: ChannelDelivery[]; cursor?: string }>>
  attempts(deliveryId: string): Promise<Result<{ items: ChannelAttempt[] }>>
  muted(): Promise<Result<{ items: MutedEvent[] }>>
  sendAgain(deliveryId: string): Promise<Result<Wait>>
  pause(paused: boolean): Promise<Result<Configuration>>
  opened(): Promise<Result<unknown>>
}

/** What was sent again waits for, besides its turn. */
export type Wait = Pick<ChannelDelivery, 'heldBy' | 'heldUntil'>

export function createChannelApi(entityId: string, given: Caller): ChannelApi {
  const at = `/api/configurations/${encodeURIComponent(entityId)}`
  const ask = createAsk(given)
  return {
    configuration: () => ask<Configuration>(at),
    destination: () => ask<ChannelDestination>(`${at}/destination`),
    deliveries: (limit) =>
      ask<{ items: ChannelDelivery[]; cursor?: string }>(`${at}/deliveries?limit=${limit}`),
    attempts: (id) => ask<{ items: ChannelAttempt[] }>(`${at}/deliveries/${id}/attempts`),
    muted: () => ask<{ items: MutedEvent[] }>(`${at}/muted`),
    sendAgain: (id) => ask<Wait>(`${at}/deliveries/${id}/redeliver`, 'POST'),
    pause: (paused) => ask<Configuration>(`${at}/${paused ? 'pause' : 'resume'}`, 'POST'),
    opened: () => ask<unknown>(`${at}/opened`, 'POST'),
  }
}
