import type { Configuration, ConfigurationInput, Host } from '../../../server/model/configuration.ts'
import type { Api, Failure, Result, Versioned } from '../../api.ts'
import type { NewTeamsConfig, Teams, TeamsConfig } from '../../teams.ts'
import { pause, tooLate, within } from '../../within.ts'

/**
 * One press of Save: `setConfig → PUT`, and after a failed PUT of a new configuration `DELETE`.
 *
 * Teams first takes what it keeps, then our server takes the rest, and only the caller, who gets the outcome,
 * tells Teams "saved". So Teams never shows a configuration that the server does not have, and a new one that
 * failed is taken back, whatever of it the server may have seen. All of it ends within 24 seconds, since
 * Teams' patience is about 30: Teams itself has 4, the URL 3, the PUT 20 of what is left after keeping 3 for
 * the DELETE. Should the caller fail to tell Teams "saved", `takeBack` has 3 more.
 *
 * The webhook URL in the save event wins. Older hosts tell it in `getConfig`, and only some time after
 * `setConfig`: a new configuration waits for it there. Any other URL seen in `getConfig` is handed on as
 * `nextUrl`, because what Teams shows there on a later edit can differ from what it gave at first.
 *
 * An edit whose answer was lost may have been saved all the same. Repeated, it finds the version it read gone
 * stale; if what is there now is what the page itself sent, it is replaced and nobody is told of someone else.
 *
 * What this does not cover: a PUT that the server begins only after it answered the DELETE, and a host that gave
 * up before the page did. Such a configuration's URL answers 410, since Teams never heard of a success: the server
 * then marks its destination as gone and cancels its cards; the configuration stays in the administrator's list.
 */
export async function save(press: Press, { teams, api, now }: Dependencies): Promise<Outcome> {
  const endsAt = now() + wholeMs
  if (!(await isTaken(press.config, teams))) return failed({ kind: 'refused by teams' })

  const { userObjectId, ...urls } = await urlsOf(press, teams)
  const hasNoUrl = press.isNew && press.host === 'connector' && urls.webhookUrl === undefined
  if (hasNoUrl) return failed({ kind: 'no webhook url' })

  const { entityId } = press.config
  const input = { ...press.input, ...urls, ...(userObjectId === undefined ? {} : { userObjectId }) }
  const put = (etag: string | undefined) =>
    api.save(entityId, input, { etag, timeoutMs: Math.min(putMs, endsAt - undoMs - now()) })
  const first = await put(press.etag)
  const ours = isStale(first) ? await findOurs(press, api) : undefined
  const saved = ours === undefined ? first : await put(ours.etag)
  if (!saved.ok && press.isNew) {
    await undo({ entityId, isAnswered: saved.failure.kind === 'answered', endsAt }, { api, now })
  }
  return saved
}

/** Takes back a new configuration that was saved but that Teams could not be told of. */
export function takeBack(entityId: string, { api, now }: Pick<Dependencies, 'api' | 'now'>): Promise<void> {
  return undo({ entityId, isAnswered: true, endsAt: now() + undoMs }, { api, now })
}

export interface Press {
  host: Host
  /** Whether the server has no such configuration yet: then whatever fails must leave nothing behind. */
  isNew: boolean
  etag: string | undefined
  config: NewTeamsConfig
  input: Omit<ConfigurationInput, 'webhookUrl' | 'nextUrl' | 'userObjectId'>
  /** What the person pasted wins over whatever Teams tells. */
  pastedUrl?: string | undefined
  /** Whether the server's URL is none of Teams': then what Teams tells is no change of it. */
  keepsUrl?: boolean
  /** From the save event. */
  webhookUrl: string | undefined
  /** Whether this is what an earlier press sent without hearing how that ended. */
  isOurs(found: Configuration): boolean
}

export type Outcome = { ok: true; value: Versioned } | { ok: false; failure: SaveFailure }

export type SaveFailure = Failure | { kind: 'refused by teams' } | { kind: 'no webhook url' }

interface Dependencies {
  teams: Pick<Teams, 'setConfig' | 'getConfig'>
  api: Pick<Api, 'configuration' | 'save' | 'remove'>
  /** Milliseconds since any moment. */
  now(): number
}

