import { Button, Input, makeStyles, Select, tokens } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons'
import { useEffect, useRef } from 'react'
import type { Field } from '../../../server/model/source.ts'
import { useSentences } from '../../i18n/use-sentences.tsx'
import { type DraftCondition, operatorsOf, withField } from './draft-condition.ts'

interface Props {
  label: string
  removeLabel: string
  fields: readonly Field[]
  condition: DraftCondition
  /** Whether the person has just added it, and goes on there. */
  isAdded: boolean
  onChange(condition: DraftCondition): void
  onRemove(): void
}

/** One condition: field, comparison, value. A row that was just added takes the focus. */
export function ConditionRow({ label, removeLabel, fields, condition, isAdded, onChange, onRemove }: Props) {
  const styles = useStyles()
  const { form } = useSentences()
  const known = fields.find(({ field }) => field === condition.field)
  const operators = operatorsOf(known)
  const row = useRef<HTMLFieldSetElement>(null)
  const wasAdded = useRef(isAdded)
  useEffect(() => {
    if (wasAdded.current) row.current?.querySelector('select')?.focus()
  }, [])
  const changeField = (name: string) => {
    const field = fields.find((other) => other.field === name)
    if (field !== undefined) onChange(withField(condition, field))
  }
  const changeOperator = (name: string) => {
    const op = operators.find((other) => other === name)
    if (op !== undefined) onChange({ ...condition, op })
  }
  return (
    <fieldset ref={row} aria-label={label} className={styles.row}>
      <Select
        aria-label={form.field}
        className={styles.field}
        value={condition.field}
        onChange={(_, { value }) => changeField(value)}
      >
        {known === undefined && <option value={condition.field}>{condition.field}</option>}
        {fields.map(({ field, title }) => (
          <option key={field} value={field}>
            {title}
          </option>
        ))}
      </Select>
      <Select
        aria-label={form.operator}
        className={styles.operator}
        value={condition.op}
        onChange={(_, { value }) => changeOperator(value)}
      >
        {!operators.includes(condition.op) && (
          <option value={condition.op}>{form.operators[condition.op]}</option>
        )}
        {operators.map((op) => (
          <option key={op} value={op}>
            {form.operators[op]}
          </option>
        ))}
      </Select>
      <div className={styles.value}>
        <ConditionValue field={known} condition={condition} onChange={onChange} />
      </div>
      <Button appearance="subtle" icon={<DismissRegular />} aria-label={removeLabel} onClick={onRemove} />
    </fieldset>
  )
}

type ValueProps = Pick<Props, 'condition' | 'onChange'> & { field: Field | undefined }

function ConditionValue({ field, condition, onChange }: ValueProps) {
  const styles = useStyles()
  const { form } = useSentences()
  if (condition.op === 'exists') return null
  if (field?.type === 'boolean') {
    return (
      <Select
        aria-label={form.value}
        className={styles.whole}
        value={condition.value}
        onChange={(_, { value }) => onChange({ ...condition, value })}
      >
        <option value="true">{form.yes}</option>
        <option value="false">{form.no}</option>
      </Select>
    )
  }
  const hints = { matches: form.valueHintGlob, in: form.valueHintList }
  const hint = condition.op === 'matches' || condition.op === 'in' ? hints[condition.op] : form.value
  return (
    <Input
      aria-label={form.value}
      className={styles.whole}
      maxLength={1000}
      value={condition.value}
      placeholder={hint}
      onChange={(_, { value }) => onChange({ ...condition, value })}
    />
  )
}

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 6fr) minmax(0, 7fr) minmax(0, 7fr) auto',
    gap: tokens.spacingHorizontalS,
    alignItems: 'center',
    minWidth: 0,
    margin: 0,
    padding: 0,
    border: 'none',
    '@media (max-width: 440px)': { gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) auto' },
  },
  field: { minWidth: 0 },
  operator: { minWidth: 0, '@media (max-width: 440px)': { gridColumn: 'span 2' } },
  value: { minWidth: 0, '@media (max-width: 440px)': { gridRow: 2, gridColumn: 'span 2' } },
  whole: { width: '100%', minWidth: 0 },
})
