import { useState } from 'react'
import type { Losses, Source } from '../../../server/model/source.ts'
import type { Answered } from '../../api.ts'
import { useConsole } from './console-context.ts'
import { Ask, Loaded } from './parts.tsx'
import { shapeOf } from './settings/shape.ts'
import { isReady, type Kind, type SourceDraft, SourceForm } from './source-form.tsx'
import { useDo, useRead, useToEdit } from './use-admin.ts'

/** Its name, its settings, and who may choose it. */
export function EditSource(props: { id: string; onClose(): void }) {
  const { sources: words } = useConsole().sentences
  const kinds = useRead<{ items: Kind[] }>('kinds', { isPolled: false })
  const source = useToEdit<Source>(`sources/${props.id}`)
  if (kinds.data && source.data) return <Filled {...props} kinds={kinds.data.items} source={source.data} />
  return (
    <Ask title={words.edit} onClose={props.onClose}>
      <Loaded read={kinds.data ? source : kinds}>{() => null}</Loaded>
    </Ask>
  )
}

function Filled(props: { id: string; onClose(): void; kinds: Kind[]; source: Answered<Source> }) {
  const { sources: words, common } = useConsole().sentences
  const { run, isBusy, problem } = useDo({ tellsFailure: 'here' })
  const { value: source, etag } = props.source
  const [draft, setDraft] = useState<SourceDraft>({
    name: source.name,
    settings: source.settings,
    access: source.access,
  })
  const kind = props.kinds.find(({ id }) => id === source.kind)
  // Of a kind that this server does not know any more, settings stay as they are.
  const shape = shapeOf(kind?.settings ?? { type: 'object' })
  const [losses, setLosses] = useState<Losses>()
  const save = async () => {
    const asked = { method: 'POST', body: { settings: draft.settings } } as const
    const told = await run<Losses>(`sources/${props.id}/losses`, asked)
    if (told && told.value.configurations.length > 0) setLosses(told.value)
    else if (told) await saveAnyway()
  }
  const saveAnyway = async () => {
    const guard = etag === undefined ? {} : { ifMatch: etag }
    const saved = await run(
      `sources/${props.id}`,
      { method: 'PUT', body: draft, ...guard },
      () => common.done,
    )
    if (saved) props.onClose()
    else setLosses(undefined)
  }
  if (losses) {
    return (
      <AskToLose
        losses={losses}
        isBusy={isBusy}
        onBack={() => setLosses(undefined)}
        onSave={() => void saveAnyway()}
      />
    )
  }
  return (
    <Ask
      title={`${source.name} · ${words.edit}`}
      isWide
      onClose={props.onClose}
      action={{ label: common.save, run: () => void save(), isOff: isBusy || !isReady(draft, shape) }}
    >
      <SourceForm draft={draft} shape={shape} problem={problem} onChange={setDraft} />
    </Ask>
  )
}

/** Which channels will not get what they want any more. The focus is on the way back: a second press of Save does not go on. */
function AskToLose(props: { losses: Losses; isBusy: boolean; onBack(): void; onSave(): void }) {
  const { sentences, tag } = useConsole()
  const { sources: words } = sentences
  const { eventTypes, configurations, more } = props.losses
  const types = new Intl.ListFormat(tag, { type: 'conjunction' }).format(eventTypes.map(({ title }) => title))
  return (
    <Ask
      title={words.loseAsk}
      onClose={props.onBack}
      closeLabel={words.back}
      action={{ label: words.saveAnyway, run: props.onSave, isOff: props.isBusy }}
    >
      <p>{words.lost(types)}</p>
      <ul>
        {configurations.map((name, index) => (
          // Two may have the same name.
          <li key={index}>{name}</li>
        ))}
        {more > 0 && <li>{words.andMore(more)}</li>}
      </ul>
    </Ask>
  )
}
