import type { Host } from '../../../server/model/configuration.ts'
import type { SourceChoice } from '../../../server/model/source.ts'
import type { Failure, Versioned } from '../../api.ts'
import { type Draft, draftOf, emptyDraft, lostOf, type Missing, missingOf, withSource } from './draft.ts'
import type { SaveFailure } from './save.ts'

/** The form as it opens: prefilled on an edit, with the only source there is chosen on a new one. */
export function formOf(
  { existing }: Opened,
  sources: readonly SourceChoice[],
  { host, isForgotten, name }: { host: Host; isForgotten: boolean; name: string | undefined },
): Form {
  const shared = { phase: 'open', sources, trouble: undefined, test: 'idle' } as const
  if (existing === undefined) {
    const [only, ...others] = sources
    const source = others.length === 0 ? only : undefined
    // Teams gives a connector its URL; a tab's is pasted.
    const url = host === 'tab' ? { text: '', isGood: false } : undefined
    const empty = { ...emptyDraft(isForgotten ? name : undefined), url }
    const draft = source === undefined ? empty : withSource(empty, source)
    const notes: Note[] = isForgotten ? [{ kind: 'forgotten' }] : []
    const urlField = host === 'tab' ? 'required' : undefined
    return { ...shared, urlField, draft, saved: undefined, source, missing: missingOf(draft, source), notes }
  }
  const { configuration } = existing
  const source = sources.find(({ id }) => id === configuration.sourceId)
  const draft = draftOf(configuration, source)
  return {
    ...shared,
    urlField: configuration.transport === 'connector' ? 'classic' : 'workflow',
    draft,
    saved: draft,
    source,
    missing: missingOf(draft, source),
    notes: notesOf(existing, source),
  }
}

function notesOf({ configuration }: Versioned, source: SourceChoice | undefined): Note[] {
  if (source === undefined) return [{ kind: 'source lost' }]
  const notes: Note[] = configuration.state === 'waiting' ? [{ kind: 'waiting for approval' }] : []
  const { eventTypes, fields, isLimitless } = lostOf(configuration, source)
  if (eventTypes.length > 0) notes.push({ kind: 'events lost', eventTypes })
  if (fields.length > 0) notes.push({ kind: 'conditions lost', fields, isLimitless })
  return notes
}

export interface Form {
  phase: 'open' | 'saving' | 'saved'
  /** Whether a workflow URL must be pasted, or may be in place of the one there is, which is of this transport. */
  urlField: 'required' | 'classic' | 'workflow' | undefined
  draft: Draft
  /** What the server has; undefined while the configuration is new. */
  saved: Draft | undefined
  sources: readonly SourceChoice[]
  source: SourceChoice | undefined
  missing: readonly Missing[]
  notes: readonly Note[]
  trouble: SaveFailure | undefined
  test: Test
}

/** What the person should know before editing. */
export type Note =
  /** Teams has the configuration, but our server does not know it any more. */
  | { kind: 'forgotten' }
  | { kind: 'source lost' }
  | { kind: 'events lost'; eventTypes: readonly string[] }
  | { kind: 'conditions lost'; fields: readonly string[]; isLimitless: boolean }
  | { kind: 'waiting for approval' }

export type Test = 'idle' | 'sending' | 'sent' | Failure

/** What this load of the page is about. */
export interface Opened {
  entityId: string
  existing: Versioned | undefined
}
