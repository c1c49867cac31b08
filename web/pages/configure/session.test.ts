import { describe, expect, test } from 'vitest'
import type { Configuration, ConfigurationInput } from '../../../server/model/configuration.ts'
import type { SourceChoice } from '../../../server/model/source.ts'
import type { Answer } from '../../answer-once.ts'
import type { Api, Failure, Result, Versioned } from '../../api.ts'
import type { Teams, TeamsConfig } from '../../teams.ts'
import type { Form } from './form.ts'
import { createSession, type Session } from './session.ts'

const ownId = '11111111-1111-4111-8111-111111111111'
const keptId = '22222222-2222-4222-8222-222222222222'

const source: SourceChoice = {
  id: '00000001-0000-4000-8000-000000000000',
  kind: 'tasks',
  kindTitle: 'Tasks',
  title: 'Launch board',
  access: 'everyone',
  eventTypes: [
    { type: 'task.created', title: 'Created' },
    { type: 'task.updated', title: 'Updated' },
  ],
  fields: [],
  choices: { type: 'object', properties: {} },
}
const otherSource = { ...source, id: '00000002-0000-4000-8000-000000000000', title: 'Payments' }

/** A Teams and a server that work, in memory, and remember what they were told. */
function play({
  kept = {},
  sources = [source],
  askPerson,
}: {
  kept?: TeamsConfig
  sources?: SourceChoice[]
  askPerson?: Teams['askPerson']
} = {}) {
  const stored = new Map<string, Versioned>()
  const told: unknown[] = []
  const failing: { [call in keyof Api]?: Failure } = {}
  let onSave: (webhookUrl: string | undefined) => Promise<Answer> = async () => ({ ok: true })
  let onRemove: () => Promise<Answer> = async () => ({ ok: true })
  let isValid = false

  const teams: Teams = {
    context: {
      locale: 'fr-fr',
      theme: 'default',
      entityId: undefined,
      place: { kind: 'channel', channelName: 'Launch' },
    },
    onThemeChange: () => undefined,
    getConfig: async () => kept,
    setConfig: async (config) => void told.push(['setConfig', config.entityId, config.configName]),
    setValidity: (valid) => {
      if (valid !== isValid) told.push(['validity', valid])
      isValid = valid
    },
    onSave: (handler) => {
      told.push('save handler')
      onSave = handler
    },
    onRemove: (handler) => {
      onRemove = handler
    },
    signIn: async () => undefined,
    token: async () => undefined,
    ...(askPerson && { askPerson }),
  }
  const answer = <T>(call: keyof Api, value: () => Result<T>): Promise<Result<T>> => {
    const failure = failing[call]
    return Promise.resolve(failure === undefined ? value() : { ok: false, failure })
  }
  const unknown: Failure = { kind: 'answered', status: 404, code: 'configuration-unknown', detail: 'Gone.' }
  const stale: Failure = { kind: 'answered', status: 412, code: 'stale', detail: 'Changed meanwhile.' }
  const found = (id: string): Result<Versioned> => {
    const value = stored.get(id)
    return value === undefined ? { ok: false, failure: unknown } : { ok: true, value }
  }
  const api: Api = {
    sources: () => answer('sources', () => ({ ok: true, value: sources })),
    configuration: (id) => answer('configuration', () => found(id)),
    save: (id, input, { etag }) => {
      told.push(['PUT', id, etag, input])
      return answer('save', () => {
        if (etag !== undefined && etag !== stored.get(id)?.etag) return { ok: false, failure: stale }
        stored.set(id, { configuration: savedOf(id, input), etag: `"${stored.size + 1}"` })
        return found(id)
      })
    },
    remove: (id) => {
      told.push(['DELETE', id])
      return answer('remove', () =>
        stored.delete(id) ? { ok: true, value: null } : { ok: false, failure: unknown },
      )
    },
    test: () => answer('test', () => ({ ok: true, value: null })),
  }
  const session = createSession({
    teams,
    api,
    host: 'connector',
    origin: 'https://cardwire.example',
    zone: 'Europe/Paris',
    newId: () => ownId,
    now: () => 0,
    say: (failure) => failure.kind,
  })
  return {
    session,
    stored,
    told,
    failing,
    save: (url?: string) => onSave(url),
    remove: () => onRemove(),
  }
}

