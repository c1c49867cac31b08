import { Field, Input, Select, Switch, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import { languageOf } from '../../../server/model/language.ts'
import { inLanguage, type Text } from '../../../server/model/text.ts'
import { type ChoiceField, choiceFieldsOf, isAnswered } from '../configure/choice-fields.ts'
import { useConsole } from './console-context.ts'
import { Ask, Loaded, useStyles } from './parts.tsx'
import { useDo, useRead } from './use-admin.ts'

interface Kind {
  id: string
  title: Text
  settings: Record<string, unknown>
}

interface Made {
  id: string
  secret: string
}

/** Connects a system: a form that is drawn from the schema of its kind. */
export function NewSource({ onClose, onMade }: { onClose(): void; onMade(made: Made): void }) {
  const { sources: words } = useConsole().sentences
  const kinds = useRead<{ items: Kind[] }>('kinds', { isPolled: false })
  const { run, isBusy } = useDo()
  const [draft, setDraft] = useState<Draft>({
    kind: '',
    name: '',
    settings: {},
    json: '',
    access: 'everyone',
  })
  const kind = kinds.data?.items.find(({ id }) => id === draft.kind) ?? kinds.data?.items[0]
  const settings = kind && settingsOf(kind, draft)
  const make = async () => {
    if (!kind || !settings) return
    const { name, access } = draft
    const made = await run<Made>('sources', {
      method: 'POST',
      body: { kind: kind.id, name, settings, access },
    })
    if (made) onMade(made.value)
  }
  return (
    <Ask
      title={words.make}
      onClose={onClose}
      action={{
        label: words.make,
        run: () => void make(),
        isOff: isBusy || draft.name.trim() === '' || !settings,
      }}
    >
      <Loaded read={kinds}>
        {({ items }) => kind && <Form kinds={items} kind={kind} draft={draft} onChange={setDraft} />}
      </Loaded>
    </Ask>
  )
}

interface Draft {
  kind: string
  name: string
  settings: Record<string, unknown>
  /** Settings of a kind whose schema is more than a form can draw. */
  json: string
  access: 'everyone' | 'approval'
}

function Form(props: { kinds: Kind[]; kind: Kind; draft: Draft; onChange(draft: Draft): void }) {
  const styles = useStyles()
  const { sentences, tag } = useConsole()
  const { sources: words } = sentences
  const { kind, draft, onChange } = props
  const fields = choiceFieldsOf(kind.settings)
  return (
    <div className={styles.stack}>
      <Field label={words.kind}>
        <Select value={kind.id} onChange={(_, { value }) => onChange({ ...draft, kind: value })}>
          {props.kinds.map(({ id, title }) => (
            <option key={id} value={id}>
              {inLanguage(title, languageOf(tag))}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={words.name} required>
        <Input
          value={draft.name}
          maxLength={100}
          onChange={(_, { value }) => onChange({ ...draft, name: value })}
        />
      </Field>
      {isDrawable(kind) ? (
        fields.map((field) => (
          <Setting
            key={field.name}
            field={field}
            value={draft.settings[field.name]}
            onChange={(value) => onChange({ ...draft, settings: { ...draft.settings, [field.name]: value } })}
          />
        ))
      ) : (
        <Field
          label={words.settingsJson}
          {...(draft.json !== '' && !settingsOf(kind, draft) && { validationMessage: words.notJson })}
        >
          <Textarea
            rows={10}
            resize="vertical"
            value={draft.json}
            onChange={(_, { value }) => onChange({ ...draft, json: value })}
          />
        </Field>
      )}
      <Switch
        label={words.approval}
        checked={draft.access === 'approval'}
        onChange={(_, { checked }) => onChange({ ...draft, access: checked ? 'approval' : 'everyone' })}
      />
    </div>
  )
}

function Setting(props: { field: ChoiceField; value: unknown; onChange(value: unknown): void }) {
  const { field, value, onChange } = props
  if (field.type === 'yes or no') {
    return (
      <Switch label={field.title} checked={value === true} onChange={(_, { checked }) => onChange(checked)} />
    )
  }
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  return (
    <Field
      label={field.title}
      {...(field.hint !== undefined && { hint: field.hint })}
      required={field.required}
    >
      {field.type === 'one of' ? (
        <Select value={text} onChange={(_, chosen) => onChange(chosen.value)}>
          <option value="">—</option>
          {field.options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </Select>
      ) : (
        <Input
          type={field.type === 'number' ? 'number' : 'text'}
          value={text}
          onChange={(_, typed) => onChange(field.type === 'number' ? Number(typed.value) : typed.value)}
        />
      )}
    </Field>
  )
}

/** Whether every property of the schema is one that the form can draw. */
function isDrawable({ settings }: Kind): boolean {
  const { properties } = settings
  return choiceFieldsOf(settings).length === Object.keys(properties ?? {}).length
}

/** Undefined while something is missing, or is no JSON object. */
function settingsOf(kind: Kind, { settings, json }: Draft): Record<string, unknown> | undefined {
  if (isDrawable(kind)) {
    return choiceFieldsOf(kind.settings).every((field) => isAnswered(field, settings)) ? settings : undefined
  }
  try {
    const given: unknown = JSON.parse(json)
    const isObject = typeof given === 'object' && given !== null && !Array.isArray(given)
    return isObject ? { ...given } : undefined
  } catch {
    return undefined
  }
}
