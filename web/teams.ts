import { app, authentication, pages } from '@microsoft/teams-js'
import type { Place } from '../server/model/configuration.ts'
import { type Answer, answerOnce } from './answer-once.ts'
import { placeOf, real } from './place.ts'
import { createTokens, type Tokens } from './tokens.ts'
import { tooLate, within } from './within.ts'

/**
 * Teams, as our pages see it: the only user of teams-js.
 *
 * What is promised here whatever the page does: nothing is sent on load that Teams could take for a person's
 * choice (it may open the page a second time, hidden); validity is told only when it changes; a save and a
 * remove are each answered exactly once.
 */
export interface Teams extends Tokens {
  context: TeamsContext
  onThemeChange(handler: (theme: string) => void): void
  getConfig(): Promise<TeamsConfig>
  /** Rejects when Teams does not take it. A `getConfig` straight after may still show the old state. */
  setConfig(config: NewTeamsConfig): Promise<void>
  setValidity(valid: boolean): void
  /** Register at once: the SDK reports success by itself while there is no handler. */
  onSave(handler: (webhookUrl: string | undefined) => Promise<Answer>): void
  onRemove(handler: () => Promise<Answer>): void
}

export interface TeamsContext {
  locale: string
  theme: string
  entityId: string | undefined
  place: Place
}

/** What Teams keeps for a configuration; connectors have more than the SDK's types say. */
export interface TeamsConfig {
  entityId?: string | undefined
  configName?: string | undefined
  webhookUrl?: string | undefined
  userObjectId?: string | undefined
}

export interface NewTeamsConfig {
  entityId: string
  configName: string
  suggestedDisplayName: string
  contentUrl: string
  removeUrl: string
}

/** Single sign-on inside a connector's dialog may never answer: then we go on without. */
const tokenTimeoutMs = 8_000

/** Whether something shows us: without a frame around the page there is no Teams to talk to. */
export const isFramed = (): boolean => window.parent !== window || 'nativeInterface' in window

/**
 * Says hello to Teams and waits for as long as it takes to answer; outside Teams that can be for ever.
 * Rejects where the frame is not one that can be configured.
 */
export async function connect(extraOrigins: string[]): Promise<Teams> {
  await app.initialize(extraOrigins)
  const context = await app.getContext()
  if (!pages.config.isSupported()) throw new Error('This frame cannot be configured.')
  app.notifyAppLoaded()
  await app.notifySuccess()
  return createTeams(context)
}

function createTeams(context: app.Context): Teams {
  let validity = false
  return {
    context: contextOf(context),
    onThemeChange: (handler) => app.registerOnThemeChangeHandler(handler),
    getConfig: async () => configOf(await pages.getConfig()),
    setConfig: (config) => pages.config.setConfig(config),
    setValidity: (valid) => {
      if (valid === validity) return
      validity = valid
      pages.config.setValidityState(valid)
    },
    onSave: (handler) =>
      pages.config.registerOnSaveHandler((event) => {
        void answerOnce(event, () => handler(real(event.result.webhookUrl)))
      }),
    onRemove: (handler) =>
      pages.config.registerOnRemoveHandler((event) => {
        void answerOnce(event, handler)
      }),
    ...createTokens({ ask: askSilently, now: Date.now }),
  }
}

/** The one place where a token is asked for; a pop-up that asks the person would follow this one's failure. */
async function askSilently(): Promise<string | undefined> {
  try {
    const token = await within(tokenTimeoutMs, () => authentication.getAuthToken())
    return token === tooLate ? undefined : token
  } catch {
    return undefined
  }
}

function contextOf(context: app.Context): TeamsContext {
  return {
    locale: real(context.app.locale) ?? navigator.language,
    theme: context.app.theme,
    entityId: real(context.page.id),
    place: placeOf(context),
  }
}

function configOf(config: pages.InstanceConfig & TeamsConfig): TeamsConfig {
  return {
    entityId: real(config.entityId),
    configName: real(config.configName),
    webhookUrl: real(config.webhookUrl),
    userObjectId: real(config.userObjectId),
  }
}
