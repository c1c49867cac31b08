import { MessageBar, MessageBarBody } from '@fluentui/react-components'
import type { Sentences } from '../../i18n/sentences.ts'
import { useSentences } from '../../i18n/use-sentences.tsx'
import { impossible } from '../../impossible.ts'
import type { Note } from './form.ts'

/** What changed behind the person's back since they last were here. */
export function Notes({ notes }: { notes: readonly Note[] }) {
  const sentences = useSentences()
  return notes.map((note) => (
    <MessageBar
      key={note.kind}
      intent={note.kind === 'waiting for approval' ? 'info' : 'warning'}
      layout="multiline"
    >
      <MessageBarBody>{sentenceOf(note, sentences.notes)}</MessageBarBody>
    </MessageBar>
  ))
}

function sentenceOf(note: Note, notes: Sentences['notes']): string {
  switch (note.kind) {
    case 'forgotten':
      return notes.forgotten
    case 'source lost':
      return notes.sourceLost
    case 'events lost':
      return notes.eventsLost(note.eventTypes)
    case 'conditions lost':
      return notes.conditionsLost(note.fields, note.isLimitless)
    case 'waiting for approval':
      return notes.waiting
    default:
      return impossible(note)
  }
}
