import type { Language } from '../model/language.ts'
import { inLanguage } from '../model/text.ts'
import type { SchemaWords } from '../sources/source.ts'

/** A JSON Schema with what it says to people in their language: a title for what is named, and the descriptions. */
export function schemaIn(
  schema: object,
  words: SchemaWords | undefined,
  language: Language,
): Record<string, unknown> {
  return said(schema, undefined)

  function said(one: object, name: string | undefined): Record<string, unknown> {
    const { properties, items, anyOf, description, const: constant, ...rest }: Schema = { ...one }
    const title = words?.titles[typeof constant === 'string' ? constant : (name ?? '')]
    return {
      ...rest,
      ...(constant !== undefined && { const: constant }),
      ...(title !== undefined && { title: inLanguage(title, language) }),
      ...(description !== undefined && { description: translated(description) }),
      ...(properties && {
        properties: Object.fromEntries(
          Object.entries(properties).map(([key, property]) => [key, said(property, key)]),
        ),
      }),
      ...(items && { items: said(items, undefined) }),
      ...(anyOf && { anyOf: anyOf.map((way) => said(way, undefined)) }),
    }
  }

  function translated(description: string): string {
    return language === 'en' ? description : (words?.descriptions[description]?.[language] ?? description)
  }
}

interface Schema extends Record<string, unknown> {
  properties?: Record<string, object>
  items?: object
  anyOf?: object[]
  description?: string
}
