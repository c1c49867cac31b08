import { randomUUID } from 'node:crypto'
import { validate, version } from 'uuid'
import { expect, it } from 'vitest'
import { createUuidV7 } from './uuid-v7.ts'

it('makes valid UUIDs of version 7, no two alike', () => {
  const newId = createUuidV7(Date.now, randomUUID)
  const ids = Array.from({ length: 1000 }, newId)
  expect(new Set(ids).size).toBe(1000)
  for (const id of ids) expect([validate(id), version(id)]).toEqual([true, 7])
})

it('makes them sort by time', () => {
  let at = Date.parse('2026-11-21T12:00:00Z')
  const newId = createUuidV7(() => (at += 1), randomUUID)
  const ids = Array.from({ length: 100 }, newId)
  expect(ids.toSorted()).toEqual(ids)
})

it('puts the time where the standard says', () => {
  const newId = createUuidV7(
    () => 0x0123456789ab,
    () => 'ffffffff-ffff-4fff-bfff-ffffffffffff',
  )
  expect(newId()).toBe('01234567-89ab-7fff-bfff-ffffffffffff')
})