const savedOf = (entityId: string, input: ConfigurationInput): Configuration => ({
  ...input,
  entityId,
  transport: 'connector',
  state: 'active',
  health: 'healthy',
  webhookHost: 'contoso.webhook.office.com',
  createdAt: '2026-11-21T09:00:00Z',
  updatedAt: '2026-11-21T09:00:00Z',
})

const existing = (changes: Partial<Configuration> = {}): Versioned => ({
  etag: '"7"',
  configuration: {
    ...savedOf(keptId, {
      name: 'Launch tasks',
      sourceId: source.id,
      choices: {},
      rule: { eventTypes: ['task.created'], include: [], exclude: [], quietHours: null, digest: null },
      host: 'connector',
      locale: 'en-us',
      zone: 'America/New_York',
      paused: false,
      place: { kind: 'channel', teamName: 'Contoso' },
    }),
    ...changes,
  },
})

function formOf(session: Session): Form {
  const view = session.view()
  if (view.is !== 'ready') throw new Error(`The page is ${view.is}.`)
  return view.form
}

const url = 'https://contoso.webhook.office.com/webhookb2/1'
const workflowUrl = 'https://prod-01.westeurope.logic.azure.com/workflows/1?sig=2'
const fill = (session: Session) =>
  session.change((draft) => ({ ...draft, name: 'Launch tasks', eventTypes: ['task.created'] }))
const validities = (told: unknown[]) => told.filter((what) => Array.isArray(what) && what[0] === 'validity')

describe('loading', () => {
  test('tells Teams nothing but who answers for Save, since it may be a frame nobody sees', async () => {
    const { session, told } = play({ kept: { entityId: '{entityId}', configName: '{configName}' } })
    await session.load()
    expect(told).toEqual(['save handler'])
  })

  test('takes the only source there is as chosen', async () => {
    const { session } = play()
    await session.load()
    expect(formOf(session)).toMatchObject({ source, missing: ['name', 'events'] })
  })

  test('chooses nothing where there are several', async () => {
    const { session } = play({ sources: [source, otherSource] })
    await session.load()
    expect(formOf(session)).toMatchObject({ source: undefined, missing: ['name', 'source'] })
  })

  test('says so when there is no source', async () => {
    const { session } = play({ sources: [] })
    await session.load()
    expect(session.view()).toEqual({ is: 'no sources' })
  })

  test('can be tried again after a failure', async () => {
    const { session, failing } = play()
    failing.sources = { kind: 'unreachable' }
    await session.load()
    expect(session.view()).toEqual({ is: 'failed', failure: { kind: 'unreachable' } })
    delete failing.sources
    await session.load()
    expect(session.view().is).toBe('ready')
  })

  test('a Save pressed before the form is there is refused, and nothing is saved', async () => {
    const { save, told } = play()
    expect(await save(url)).toEqual({ ok: false, sentence: 'incomplete' })
    expect(told).toEqual(['save handler'])
  })
})

