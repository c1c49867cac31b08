import { expect, test } from 'vitest'
import { placeOf, real } from './place.ts'

test('placeholders, blanks and "null" are nothing', () => {
  expect(['{channelName}', ' ', 'null', undefined, null].map(real)).toEqual(Array(5).fill(undefined))
  expect(real(' General {beta} ')).toBe('General {beta}')
})

test('a hidden frame full of placeholders has no names', () => {
  const context = {
    team: { displayName: '{teamName}' },
    channel: { id: '{channelId}', displayName: '{channelName}' },
  }
  expect(placeOf(context)).toEqual({ kind: 'channel' })
})

test('a chat is one only where there is no channel', () => {
  expect(placeOf({ chat: { id: '19:c' } })).toEqual({ kind: 'chat' })
  expect(placeOf({ chat: { id: '19:c' }, channel: { id: '19:d' } })).toEqual({
    kind: 'channel',
    channelId: '19:d',
  })
})

test('names longer than the API takes are cut', () => {
  const { channelName, teamId } = placeOf({
    team: { groupId: 'x'.repeat(900) },
    channel: { displayName: 'y'.repeat(900) },
  })
  expect([teamId?.length, channelName?.length]).toEqual([200, 400])
})
