import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Configuration, ConfigurationInput } from '../../../server/model/configuration.ts'
import { answerOnce } from '../../answer-once.ts'
import type { Api, Failure, Result, Versioned } from '../../api.ts'
import type { Teams, TeamsConfig } from '../../teams.ts'
import { pause } from '../../within.ts'
import { type Outcome, type Press, save, whichUrls } from './save.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const entityId = '3f1f9d0e-5f3c-4b7e-9a55-1f6c5d1f0a11'
const given = 'https://contoso.webhook.office.com/webhookb2/given'
const seen = 'https://contoso.webhook.office.com/webhookb2/seen'

const press = (changes: Partial<Press> = {}): Press => ({
  host: 'connector',
  isNew: true,
  etag: undefined,
  webhookUrl: given,
  isOurs: () => false,
  config: {
    entityId,
    configName: 'Launch tasks',
    suggestedDisplayName: 'Launch tasks',
    contentUrl: 'https://cardwire.example/configure?host=connector',
    removeUrl: 'https://cardwire.example/remove',
  },
  input: {
    name: 'Launch tasks',
    sourceId: '00000001-0000-4000-8000-000000000000',
    choices: {},
    rule: { eventTypes: ['task.created'], include: [], exclude: [], quietHours: null, digest: null },
    host: 'connector',
    locale: 'en-us',
    zone: 'Europe/Paris',
    paused: false,
    place: { kind: 'channel' },
  },
  ...changes,
})

/** How a far side behaves for one request: what it does, and what of that is heard. */
type Put = 'taken' | 'refused' | 'broken' | 'broken after' | 'lost' | 'lost after' | 'silent' | 'silent after'
type Delete = 'taken' | 'broken' | 'broken after' | 'lost' | 'lost after' | 'silent' | 'silent after'
type SetConfig = 'taken' | 'taken late' | 'refused' | 'silent'
type GetConfig = 'url' | 'slow url' | 'no url' | 'late url' | 'refused' | 'silent'

interface World {
  setConfig: SetConfig
  getConfig: GetConfig
  put: Put
  /** One for each DELETE that comes; after the last, they are lost. */
  deletes: readonly Delete[]
  isNew: boolean
  hasUrlInEvent: boolean
}

const never = () => new Promise<never>(() => undefined)
const answered = (status: number): Failure => ({ kind: 'answered', status, code: 'x', detail: 'No.' })

/** A Teams and a server that misbehave as told, and remember what happened to them. */
function playedBy(world: World) {
  const happened: string[] = []
  let isStored = !world.isNew
  let looks = 0
  const deletes = [...world.deletes]

  const teams: Pick<Teams, 'setConfig' | 'getConfig'> = {
    async setConfig() {
      happened.push('setConfig')
      if (world.setConfig === 'refused') throw new Error('Teams says no.')
      if (world.setConfig === 'silent') await never()
      if (world.setConfig === 'taken late') await pause(3_900)
    },
    async getConfig(): Promise<TeamsConfig> {
      looks += 1
      if (world.getConfig === 'silent') await never()
      if (world.getConfig === 'slow url') await pause(900)
      if (world.getConfig === 'refused') throw new Error('Teams says no.')
      const isThere =
        world.getConfig === 'url' ||
        world.getConfig === 'slow url' ||
        (world.getConfig === 'late url' && looks > 3)
      return isThere ? { webhookUrl: seen } : {}
    },
  }

  const hear = async <T>(how: string, timeoutMs: number, done: Result<T>): Promise<Result<T>> => {
    if (how === 'taken') return done
    if (how === 'refused') return { ok: false, failure: answered(422) }
    if (how.startsWith('broken')) return { ok: false, failure: answered(503) }
    if (how.startsWith('lost')) return { ok: false, failure: { kind: 'unreachable' } }
    await pause(timeoutMs)
    return { ok: false, failure: { kind: 'timed out' } }
  }
  const acts = (how: string) => how === 'taken' || how.endsWith('after')

  const api: Pick<Api, 'configuration' | 'save' | 'remove'> = {
    configuration: async () => ({ ok: false, failure: answered(404) }),
    save(id, input, { timeoutMs }) {
      happened.push('PUT')
      if (acts(world.put)) isStored = true
      const configuration = { entityId: id, name: input.name } as Configuration
      return hear<Versioned>(world.put, timeoutMs, { ok: true, value: { configuration, etag: '"1"' } })
    },
    remove(_, { timeoutMs }) {
      const how = deletes.shift() ?? 'lost'
      happened.push(`DELETE ${how}`)
      const wasStored = isStored
      if (acts(how)) isStored = false
      const done: Result<null> = wasStored ? { ok: true, value: null } : { ok: false, failure: answered(404) }
      return hear(how, timeoutMs, done)
    },
  }
  return { teams, api, happened, isStored: () => isStored }
}

