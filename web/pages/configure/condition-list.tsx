import { Button, Caption1, makeStyles, Subtitle2, tokens, useId } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { useRef, useState } from 'react'
import type { Field } from '../../../server/model/source.ts'
import { useSentences } from '../../i18n/use-sentences.tsx'
import { ConditionRow } from './condition-row.tsx'
import { type DraftCondition, newCondition } from './draft-condition.ts'

interface Props {
  label: string
  hint: string
  addLabel: string
  fields: readonly Field[]
  conditions: readonly DraftCondition[]
  onChange(conditions: readonly DraftCondition[]): void
}

/** Rows of conditions under one heading. Removing a row leaves the focus on the button that adds one. */
export function ConditionList({ label, hint, addLabel, fields, conditions, onChange }: Props) {
  const styles = useStyles()
  const { form } = useSentences()
  const labelId = useId('conditions')
  const adding = useRef<HTMLDivElement>(null)
  const [added, setAdded] = useState<number>()
  const [first] = fields
  const replace = (next: DraftCondition) =>
    onChange(conditions.map((condition) => (condition.row === next.row ? next : condition)))
  const add = (field: Field) => {
    const condition = newCondition(field)
    setAdded(condition.row)
    onChange([...conditions, condition])
  }
  const remove = (row: number) => {
    onChange(conditions.filter((condition) => condition.row !== row))
    adding.current?.querySelector('button')?.focus()
  }
  return (
    <fieldset aria-labelledby={labelId} className={styles.list}>
      <div>
        <Subtitle2 as="h2" id={labelId} className={styles.label}>
          {label}
        </Subtitle2>
        {conditions.length === 0 && <Caption1 className={styles.hint}>{hint}</Caption1>}
      </div>
      {conditions.map((condition, index) => (
        <ConditionRow
          key={condition.row}
          label={form.conditionLabel(index + 1)}
          removeLabel={form.removeCondition(index + 1)}
          fields={fields}
          condition={condition}
          isAdded={condition.row === added}
          onChange={replace}
          onRemove={() => remove(condition.row)}
        />
      ))}
      {first !== undefined && (
        <div ref={adding}>
          <Button size="small" appearance="subtle" icon={<AddRegular />} onClick={() => add(first)}>
            {addLabel}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    minWidth: 0,
    margin: 0,
    padding: 0,
    border: 'none',
  },
  label: {
    display: 'block',
    margin: 0,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
  },
  hint: { color: tokens.colorNeutralForeground3 },
})
