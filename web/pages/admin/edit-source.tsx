import { useState } from 'react'
import type { Source } from '../../../server/model/source.ts'
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
  const save = async () => {
    const guard = etag === undefined ? {} : { ifMatch: etag }
    const saved = await run(
      `sources/${props.id}`,
      { method: 'PUT', body: draft, ...guard },
      () => common.done,
    )
    if (saved) props.onClose()
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