/** Presses Save in that world and waits, on a clock of its own, until Teams has its answer. */
async function pressIn(world: World) {
  const played = playedBy(world)
  const told: string[] = []
  const event = {
    notifySuccess: () => void told.push('success'),
    notifyFailure: (reason?: string) => void told.push(`failure: ${reason}`),
  }
  const startedAt = Date.now()
  let answeredAfterMs = Number.NaN
  let outcome: Outcome | undefined
  const pressed = press({ isNew: world.isNew, webhookUrl: world.hasUrlInEvent ? given : undefined })
  const answering = answerOnce(event, async () => {
    outcome = await save(pressed, { ...played, now: Date.now })
    return outcome.ok ? { ok: true } : { ok: false, sentence: 'Because.' }
  }).finally(() => {
    answeredAfterMs = Date.now() - startedAt
  })
  await vi.advanceTimersByTimeAsync(60_000)
  await answering
  return { ...played, told, outcome, answeredAfterMs }
}

const deletes = fc.constantFrom<Delete>(
  'taken',
  'broken',
  'broken after',
  'lost',
  'lost after',
  'silent',
  'silent after',
)
const worlds = fc.record<World>({
  setConfig: fc.constantFrom('taken', 'taken late', 'taken', 'refused', 'silent'),
  getConfig: fc.constantFrom('url', 'slow url', 'no url', 'late url', 'refused', 'silent'),
  put: fc.constantFrom(
    'taken',
    'refused',
    'broken',
    'broken after',
    'lost',
    'lost after',
    'silent',
    'silent after',
  ),
  deletes: fc.array(deletes, { maxLength: 4 }),
  isNew: fc.boolean(),
  hasUrlInEvent: fc.boolean(),
})

describe('whatever fails, and in whatever order', () => {
  const always = (holds: (run: Awaited<ReturnType<typeof pressIn>>, world: World) => void) =>
    fc.assert(
      fc.asyncProperty(worlds, async (world) => holds(await pressIn(world), world)),
      { numRuns: 400 },
    )

  test('Teams is answered exactly once, before its patience ends', async () => {
    await always(({ told, answeredAfterMs }) => {
      expect(told).toHaveLength(1)
      expect(answeredAfterMs).toBeLessThanOrEqual(25_000)
    })
  })

  test('Teams is told "saved" only of what the server has', async () => {
    await always(({ told, isStored, outcome }) => {
      expect(told[0] === 'success').toBe(outcome?.ok === true)
      if (told[0] === 'success') expect(isStored()).toBe(true)
    })
  })

  test('a new configuration that failed leaves nothing behind, unless no DELETE came through', async () => {
    await always(({ told, isStored, happened }, { isNew }) => {
      if (!isNew || told[0] === 'success') return
      const undone = happened.filter((what) => what.startsWith('DELETE'))
      expect(undone.length > 0).toBe(happened.includes('PUT'))
      if (undone.every((what) => /(broken|lost|silent)$/.test(what))) return
      expect(isStored()).toBe(false)
    })
  })

  test('a failed edit never removes what was there', async () => {
    await always(({ happened, isStored }, { isNew }) => {
      if (isNew) return
      expect(happened.some((what) => what.startsWith('DELETE'))).toBe(false)
      expect(isStored()).toBe(true)
    })
  })

  test('the server hears nothing of what Teams did not take', async () => {
    await always(({ happened }, { setConfig }) => {
      if (!setConfig.startsWith('taken')) expect(happened).toEqual(['setConfig'])
    })
  })
})

const fine: World = {
  setConfig: 'taken',
  getConfig: 'no url',
  put: 'taken',
  deletes: [],
  isNew: true,
  hasUrlInEvent: true,
}

