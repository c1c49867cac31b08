import { type Static, Type } from 'typebox'

/** RFC 9457. `detail` tells the person the next step; `code` is stable and documented. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String({ description: 'The next step, in a sentence.' }),
  code: Type.String({ description: 'Stable; see docs.' }),
  requestId: Type.String(),
})
export type Problem = Static<typeof Problem>

export const Page = {
  cursor: Type.Optional(Type.String()),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
}
