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
  const [draft, setDraft] = useState<Partial<SourceDraft>>({})
  const [begunWith, setBegunWith] = useState('')
  const kind = props.kinds.find(({ id }) => id === kindId)
  if (!kind) return null
  const shape = shapeOf(kind.settings)
  const { name = '', settings = startOf(shape), access = 'everyone' } = draft
  const begin = (preset: string) => {
    setBegunWith(preset)
    const chosen = kind.presets[Number(preset)]
    setDraft({ name, access, ...(preset !== '' && chosen && { settings: chosen.settings }) })
  }
  const choose = (id: string) => {
    setKindId(id)
    begin('')
  }
  const make = async () => {
    const body = { kind: kind.id, name, settings, access }
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
        isOff: isBusy || !isReady({ name, settings, access }, shape),
      }}
    >
      <SourceForm draft={{ name, settings, access }} shape={shape} problem={problem} onChange={setDraft}>
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
            <FittingSelect value={begunWith} onChange={(_, { value }) => begin(value)}>
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
