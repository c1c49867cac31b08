/** One thing a source asks each configuration for, read from the JSON Schema of its choices. */
export type ChoiceField = {
  name: string
  title: string
  hint: string | undefined
  required: boolean
} & (
  | { type: 'text' }
  | { type: 'number'; whole: boolean }
  | { type: 'yes or no' }
  | { type: 'one of'; options: readonly string[] }
)

/** The fields a form can draw. A property of another shape is left to its default. */
export function choiceFieldsOf(schema: Record<string, unknown>): ChoiceField[] {
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  return Object.entries(recordOf(schema['properties'])).flatMap(([name, property]): ChoiceField[] => {
    const { title, description, ...rest } = recordOf(property)
    const shared = {
      name,
      title: typeof title === 'string' ? title : name,
      hint: typeof description === 'string' ? description : undefined,
      required: required.includes(name),
    }
    const options = optionsOf(rest)
    if (options.length > 0) return [{ ...shared, type: 'one of', options }]
    switch (rest['type']) {
      case 'string':
        return [{ ...shared, type: 'text' }]
      case 'number':
      case 'integer':
        return [{ ...shared, type: 'number', whole: rest['type'] === 'integer' }]
      case 'boolean':
        return [{ ...shared, type: 'yes or no' }]
      default:
        return []
    }
  })
}

/** What stands in the form before anyone chose: the schema's defaults. */
export function startingChoices(schema: Record<string, unknown>): Record<string, unknown> {
  const defaults = Object.entries(recordOf(schema['properties'])).flatMap(([name, property]) => {
    const { default: value } = recordOf(property)
    return value === undefined ? [] : [[name, value] as const]
  })
  return Object.fromEntries(defaults)
}

export function isAnswered(field: ChoiceField, choices: Record<string, unknown>): boolean {
  if (!field.required || field.type === 'yes or no') return true
  const value = choices[field.name]
  return value !== undefined && value !== ''
}

/** Written as `enum`, or as `anyOf` of constants, which is how a union of literals comes out. */
function optionsOf(property: Record<string, unknown>): string[] {
  const listed = Array.isArray(property['enum']) ? property['enum'] : []
  const union = Array.isArray(property['anyOf']) ? property['anyOf'] : []
  const options = [...listed, ...union.map((option) => recordOf(option)['const'])]
  return options.every((option) => typeof option === 'string') ? options : []
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}
