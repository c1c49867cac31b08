import { Checkbox, Field, Input, Select } from '@fluentui/react-components'
import { useSentences } from '../../i18n/use-sentences.tsx'
import type { ChoiceField } from './choice-fields.ts'

interface Props {
  fields: readonly ChoiceField[]
  choices: Record<string, unknown>
  onChange(choices: Record<string, unknown>): void
}

/** What the source itself asks each channel for, drawn from its schema. */
export function Choices({ fields, choices, onChange }: Props) {
  const set = (name: string, value: unknown) => {
    const { [name]: _before, ...others } = choices
    onChange(value === undefined ? others : { ...others, [name]: value })
  }
  return fields.map((field) => (
    <Choice
      key={field.name}
      field={field}
      value={choices[field.name]}
      onChange={(value) => set(field.name, value)}
    />
  ))
}

function Choice({
  field,
  value,
  onChange,
}: {
  field: ChoiceField
  value: unknown
  onChange(value: unknown): void
}) {
  const { form } = useSentences()
  const { title, hint, required } = field
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  if (field.type === 'yes or no') {
    return (
      <Field hint={hint ?? null}>
        <Checkbox
          label={title}
          checked={value === true}
          onChange={(_, { checked }) => onChange(checked === true)}
        />
      </Field>
    )
  }
  return (
    <Field label={title} hint={hint ?? null} required={required}>
      {field.type === 'one of' ? (
        <Select value={text} onChange={(_, data) => onChange(data.value === '' ? undefined : data.value)}>
          <option value="">{required ? form.chooseOne : `— ${form.optional} —`}</option>
          {field.options.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </Select>
      ) : (
        <Input
          type={field.type === 'number' ? 'number' : 'text'}
          step={field.type === 'number' && !field.whole ? 'any' : undefined}
          value={text}
          onChange={(_, data) => onChange(valueOf(field, data.value))}
        />
      )}
    </Field>
  )
}

function valueOf(field: ChoiceField, text: string): unknown {
  if (text === '') return undefined
  return field.type === 'number' ? Number(text) : text
}
