import { type Static, Type } from 'typebox'

export const Transport = Type.Union([Type.Literal('connector'), Type.Literal('workflow')], {
  description: 'How a webhook URL takes cards: a classic connector, or a Power Automate flow.',
})
export type Transport = Static<typeof Transport>

/** `healthy → throttled | failing → gone`, or `disabled` by an administrator. */
export const Health = Type.Union([
  Type.Literal('healthy'),
  Type.Literal('throttled'),
  Type.Literal('failing'),
  Type.Literal('gone'),
  Type.Literal('disabled'),
])
export type Health = Static<typeof Health>
