import { expect, test } from 'vitest'
import type { Configuration } from '../../../server/model/configuration.ts'
import type { Answer } from '../../answer-once.ts'
import type { Failure, Result, Versioned } from '../../api.ts'
import type { Asked } from '../../sign-in-by-pop-up.ts'
import type { TeamsConfig } from '../../teams.ts'
import { createRemoval, type View } from './removal.ts'

const entityId = '22222222-2222-4222-8222-222222222222'
const unknown: Failure = { kind: 'answered', status: 404, code: 'configuration-unknown', detail: 'Gone.' }

interface Far {
  kept?: TeamsConfig
  configuration?: Result<Versioned>
  removed?: Result<null>[]
  askPerson?: () => Promise<Asked>
}

function play({
  kept = { entityId, configName: 'Launch tasks' },
  configuration,
  removed = [],
  askPerson,
}: Far) {
  const views: View[] = []
  const told: string[] = []
  let onRemove: () => Promise<Answer> = async () => ({ ok: true })
  const removal = createRemoval({
    teams: {
      context: { locale: 'en', theme: 'default', entityId: undefined, place: { kind: 'channel' } },
      getConfig: async () => kept,
      onRemove: (handler) => {
        told.push('remove handler')
        onRemove = handler
      },
      setValidity: (valid) => void told.push(`validity ${valid}`),
      signIn: async () => undefined,
      ...(askPerson && { askPerson }),
    },
    api: {
      configuration: async () => configuration ?? { ok: false, failure: unknown },
      remove: async (id, { webhookUrl }) => {
        told.push(`DELETE ${id}`, ...(webhookUrl === undefined ? [] : [webhookUrl]))
        return removed.shift() ?? { ok: true, value: null }
      },
      sources: async () => ({ ok: false, failure: { kind: 'unreachable' } }),
    },
    show: (view) => views.push(view),
    say: ({ kind }) => kind,
  })
  return { ...removal, views, told, remove: () => onRemove() }
}

const saved: Result<Versioned> = {
  ok: true,
  value: {
    etag: undefined,
    configuration: {
      name: 'Launch tasks',
      sourceId: 's',
      rule: { eventTypes: ['task.created'] },
    } as Configuration,
  },
}

test('tells what will stop, enables Remove, and removes nothing by itself', async () => {
  const { load, views, told } = play({ configuration: saved })
  await load()
  expect(views.at(-1)).toMatchObject({
    is: 'asking',
    told: { name: 'Launch tasks', eventTypes: ['task.created'] },
  })
  expect(told).toEqual(['remove handler', 'validity true'])
})

test('removes when Teams asks', async () => {
  const { load, remove, views, told } = play({ configuration: saved })
  await load()
  expect(await remove()).toEqual({ ok: true })
  expect(told).toContain(`DELETE ${entityId}`)
  expect(views.at(-1)).toEqual({ is: 'removed' })
})

test('removes even if Teams asks before the page has loaded', async () => {
  const { remove, told } = play({ configuration: saved })
  expect(await remove()).toEqual({ ok: true })
  expect(told).toContain(`DELETE ${entityId}`)
})

test('hands over the webhook URL that Teams shows, as the proof of whoever did not make it', async () => {
  const webhookUrl = 'https://contoso.webhook.office.com/webhookb2/1'
  const { load, remove, told } = play({ kept: { entityId, webhookUrl }, configuration: saved })
  await load()
  await remove()
  expect(told.slice(-2)).toEqual([`DELETE ${entityId}`, webhookUrl])
})

test('what is already gone is removed', async () => {
  const { load, remove } = play({ removed: [{ ok: false, failure: unknown }] })
  await load()
  expect(await remove()).toEqual({ ok: true })
})

test('a server that cannot be reached still lets the person try, and again after a failure', async () => {
  const lost: Result<null> = { ok: false, failure: { kind: 'unreachable' } }
  const { load, remove, views, told } = play({
    configuration: { ok: false, failure: { kind: 'unreachable' } },
    removed: [lost],
  })
  await load()
  expect(told).toContain('validity true')
  expect(await remove()).toEqual({ ok: false, sentence: 'unreachable' })
  expect(views.at(-1)).toMatchObject({ is: 'asking', trouble: { kind: 'unreachable' } })
  expect(await remove()).toEqual({ ok: true })
})

test('without an id there is nothing of ours to remove', async () => {
  const { load, remove, told } = play({ kept: {} })
  await load()
  expect(await remove()).toEqual({ ok: true })
  expect(told).toEqual(['remove handler', 'validity true'])
})

test('offers to sign in whom Teams did not name, and asks for nothing until they did', async () => {
  const answers: Asked[] = [
    { ok: false, failure: { kind: 'pop-up closed' } },
    { ok: true, value: 'token' },
  ]
  const askPerson = async () => answers.shift() ?? { ok: true as const, value: 'token' }
  const { load, signIn, views, told } = play({ configuration: saved, askPerson })
  await load()
  expect(views).toEqual([{ is: 'signed out', isAsking: false, failure: undefined }])
  await signIn()
  expect(views.at(-1)).toMatchObject({ is: 'signed out', failure: { kind: 'pop-up closed' } })
  expect(told).toEqual(['remove handler'])
  await signIn()
  expect(views.at(-1)).toMatchObject({ is: 'asking', told: { name: 'Launch tasks' } })
  expect(told).toEqual(['remove handler', 'validity true'])
})

test('offers to sign in again when the sign-in ended before Remove', async () => {
  const refused: Failure = { kind: 'answered', status: 401, code: 'unauthenticated', detail: 'Too old.' }
  const { load, signIn, remove, views, told } = play({
    configuration: saved,
    removed: [{ ok: false, failure: refused }],
    askPerson: async () => ({ ok: true, value: 'token' }),
  })
  await load()
  await signIn()
  expect(await remove()).toEqual({ ok: false, sentence: 'answered' })
  expect(views.at(-1)).toEqual({ is: 'signed out', isAsking: false, failure: refused })
  await signIn()
  expect(views.at(-1)).toMatchObject({ is: 'asking' })
  expect(told.slice(1)).toEqual(['validity true', `DELETE ${entityId}`, 'validity false', 'validity true'])
})
