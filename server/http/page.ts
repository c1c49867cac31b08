import { type TSchema, Type } from 'typebox'

/** Lists are paged: `cursor` is what the page before answered, and is missing on the last one. */
export const PageQuery = Type.Object({
  cursor: Type.Optional(
    Type.String({ pattern: '^[0-9a-fA-F-]{1,36}$', description: 'From the page before.' }),
  ),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
})

export function pageOf<Item extends TSchema>(item: Item) {
  return Type.Object({
    items: Type.Array(item),
    cursor: Type.Optional(Type.String({ description: 'For the next page; missing on the last one.' })),
  })
}
