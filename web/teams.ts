import { app, authentication, FrameContexts, pages } from '@microsoft/teams-js'
import type { Place } from '../server/model/configuration.ts'
import { languageOf, languageTags } from '../server/model/language.ts'
import { type Answer, answerOnce } from './answer-once.ts'
import { placeOf, real } from './place.ts'
import { type Asked, type PopUpFailure, signInByPopUp } from './sign-in-by-pop-up.ts'
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
export async function connect({ origins, redeem }: Around): Promise<Teams> {
  await app.initialize(origins)
  const context = await app.getContext()
  // A tab is only shown: phones, which configure nothing, show it too.
  const isShown = context.page.frameContext === FrameContexts.content
  if (!isShown && !pages.config.isSupported()) throw new Error('This frame cannot be configured.')
  app.notifyAppLoaded()
  await app.notifySuccess()
  return createTeams(context, redeem)
}

/** What is around the page besides Teams. */
export interface Around {
  /** Of hosts beyond Microsoft's. */
  origins: string[]
  /** Trades what a pop-up gave for a token, in this language; absent where nobody can sign in by one. */
  redeem?: Redeem | undefined
}

type Redeem = (language: string) => (proof: { code: string; verifier: string }) => Promise<Asked>

function createTeams(context: app.Context, redeem: Redeem | undefined): Teams {
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
    ...createTokens({ ask: askSilently, askPerson: redeem && (() => ask(context, redeem)), now: Date.now }),
  }
}

async function askSilently(): Promise<string | undefined> {
  try {
    const token = await within(tokenTimeoutMs, () => authentication.getAuthToken())
    return token === tooLate ? undefined : token
  } catch {
    return undefined
  }
}

/** Where Teams gives no token, the person may sign in by themselves. */
function ask({ app: { locale, theme }, user }: app.Context, redeem: Redeem): Promise<Asked> {
  const lang = languageTags[languageOf(real(locale) ?? navigator.language)]
  return signInByPopUp({
    origin: location.origin,
    look: { lang, theme, hint: real(user?.loginHint) },
    open,
    redeem: redeem(lang),
  })
}

/** What the page in the pop-up says before a sentence of ours, so that no word of Teams' is shown as one. */
const told = 'cardwire: '

async function open(url: string): Promise<Asked> {
  try {
    return { ok: true, value: await authentication.authenticate({ url, width: 520, height: 640 }) }
  } catch (error) {
    return { ok: false, failure: failureIn(error instanceof Error ? error.message : '') }
  }
}

function failureIn(reason: string): PopUpFailure {
  if (reason === 'FailedToOpenWindow') return { kind: 'pop-up blocked' }
  if (reason === 'CancelledByUser') return { kind: 'pop-up closed' }
  const detail = reason.startsWith(told) ? reason.slice(told.length) : ''
  return { kind: 'answered', status: 401, code: 'unauthenticated', detail }
}

/**
 * Ends a pop-up: hands its one-time code to the page that opened it, or tells that one why there is none. Teams
 * then closes the window. Where no Teams opened it, this never comes back.
 */
export async function endPopUp(
  origins: string[],
  end: { ok: true; code: string } | { ok: false; sentence: string },
): Promise<void> {
  await app.initialize(origins)
  if (end.ok) authentication.notifySuccess(end.code)
  else authentication.notifyFailure(`${told}${end.sentence}`)
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
