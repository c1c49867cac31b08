import type { Condition, ConditionOperator } from '../../../server/model/rule.ts'
import type { Field } from '../../../server/model/source.ts'

/** A row of the form: a condition whose value is still what was typed. */
export interface DraftCondition {
  /** Tells rows apart while people add and remove them; means nothing else. */
  row: number
  field: string
  op: ConditionOperator
  value: string
}

type Scalar = string | number | boolean

let rows = 0

/** A new row, starting with what the field is most often asked. */
export function newCondition(field: Field): DraftCondition {
  return {
    row: ++rows,
    field: field.field,
    op: operatorsOf(field)[0] ?? 'is',
    value: field.type === 'boolean' ? 'true' : '',
  }
}

export function draftConditionOf({ field, op, value }: Condition): DraftCondition {
  return { row: ++rows, field, op, value: Array.isArray(value) ? value.join(', ') : String(value ?? '') }
}

/** Another field keeps the operator and the value only where they still make sense. */
export function withField(condition: DraftCondition, field: Field): DraftCondition {
  const fresh = newCondition(field)
  return {
    row: condition.row,
    field: field.field,
    op: operatorsOf(field).includes(condition.op) ? condition.op : fresh.op,
    value: field.type === 'boolean' || condition.field === '' ? fresh.value : condition.value,
  }
}

/** The questions that can sensibly be asked of a field. */
export const operatorsOf = (field: Field | undefined): readonly ConditionOperator[] =>
  operators[field?.type ?? 'text']

const operators: Record<Field['type'], readonly ConditionOperator[]> = {
  text: ['is', 'is not', 'contains', 'matches', 'in', 'exists'],
  number: ['is', 'is not', '>', '<', 'in', 'exists'],
  boolean: ['is', 'exists'],
  list: ['contains', 'is', 'is not', 'matches', 'in', 'exists'],
}

export const isConditionComplete = ({ op, value }: DraftCondition): boolean =>
  op === 'exists' || value.trim() !== ''

/** Whether a source with these fields understands the condition. */
export const isConditionOf = ({ field }: DraftCondition, fields: readonly Field[]): boolean =>
  fields.some((known) => known.field === field)

export function conditionOf({ field, op, value }: DraftCondition, fields: readonly Field[]): Condition {
  if (op === 'exists') return { field, op }
  const type = fields.find((known) => known.field === field)?.type
  const read = (text: string) => scalarOf(text.trim(), type)
  return {
    field,
    op,
    value:
      op === 'in'
        ? value
            .split(/[,，、]/)
            .filter((part) => part.trim() !== '')
            .map(read)
        : read(value),
  }
}

/** What was typed, as what the field holds; text that is no number stays text, and the server has its say. */
function scalarOf(text: string, type: Field['type'] | undefined): Scalar {
  if (type === 'boolean') return text === 'true'
  if (type !== 'number') return text
  const number = Number(text.replace(',', '.'))
  return Number.isFinite(number) ? number : text
}