test('a silent server is given 20 seconds, and Teams its answer soon after', async () => {
  const { answeredAfterMs } = await pressIn({ ...fine, put: 'silent', deletes: ['taken'], isNew: false })
  expect(answeredAfterMs).toBe(20_000)
})

describe('taking back a new configuration', () => {
  test('asks again after "no such configuration" while the PUT may still be under way', async () => {
    const { happened } = await pressIn({ ...fine, put: 'silent', deletes: ['taken', 'taken', 'taken'] })
    expect(happened).toEqual(['setConfig', 'PUT', 'DELETE taken', 'DELETE taken', 'DELETE taken'])
  })

  test('asks once where the server had answered the PUT', async () => {
    const { happened } = await pressIn({ ...fine, put: 'refused', deletes: ['taken'] })
    expect(happened).toEqual(['setConfig', 'PUT', 'DELETE taken'])
  })

  test('a refused save is told at once, not after the last possible moment', async () => {
    const { answeredAfterMs } = await pressIn({ ...fine, put: 'refused', deletes: ['taken'] })
    expect(answeredAfterMs).toBeLessThan(100)
  })
})

describe('the webhook URL', () => {
  const inputOf = async (pressed: Press, configs: readonly TeamsConfig[]): Promise<ConfigurationInput> => {
    const sent: ConfigurationInput[] = []
    let looks = 0
    const saving = save(pressed, {
      teams: {
        setConfig: async () => undefined,
        getConfig: async () => configs[Math.min(looks++, configs.length - 1)] ?? {},
      },
      api: {
        configuration: never,
        save: async (_, input) => {
          sent.push(input)
          return { ok: false, failure: { kind: 'unreachable' } }
        },
        remove: async () => ({ ok: true, value: null }),
      },
      now: Date.now,
    })
    await vi.advanceTimersByTimeAsync(30_000)
    await saving
    expect(sent).toHaveLength(1)
    return sent[0] as ConfigurationInput
  }

  test('of the save event wins, and another one seen in the settings comes along as the next', async () => {
    const input = await inputOf(press(), [{ webhookUrl: seen }])
    expect(input).toMatchObject({ webhookUrl: given, nextUrl: seen })
  })

  test('is not sent twice where both are the same', async () => {
    expect(await inputOf(press(), [{ webhookUrl: given }])).not.toHaveProperty('nextUrl')
  })

  test('a pasted URL wins over whatever Teams tells', async () => {
    const pastedUrl = 'https://prod-1.westeurope.logic.azure.com/workflows/1?sig=s'
    const input = await inputOf(press({ isNew: false, pastedUrl }), [{ webhookUrl: seen }])
    expect(input).toMatchObject({ webhookUrl: pastedUrl })
    expect(input).not.toHaveProperty('nextUrl')
  })

  test('the classic connector that Teams still tells of changes no workflow', async () => {
    const input = await inputOf(press({ isNew: false, keepsUrl: true }), [{ webhookUrl: seen }])
    expect(input).not.toHaveProperty('webhookUrl')
    expect(input).not.toHaveProperty('nextUrl')
  })

  test('is waited for in the settings of an older host, which show it late', async () => {
    const configs = [{}, {}, {}, { webhookUrl: seen, userObjectId: 'u-1' }]
    const input = await inputOf(press({ webhookUrl: undefined }), configs)
    expect(input).toMatchObject({ webhookUrl: seen, userObjectId: 'u-1' })
  })

  test('seen only in the settings on an edit is offered as the next, never as the one to use', async () => {
    const input = await inputOf(press({ isNew: false, webhookUrl: undefined }), [{ webhookUrl: seen }])
    expect(input).toMatchObject({ nextUrl: seen })
    expect(input).not.toHaveProperty('webhookUrl')
  })

  test('is not needed on an edit', () => {
    expect(whichUrls({ isNew: false, webhookUrl: undefined }, undefined)).toEqual({})
  })

  test('that never comes fails a new connector before the server hears of it', async () => {
    const { happened, outcome } = await pressIn({ ...fine, hasUrlInEvent: false })
    expect(happened).toEqual(['setConfig'])
    expect(outcome).toEqual({ ok: false, failure: { kind: 'no webhook url' } })
  })
})
