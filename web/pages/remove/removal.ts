import type { Configuration } from '../../../server/model/configuration.ts'
import type { SourceChoice } from '../../../server/model/source.ts'
import type { Answer } from '../../answer-once.ts'
import type { Api, Failure } from '../../api.ts'
import { keptBy } from '../../kept.ts'
import { asksForSignIn, type SignedOut } from '../../sign-in-by-pop-up.ts'
import type { Teams } from '../../teams.ts'
import { removeConfiguration } from './remove-configuration.ts'

/**
 * One opening of the removal page: `loading → asking → removing → removed`, back to `asking` with the trouble if
 * it failed; and `signed out` before all that for whom Teams did not name, where they can sign in by themselves.
 * Removing works even where nothing could be read: what will stop is then told with fewer words.
 */
export function createRemoval({ teams, api, show, say }: Dependencies) {
  const keeping = keptBy(teams)
  let isRemoved = false
  let told: Told = { name: undefined, source: undefined, eventTypes: [], isUnknown: false }

  async function load(): Promise<void> {
    const token = await teams.signIn()
    if (token === undefined && teams.askPerson !== undefined) {
      return show({ is: 'signed out', isAsking: false, failure: undefined })
    }
    await read()
  }

  async function signIn(): Promise<void> {
    show({ is: 'signed out', isAsking: true, failure: undefined })
    const asked = await teams.askPerson?.()
    if (asked?.ok === false) return show({ is: 'signed out', isAsking: false, failure: asked.failure })
    show({ is: 'loading' })
    await read()
  }

  async function read(): Promise<void> {
    const { entityId, name } = await keeping
    const [sources, existing] = await Promise.all([
      api.sources(),
      entityId === undefined ? undefined : api.configuration(entityId),
    ])
    const isUnknown =
      existing === undefined ||
      (!existing.ok && existing.failure.kind === 'answered' && existing.failure.status === 404)
    told = existing?.ok
      ? toldOf(existing.value.configuration, sources.ok ? sources.value : [])
      : { ...told, name, isUnknown }
    if (isRemoved) return
    show({ is: 'asking', told, trouble: undefined })
    teams.setValidity(true)
  }

  async function remove(): Promise<Answer> {
    show({ is: 'removing', told })
    // Teams may ask before the page has loaded.
    const { entityId, webhookUrl } = await keeping
    const removed =
      entityId === undefined
        ? { ok: true as const }
        : await removeConfiguration({ entityId, webhookUrl }, api)
    if (removed.ok) {
      isRemoved = true
      show({ is: 'removed' })
      return { ok: true }
    }
    if (asksForSignIn(removed.failure, teams)) {
      teams.setValidity(false)
      show({ is: 'signed out', isAsking: false, failure: removed.failure })
    } else {
      show({ is: 'asking', told, trouble: removed.failure })
    }
    return { ok: false, sentence: say(removed.failure) }
  }

  let removing: Promise<Answer> | undefined
  teams.onRemove(() => {
    removing ??= remove().finally(() => {
      removing = undefined
    })
    return removing
  })
  return { load, signIn }
}

/** What will stop, as far as it is known. */
export interface Told {
  name: string | undefined
  source: string | undefined
  eventTypes: readonly string[]
  /** Our server has nothing of it: removing tidies up Teams alone. */
  isUnknown: boolean
}

export type View =
  | { is: 'loading' | 'removed' }
  | SignedOut
  | { is: 'asking'; told: Told; trouble: Failure | undefined }
  | { is: 'removing'; told: Told }

interface Dependencies {
  teams: Pick<Teams, 'askPerson' | 'context' | 'getConfig' | 'onRemove' | 'setValidity' | 'signIn'>
  api: Pick<Api, 'configuration' | 'remove' | 'sources'>
  show(view: View): void
  say(failure: Failure): string
}

function toldOf({ name, sourceId, rule }: Configuration, sources: readonly SourceChoice[]): Told {
  const source = sources.find(({ id }) => id === sourceId)
  const titles = new Map(source?.eventTypes.map(({ type, title }) => [type, title]))
  return {
    name,
    source: source?.title,
    eventTypes: rule.eventTypes.map((type) => titles.get(type) ?? type),
    isUnknown: false,
  }
}