describe('a new configuration', () => {
  test('that Teams could not be told of is taken back, and can be saved again as a new one', async () => {
    const { session, save, told, stored } = play()
    await session.load()
    fill(session)
    const saved = await save(url)
    expect(saved.ok && (await saved.takeBack?.())).toBe('refused by teams')
    expect(stored.size).toBe(0)
    expect(formOf(session)).toMatchObject({ phase: 'open', trouble: { kind: 'refused by teams' } })
    expect(await save(url)).toMatchObject({ ok: true })
    const puts = told.flatMap((what) => (Array.isArray(what) && what[0] === 'PUT' ? [what.slice(1, 3)] : []))
    expect(puts).toEqual([
      [ownId, undefined],
      [ownId, undefined],
    ])
  })

  test('may be saved as soon as the person has chosen, and no longer when something is taken away', async () => {
    const { session, told } = play()
    await session.load()
    fill(session)
    session.change((draft) => ({ ...draft, eventTypes: [] }))
    expect(validities(told)).toEqual([
      ['validity', true],
      ['validity', false],
    ])
  })

  test('is saved under the id made for this load, in the person’s language and zone', async () => {
    const { session, save, told, stored } = play()
    await session.load()
    fill(session)
    expect(await save(url)).toMatchObject({ ok: true })
    expect(told).toContainEqual(['setConfig', ownId, 'Launch tasks'])
    expect(stored.get(ownId)?.configuration).toMatchObject({
      webhookUrl: url,
      locale: 'fr-fr',
      zone: 'Europe/Paris',
      place: { kind: 'channel', channelName: 'Launch' },
    })
    expect(formOf(session).phase).toBe('saved')
  })

  test('that failed keeps the form, says why, and is pressed again under the same id', async () => {
    const { session, save, stored, failing, told } = play()
    await session.load()
    fill(session)
    failing.save = { kind: 'answered', status: 422, code: 'webhook-url-invalid', detail: 'No.' }
    expect(await save(url)).toEqual({ ok: false, sentence: 'answered' })
    expect(formOf(session)).toMatchObject({ phase: 'open', trouble: failing.save })
    expect(told).toContainEqual(['DELETE', ownId])
    delete failing.save
    expect(await save(url)).toMatchObject({ ok: true })
    expect([...stored.keys()]).toEqual([ownId])
  })

  test('two save events at once are one save, each with its answer', async () => {
    const { session, save, told } = play()
    await session.load()
    fill(session)
    expect(await Promise.all([save(url), save(url)])).toMatchObject([{ ok: true }, { ok: true }])
    expect(told.filter((what) => Array.isArray(what) && what[0] === 'PUT')).toHaveLength(1)
  })

  test('saved once is an edit when it is saved again', async () => {
    const { session, save, told } = play()
    await session.load()
    fill(session)
    await save(url)
    session.change((draft) => ({ ...draft, name: 'Other' }))
    await save(url)
    expect(told).toContainEqual(['PUT', ownId, '"1"', expect.objectContaining({ name: 'Other' })])
  })
})

