import type { Condition, ConditionOperator } from '../../../server/model/rule.ts'
import type { Field } from '../../../server/model/source.ts'

/** A row of the form: a condition whose value is still what was typed. */
export interface DraftCondition {
  /** Tells rows apart while people add and remove them; means nothing else. */
  row: number
  field: string
  op: ConditionOperator
  value: string
  /** Whether the value is several, with commas between; `in` always is. */
  isList: boolean
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
    isList: false,
  }
}

export function draftConditionOf({ field, op, value }: Condition): DraftCondition {
  const isList = Array.isArray(value)
  return { row: ++rows, field, op, value: isList ? value.join(', ') : String(value ?? ''), isList }
}

/** Another field keeps the operator and the value only where they still make sense. */
export function withField(condition: DraftCondition, field: Field): DraftCondition {
  const fresh = newCondition(field)
  return {
    ...condition,
    field: field.field,
    op: operatorsOf(field).includes(condition.op) ? condition.op : fresh.op,
    value: field.type === 'boolean' ? fresh.value : condition.value,
  }
}

/** The questions that can sensibly be asked of a field. */
export const operatorsOf = (field: Field | undefined): readonly ConditionOperator[] =>
  operators[field?.type ?? 'text']

/** Text can be compared too: it may hold a date. */
const operators: Record<Field['type'], readonly ConditionOperator[]> = {
  text: ['is', 'is not', 'contains', 'matches', 'in', '>', '<', 'exists'],
  number: ['is', 'is not', '>', '<', 'in', 'exists'],
  boolean: ['is', 'exists'],
  list: ['contains', 'is', 'is not', 'matches', 'in', 'exists'],
}

export const isConditionComplete = (condition: DraftCondition): boolean =>
  condition.op === 'exists' || partsOf(condition).length > 0

/** Whether a source with these fields understands the condition. */
export const isConditionOf = ({ field }: DraftCondition, fields: readonly Field[]): boolean =>
  fields.some((known) => known.field === field)

export function conditionOf(condition: DraftCondition, fields: readonly Field[]): Condition {
  const { field, op } = condition
  if (op === 'exists') return { field, op }
  const type = fields.find((known) => known.field === field)?.type
  const values = partsOf(condition).map((part) => scalarOf(part, type))
  return { field, op, value: isSeveral(condition) ? values : (values[0] ?? '') }
}

const isSeveral = ({ op, isList }: DraftCondition): boolean => op === 'in' || isList

/** What was typed, without blanks; the commas are those of each language's keyboard. */
function partsOf(condition: DraftCondition): string[] {
  const parts = isSeveral(condition) ? condition.value.split(/[,，、]/) : [condition.value]
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/** A part as what the field holds; text that is no number stays text, and the server has its say. */
function scalarOf(text: string, type: Field['type'] | undefined): Scalar {
  if (type === 'boolean') return text === 'true'
  if (type !== 'number') return text
  const number = Number(text.replace(',', '.'))
  return Number.isFinite(number) ? number : text
}
