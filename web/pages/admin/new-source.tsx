import { Field } from '@fluentui/react-components'
import { useState } from 'react'
import { languageOf } from '../../../server/model/language.ts'
import type { SampleRequest } from '../../../server/model/source.ts'
import { inLanguage } from '../../../server/model/text.ts'
import { useConsole } from './console-context.ts'
import { FittingSelect } from './fitting-select.tsx'
import { Ask, Loaded } from './parts.tsx'
import { shapeOf, startOf } from './settings/shape.ts'
import { isReady, type Kind, type SourceDraft, SourceForm } from './source-form.tsx'
import { useDo, useRead } from './use-admin.ts'

export interface Made {
  id: string
  secret: string
  sample?: SampleRequest
}

/** Connects a system. */
export function NewSource(props: { onClose(): void; onMade(made: Made): void }) {
  const { sources: words } = useConsole().sentences
  const kinds = useRead<{ items: Kind[] }>('kinds', { isPolled: false })
  if (kinds.data) return <Filled {...props} kinds={kinds.data.items} />
  return (
    <Ask title={words.make} onClose={props.onClose}>
      <Loaded read={kinds}>{() => null}</Loaded>
    </Ask>
  )
}

function Filled(props: { kinds: Kind[]; onClose(): void; onMade(made: Made): void }) {
  const { sentences, tag } = useConsole()
  const { sources: words } = sentences
  const { run, isBusy, problem } = useDo({ tellsFailure: 'here' })
  const [kindId, setKindId] = useState(props.kinds[0]?.id)
  const [said, setSaid] = useState<Omit<SourceDraft, 'settings'>>({ name: '', access: 'everyone' })
  // What was written stays with what it was begun with: who looks at another beginning finds it again.
  const [written, setWritten] = useState<Record<string, unknown>>({})
  const [begunWith, setBegunWith] = useState('')
  const kind = props.kinds.find(({ id }) => id === kindId)
  if (!kind) return null
  const shape = shapeOf(kind.settings)
  const beginning = `${kind.id} ${begunWith}`
  const begun = begunWith === '' ? undefined : kind.presets[Number(begunWith)]?.settings
  const settings = written[beginning] ?? begun ?? startOf(shape)
  const draft = { ...said, settings }
  const change = ({ settings: changed, ...more }: SourceDraft) => {
    setSaid(more)
    setWritten({ ...written, [beginning]: changed })
  }
  const choose = (id: string) => {
    setKindId(id)
    setBegunWith('')
  }
  const make = async () => {
    const body = { kind: kind.id, ...draft }
    const made = await run<Made>('sources', { method: 'POST', body })
    if (made) props.onMade(made.value)
  }
  const titled = (title: Kind['title']) => inLanguage(title, languageOf(tag))
  return (
    <Ask
      title={words.make}
      isWide
      onClose={props.onClose}
      action={{
        label: words.make,
        run: () => void make(),
        isOff: isBusy || !isReady(draft, shape),
      }}
    >
      <SourceForm draft={draft} shape={shape} problem={problem} onChange={change}>
        <Field label={words.kind}>
          <FittingSelect value={kind.id} onChange={(_, { value }) => choose(value)}>
            {props.kinds.map(({ id, title }) => (
              <option key={id} value={id}>
                {titled(title)}
              </option>
            ))}
          </FittingSelect>
        </Field>
        {kind.presets.length > 0 && (
          <Field label={words.beginWith}>
            <FittingSelect value={begunWith} onChange={(_, { value }) => setBegunWith(value)}>
              <option value="">{words.nothing}</option>
              {kind.presets.map(({ title }, index) => (
                <option key={titled(title)} value={index}>
                  {titled(title)}
                </option>
              ))}
            </FittingSelect>
          </Field>
        )}
      </SourceForm>
    </Ask>
  )
}