const wholeMs = 24_000
const setConfigMs = 4_000
const findUrlMs = 3_000
const glanceMs = 1_000
const findOursMs = 3_000
const betweenLooksMs = 250
const putMs = 20_000
const undoMs = 3_000
const undoTries = 3
const betweenUndosMs = 500

const failed = (failure: SaveFailure): Outcome => ({ ok: false, failure })

async function isTaken(config: NewTeamsConfig, teams: Dependencies['teams']): Promise<boolean> {
  try {
    const taken = await within(setConfigMs, async () => {
      await teams.setConfig(config)
      return true
    })
    return taken === true
  } catch {
    return false
  }
}

interface Urls {
  webhookUrl?: string
  nextUrl?: string
  userObjectId?: string | undefined
}

async function urlsOf(press: Press, teams: Dependencies['teams']): Promise<Urls> {
  const mustWait = press.isNew && press.webhookUrl === undefined && press.host === 'connector'
  if (press.pastedUrl !== undefined || press.keepsUrl) {
    const { userObjectId } = await look(teams, glanceMs)
    return { ...(press.pastedUrl !== undefined && { webhookUrl: press.pastedUrl }), userObjectId }
  }
  const seen = mustWait ? await waitForUrl(teams) : await look(teams, glanceMs)
  return { ...whichUrls(press, seen.webhookUrl), userObjectId: seen.userObjectId }
}

/** Which URL is the destination, and which is only kept in case that one is gone. */
export function whichUrls(
  { isNew, webhookUrl: told }: Pick<Press, 'isNew' | 'webhookUrl'>,
  seen: string | undefined,
): Pick<Urls, 'webhookUrl' | 'nextUrl'> {
  if (told === undefined) {
    if (seen === undefined) return {}
    return isNew ? { webhookUrl: seen } : { nextUrl: seen }
  }
  return seen === undefined || seen === told ? { webhookUrl: told } : { webhookUrl: told, nextUrl: seen }
}

async function waitForUrl(teams: Dependencies['teams']): Promise<TeamsConfig> {
  const found = await within(findUrlMs, async (signal) => {
    for (;;) {
      const config = await look(teams, glanceMs)
      if (config.webhookUrl !== undefined || signal.aborted) return config
      await pause(betweenLooksMs)
    }
  })
  return found === tooLate ? {} : found
}

async function look(teams: Dependencies['teams'], ms: number): Promise<TeamsConfig> {
  const config = await within(ms, () => teams.getConfig()).catch((): typeof tooLate => tooLate)
  return config === tooLate ? {} : config
}

const isStale = (saved: Result<Versioned>): boolean =>
  !saved.ok && saved.failure.kind === 'answered' && saved.failure.status === 412

/** What the server has, if it is what this page sent before. */
async function findOurs(press: Press, api: Dependencies['api']): Promise<Versioned | undefined> {
  const found = await within(findOursMs, () => api.configuration(press.config.entityId))
  return found !== tooLate && found.ok && press.isOurs(found.value.configuration) ? found.value : undefined
}

/**
 * Takes a new configuration back. "No such configuration" settles it only if the server had answered the PUT:
 * while a PUT may still be under way it is asked again, as it is when it could not be reached.
 */
async function undo(
  { entityId, isAnswered, endsAt }: { entityId: string; isAnswered: boolean; endsAt: number },
  { api, now }: Pick<Dependencies, 'api' | 'now'>,
): Promise<void> {
  for (let tries = 0; tries < undoTries; tries += 1) {
    const timeoutMs = endsAt - now()
    if (timeoutMs <= 0) return
    const removed = await api.remove(entityId, { timeoutMs })
    if (removed.ok || isSettled(removed, isAnswered)) return
    await pause(Math.min(betweenUndosMs, Math.max(0, endsAt - now())))
  }
}

function isSettled(removed: Result<null>, isAnswered: boolean): boolean {
  if (removed.ok) return true
  if (removed.failure.kind !== 'answered' || removed.failure.status >= 500) return false
  return removed.failure.status !== 404 || isAnswered
}
