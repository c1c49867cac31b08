import type { Event, NewEvent } from '../model/event.ts'
import type { DeclaredEventType } from '../model/source.ts'
import { type Kind, UnreadableError } from '../sources/source.ts'
import type { StoredSource } from '../storage/storage.ts'

/**
 * An event of this type that never happened: the kind's own example, read as this source reads; where its settings
 * cannot read any, one that has nothing but the name of its type.
 */
export function sampleEvent(type: DeclaredEventType, source: StoredSource, kind: Kind, now: Date): Event {
  const examples = kind.examples.flatMap((example) => readAs(source, kind, example))
  const found = examples.find((event) => event.type === type.type)
  const { occurredAt = now.toISOString(), ...told } = found ?? nothingBut(type)
  return { ...told, id: noId, sourceId: source.id, externalId: 'sample', occurredAt }
}

/** No event has it. */
const noId = '00000000-0000-0000-0000-000000000000'

function readAs(
  source: StoredSource,
  kind: Kind,
  { body, headers = {} }: Kind['examples'][number],
): NewEvent[] {
  const raw = { body: Buffer.from(JSON.stringify(body)), headers }
  try {
    return kind.read(raw, source.settings)
  } catch (error) {
    if (error instanceof UnreadableError) return []
    throw error
  }
}

function nothingBut({ type, title }: DeclaredEventType): NewEvent {
  return { type, title, subject: type, severity: 'info', links: [], facts: [], fields: {} }
}
