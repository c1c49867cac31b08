import type { Language } from '../model/language.ts'
import type { Source } from '../model/source.ts'
import { inLanguage, type Text } from '../model/text.ts'
import type { Kind } from '../sources/source.ts'
import type { StoredSource } from '../storage/storage.ts'

/**
 * What people call a source's kind, its event types and its fields, in their language.
 * @param kind absent where this server does not know it any more: then its id is all there is.
 */
export function titlesOf(
  source: Pick<StoredSource, 'kind' | 'settings'>,
  kind: Kind | undefined,
  language: Language,
): Pick<Source, 'kindTitle' | 'eventTypes' | 'fields'> {
  if (!kind) return { kindTitle: source.kind, eventTypes: [], fields: [] }
  const titled = <Thing extends { title: Text }>(thing: Thing) => ({
    ...thing,
    title: inLanguage(thing.title, language),
  })
  return {
    kindTitle: inLanguage(kind.title, language),
    eventTypes: kind.eventTypes(source.settings).map(titled),
    fields: kind.fields(source.settings).map(titled),
  }
}
