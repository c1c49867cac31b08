import { Type } from 'typebox'
import { PageQuery } from '../page.ts'

/** For pages of what only grows: their cursors are the numbers of rows, within what the database can count to. */
export const LogPageQuery = Type.Object({
  ...PageQuery.properties,
  cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,18}$', description: 'From the page before.' })),
})