describe('an edit', () => {
  test('that Teams could not be told of stays saved, since there is nothing to go back to', async () => {
    const { session, save, stored } = play({ kept: { entityId: keptId } })
    stored.set(keptId, existing())
    await session.load()
    session.change((draft) => ({ ...draft, name: 'Renamed' }))
    const saved = await save()
    expect(saved.ok && (await saved.takeBack?.())).toBe('refused by teams')
    expect(stored.get(keptId)?.configuration.name).toBe('Renamed')
    expect(await save()).toMatchObject({ ok: true })
  })

  const edit = async (changes: Partial<Configuration> = {}, kept: TeamsConfig = {}) => {
    const played = play({ kept: { entityId: keptId, configName: 'Launch tasks', ...kept } })
    played.stored.set(keptId, existing(changes))
    await played.session.load()
    return played
  }

  test('opens as it was saved, and may be saved only once something is different', async () => {
    const { session, told } = await edit()
    expect(formOf(session).draft).toMatchObject({ name: 'Launch tasks', eventTypes: ['task.created'] })
    session.change((draft) => ({ ...draft, name: 'Other' }))
    session.change((draft) => ({ ...draft, name: 'Launch tasks' }))
    expect(validities(told)).toEqual([
      ['validity', true],
      ['validity', false],
    ])
  })

  test('names the version it read, and keeps the language and zone of whoever made it', async () => {
    const { session, save, told } = await edit()
    session.change((draft) => ({ ...draft, paused: true }))
    expect(await save()).toMatchObject({ ok: true })
    const kept = { paused: true, locale: 'en-us', zone: 'America/New_York' }
    expect(told).toContainEqual(['PUT', keptId, '"7"', expect.objectContaining(kept)])
  })

  test('of a version that went stale says so, removes nothing, and can load the other version', async () => {
    const { session, save, stored, failing, told } = await edit()
    session.change((draft) => ({ ...draft, name: 'Mine' }))
    failing.save = { kind: 'answered', status: 412, code: 'stale', detail: 'Changed meanwhile.' }
    expect(await save(url)).toMatchObject({ ok: false })
    expect(formOf(session)).toMatchObject({ phase: 'open', trouble: failing.save, draft: { name: 'Mine' } })
    expect(told).not.toContainEqual(['DELETE', keptId])
    stored.set(keptId, existing({ name: 'Theirs' }))
    await session.load()
    expect(formOf(session)).toMatchObject({ draft: { name: 'Theirs' }, trouble: undefined })
    expect(validities(told).at(-1)).toEqual(['validity', false])
  })

  test('that was saved without our hearing it can be repeated, since nobody else changed anything', async () => {
    const { session, save, stored, failing } = await edit()
    session.change((draft) => ({ ...draft, name: 'Mine' }))
    failing.save = { kind: 'unreachable' }
    expect(await save(url)).toMatchObject({ ok: false })
    stored.set(keptId, { ...existing({ name: 'Mine' }), etag: '"8"' })
    delete failing.save
    session.change((draft) => ({ ...draft, paused: true }))
    expect(await save(url)).toMatchObject({ ok: true })
    expect(stored.get(keptId)?.configuration).toMatchObject({ name: 'Mine', paused: true })
  })

  test('with a pasted URL can be repeated as well, though the server never tells the URL', async () => {
    const { session, save, stored, failing, told } = await edit({ transport: 'workflow' })
    session.change((draft) => ({ ...draft, url: { text: workflowUrl, isGood: true } }))
    failing.save = { kind: 'timed out' }
    expect(await save()).toMatchObject({ ok: false })
    stored.set(keptId, { ...existing({ transport: 'workflow' }), etag: '"8"' })
    delete failing.save
    expect(await save()).toMatchObject({ ok: true })
    expect(formOf(session)).toMatchObject({ phase: 'saved', trouble: undefined })
    expect(told).toContainEqual(['PUT', keptId, '"8"', expect.objectContaining({ webhookUrl: workflowUrl })])
  })

  test('that was not heard of does not overwrite what someone else saved meanwhile', async () => {
    const { session, save, stored, failing } = await edit()
    session.change((draft) => ({ ...draft, name: 'Mine' }))
    failing.save = { kind: 'timed out' }
    await save(url)
    stored.set(keptId, { ...existing({ name: 'Theirs' }), etag: '"8"' })
    delete failing.save
    expect(await save(url)).toMatchObject({ ok: false })
    expect(formOf(session).trouble).toMatchObject({ status: 412 })
    expect(stored.get(keptId)?.configuration.name).toBe('Theirs')
  })

  test('of what the server no longer knows starts anew with the same name, under the same id', async () => {
    const { session, save, stored } = play({ kept: { entityId: keptId, configName: 'Launch tasks' } })
    await session.load()
    expect(formOf(session)).toMatchObject({
      draft: { name: 'Launch tasks', eventTypes: [] },
      saved: undefined,
      notes: [{ kind: 'forgotten' }],
    })
    session.change((draft) => ({ ...draft, eventTypes: ['task.updated'] }))
    expect(await save(url)).toMatchObject({ ok: true })
    expect([...stored.keys()]).toEqual([keptId])
  })

  test('whose source is gone asks for another one', async () => {
    const { session } = await edit({ sourceId: otherSource.id })
    expect(formOf(session)).toMatchObject({ missing: ['source'], notes: [{ kind: 'source lost' }] })
  })

  test('with a drifted URL sends it like any other, and nothing fails', async () => {
    const drifted = 'https://contoso.webhook.office.com/webhookb2/2'
    const { session, save, told } = await edit({}, { webhookUrl: drifted })
    session.change((draft) => ({ ...draft, name: 'Other' }))
    expect(await save(url)).toMatchObject({ ok: true })
    const urls = { webhookUrl: url, nextUrl: drifted }
    expect(told).toContainEqual(['PUT', keptId, '"7"', expect.objectContaining(urls)])
  })

  test('can send a test card, and says what became of it', async () => {
    const { session, failing } = await edit()
    await session.test()
    expect(formOf(session).test).toBe('sent')
    failing.test = { kind: 'timed out' }
    await session.test()
    expect(formOf(session).test).toEqual({ kind: 'timed out' })
  })
})

