import { fit } from '../cards/fit.ts'
import { cardFromEvent } from '../cards/from-event.ts'
import type { AdaptiveMessage } from '../model/adaptive-card.ts'
import type { Transport } from '../model/destination.ts'
import type { MessageCard } from '../model/message-card.ts'
import type { Preview, PreviewInput } from '../model/preview.ts'
import type { Kind } from '../sources/source.ts'
import type { Storage, StoredConfiguration, StoredSource } from '../storage/storage.ts'
import { type Caller, visibleTo } from './caller.ts'
import { checkChoices } from './check-choices.ts'
import { checkEventTypes } from './check-rule.ts'
import { sampleEvent } from './sample-event.ts'
import { sourceGone } from './save.ts'

export interface PreviewTools {
  storage: Pick<Storage, 'configurations' | 'sources' | 'latestEvents'>
  kindOf: (id: string) => Kind | undefined
  now: () => Date
}

/**
 * What a configuration's cards will look like: of each event type the latest real event that its choices want, drawn
 * and fitted as it would be sent. Where the source asks for approval and has not given it to this configuration, or
 * where nothing has happened yet, an invented event stands in.
 *
 * @throws {AppError} `configuration-unknown`, `source-not-available`, `event-type-unknown`, `choices-invalid`
 */
export async function previewCards(
  input: PreviewInput,
  caller: Caller,
  { storage, kindOf, now }: PreviewTools,
): Promise<Preview> {
  const { entityId, sourceId, choices } = input
  const saved =
    entityId === undefined ? undefined : visibleTo(caller, await storage.configurations.read(entityId))
  const source = await storage.sources.read(sourceId)
  const kind = source && kindOf(source.kind)
  if (!source || !kind) throw sourceGone()
  const types = checkEventTypes(input.eventTypes, kind, source)
  checkChoices(choices, kind)

  const isReal = mayShowReal(source, saved)
  const locale = input.locale ?? saved?.locale ?? 'en'
  const zone = input.zone ?? saved?.zone ?? 'UTC'
  const items = types.map(async (type) => {
    const recent = isReal ? await storage.latestEvents(source.id, type.type) : []
    const real = recent.find((event) => kind.wants?.(event, choices) ?? true)
    const event = real ?? sampleEvent(type, source, kind, now())
    const card = cardFromEvent(event, { locale, zone, sourceName: source.name })
    const sent = (transport: Transport) => JSON.parse(fit(card, transport, locale).body)
    const messageCard: MessageCard = sent('connector')
    const adaptiveCard: AdaptiveMessage = sent('workflow')
    return { eventType: type.type, isSample: real === undefined, messageCard, adaptiveCard }
  })
  return { transport: transportOf(input, saved), items: await Promise.all(items) }
}

/** An administrator's approval is for the configuration as it is saved, and so for its source alone. */
function mayShowReal({ id, access }: StoredSource, saved: StoredConfiguration | undefined): boolean {
  return access === 'everyone' || (saved?.sourceId === id && saved.state === 'active')
}

function transportOf({ transport, host }: PreviewInput, saved: StoredConfiguration | undefined): Transport {
  return transport ?? saved?.transport ?? (host === 'tab' ? 'workflow' : 'connector')
}