describe('a removal that Teams asks for in place', () => {
  test('removes the configuration', async () => {
    const { session, stored, remove } = play({ kept: { entityId: keptId } })
    stored.set(keptId, existing())
    await session.load()
    expect(await remove()).toMatchObject({ ok: true })
    expect(stored.size).toBe(0)
  })

  test('before the page has loaded removes what Teams kept', async () => {
    const { stored, remove } = play({ kept: { entityId: keptId } })
    stored.set(keptId, existing())
    expect(await remove()).toMatchObject({ ok: true })
    expect(stored.size).toBe(0)
  })

  test('of one that was never saved succeeds', async () => {
    const { session, remove } = play()
    await session.load()
    expect(await remove()).toMatchObject({ ok: true })
  })
})

describe('who Teams did not name', () => {
  const closed = { ok: false, failure: { kind: 'pop-up closed' } } as const
  const refused: Failure = { kind: 'answered', status: 401, code: 'unauthenticated', detail: 'Too old.' }

  test('is offered to sign in, and nothing is asked of the server before', async () => {
    const { session, failing } = play({ askPerson: async () => closed })
    failing.sources = { kind: 'unreachable' }
    await session.load()
    expect(session.view()).toEqual({ is: 'signed out', isAsking: false, failure: undefined })
  })

  test('comes to the form after signing in', async () => {
    let letIn = () => {}
    const askPerson = () =>
      new Promise<{ ok: true; value: string }>((resolve) => {
        letIn = () => resolve({ ok: true, value: 'token' })
      })
    const { session } = play({ askPerson })
    await session.load()
    const signedIn = session.signIn()
    expect(session.view()).toEqual({ is: 'signed out', isAsking: true, failure: undefined })
    letIn()
    await signedIn
    expect(session.view().is).toBe('ready')
  })

  test('is told why they are not signed in, and may try again', async () => {
    const answers = [closed, { ok: true, value: 'token' }] as const
    let asked = 0
    const { session } = play({ askPerson: async () => answers[asked++] ?? closed })
    await session.load()
    await session.signIn()
    expect(session.view()).toEqual({ is: 'signed out', isAsking: false, failure: closed.failure })
    await session.signIn()
    expect(session.view().is).toBe('ready')
  })

  test('is offered to sign in again when the server does not believe it, with its reason', async () => {
    const { session, failing } = play({ askPerson: async () => ({ ok: true, value: 'token' }) })
    failing.sources = refused
    await session.load()
    await session.signIn()
    expect(session.view()).toEqual({ is: 'signed out', isAsking: false, failure: refused })
  })

  test('does not lose the form to a second window that is closed later', async () => {
    let close = () => {}
    const late = new Promise<typeof closed>((resolve) => {
      close = () => resolve(closed)
    })
    const answers = [late, Promise.resolve({ ok: true, value: 'token' } as const)]
    const { session } = play({ askPerson: () => answers.shift() ?? late })
    await session.load()
    const first = session.signIn()
    await session.signIn()
    close()
    await first
    expect(session.view().is).toBe('ready')
  })

  test('finds the form as it was left when the sign-in ended before Save', async () => {
    const { session, failing, save, told, stored } = play({
      askPerson: async () => ({ ok: true, value: 'token' }),
    })
    await session.load()
    await session.signIn()
    session.change((draft) => ({ ...draft, name: 'Launch', eventTypes: ['task.created'] }))
    failing.save = refused
    expect(await save('https://contoso.webhook.office.com/w')).toMatchObject({
      ok: false,
      sentence: 'answered',
    })
    expect(session.view()).toEqual({ is: 'signed out', isAsking: false, failure: refused })
    expect(told.at(-1)).toEqual(['validity', false])

    delete failing.save
    await session.signIn()
    expect(session.view()).toMatchObject({
      is: 'ready',
      form: { draft: { name: 'Launch' }, trouble: undefined },
    })
    expect(told.at(-1)).toEqual(['validity', true])
    expect(await save('https://contoso.webhook.office.com/w')).toMatchObject({ ok: true })
    expect(stored.size).toBe(1)
  })
})
