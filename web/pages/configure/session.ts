import type { Configuration, Host } from '../../../server/model/configuration.ts'
import type { SourceChoice } from '../../../server/model/source.ts'
import type { Answer } from '../../answer-once.ts'
import type { Api, Failure } from '../../api.ts'
import { keptBy } from '../../kept.ts'
import { asksForSignIn, type SignedOut } from '../../sign-in-by-pop-up.ts'
import { createStore } from '../../store.ts'
import type { Teams } from '../../teams.ts'
import { removeConfiguration } from '../remove/remove-configuration.ts'
import { contentOf, type Draft, differs, draftOf, missingOf } from './draft.ts'
import { type Form, formOf, type Opened, type Test } from './form.ts'
import { type SaveFailure, save, takeBack } from './save.ts'

/**
 * One opening of the configuration page, from its load until Teams closes the dialog.
 *
 * `signing in → loading →` one of `ready`, `no sources`, and `failed`, which can be tried again. Who Teams or the
 * server does not know is `signed out` first, wherever they can sign in by themselves; the form of whose sign-in
 * ended meanwhile waits for them. A ready form is `open`, `saving` or `saved`. Loading only reads, since Teams may open the page a second time where nobody
 * sees it. Save is offered only while the person's own form is complete and, on an edit, says something else
 * than what is saved. One `entityId` serves every press of Save: the one that Teams kept, else one made here.
 */
export function createSession(given: Dependencies): Session {
  const { teams, api } = given
  const store = createStore<View>({ is: 'signing in' })
  const ownId = given.newId()
  let opened: Opened = { entityId: ownId, existing: undefined }
  let pressing: Promise<Answer> | undefined
  /** What was sent without hearing whether it was saved. */
  let unheard: Draft[] = []
  /** What waits until its person has signed in again. */
  let waiting: Form | undefined

  async function load(): Promise<void> {
    store.set({ is: 'signing in' })
    unheard = []
    waiting = undefined
    const token = await teams.signIn()
    if (token === undefined && teams.askPerson !== undefined) return askToSignIn(undefined)
    await read()
  }

  function askToSignIn(failure: SignedOut['failure']): void {
    store.set({ is: 'signed out', isAsking: false, failure })
  }

  async function signIn(): Promise<void> {
    store.set({ is: 'signed out', isAsking: true, failure: undefined })
    const asked = await teams.askPerson?.()
    if (store.get().is !== 'signed out') return
    if (asked?.ok === false) return askToSignIn(asked.failure)
    if (waiting === undefined) return read()
    show(waiting)
    waiting = undefined
  }

  /** Shows the form, and lets Teams offer Save once it says something that can be saved. */
  function show(form: Form): void {
    store.set({ is: 'ready', form })
    teams.setValidity(
      form.missing.length === 0 && (form.saved === undefined || differs(form.draft, form.saved)),
    )
  }

  async function read(): Promise<void> {
    store.set({ is: 'loading' })
    const kept = await keptBy(teams)
    const [sources, existing] = await Promise.all([
      api.sources(),
      kept.entityId === undefined ? undefined : api.configuration(kept.entityId),
    ])
    if (!sources.ok) {
      if (asksForSignIn(sources.failure, teams)) return askToSignIn(sources.failure)
      return store.set({ is: 'failed', failure: sources.failure })
    }
    if (sources.value.length === 0) return store.set({ is: 'no sources' })
    const isForgotten = existing?.ok === false && isUnknown(existing.failure)
    if (existing?.ok === false && !isForgotten) return store.set({ is: 'failed', failure: existing.failure })

    opened = {
      entityId: kept.entityId ?? ownId,
      existing: existing?.ok === true ? existing.value : undefined,
    }
    store.set({
      is: 'ready',
      form: formOf(opened, sources.value, { host: given.host, isForgotten, name: kept.name }),
    })
    // What was ready to save before a reload is not any more.
    teams.setValidity(false)
  }

  function change(update: (draft: Draft) => Draft): void {
    const form = formNow(store.get())
    if (form === undefined || form.phase === 'saving') return
    const draft = update(form.draft)
    const source = form.sources.find(({ id }) => id === draft.sourceId)
    const missing = missingOf(draft, source)
    show({ ...form, phase: 'open', draft, source, missing })
  }

  /** Teams asks once per press; should it ask again while we save, both are told the same. */
  function press(webhookUrl: string | undefined): Promise<Answer> {
    pressing ??= saveForm(webhookUrl).finally(() => {
      pressing = undefined
    })
    return pressing
  }

  async function saveForm(webhookUrl: string | undefined): Promise<Answer> {
    const form = formNow(store.get())
    if (form?.source === undefined || form.missing.length > 0) {
      return { ok: false, sentence: given.say({ kind: 'incomplete' }) }
    }
    const { draft } = form
    store.set({ is: 'ready', form: { ...form, phase: 'saving', trouble: undefined } })
    // The server never tells a URL, so one that was pasted has nothing to be compared with.
    const isOurs = (found: Configuration) => {
      const standing = draftOf(found, sourceOf(found, form.sources))
      return unheard.some((sent) => !differs({ ...sent, url: undefined }, standing))
    }
    const outcome = await save(
      { ...pressOf(form, form.source, opened, given), webhookUrl, isOurs },
      { teams, api, now: given.now },
    )
    if (!outcome.ok) {
      if (isUnheard(outcome.failure)) unheard.push(draft)
      tellTrouble(form, outcome.failure)
      return { ok: false, sentence: given.say(outcome.failure) }
    }
    const before = opened
    opened = { ...opened, existing: outcome.value }
    unheard = []
    store.set({ is: 'ready', form: { ...form, phase: 'saved', saved: draft, trouble: undefined, notes: [] } })
    return { ok: true, takeBack: () => takeBackSave(before, form) }
  }

  function tellTrouble(form: Form, failure: SaveFailure): void {
    if (!asksForSignIn(failure, teams))
      return store.set({ is: 'ready', form: { ...form, phase: 'open', trouble: failure } })
    waiting = { ...form, phase: 'open', trouble: undefined }
    teams.setValidity(false)
    askToSignIn(failure)
  }

  /** Teams could not be told: nothing new is left behind, and the form stands as it was before Save. */
  async function takeBackSave(before: Opened, form: Form): Promise<string> {
    const failure = { kind: 'refused by teams' } as const
    if (before.existing === undefined) {
      await takeBack(before.entityId, { api, now: given.now })
      opened = before
    }
    store.set({ is: 'ready', form: { ...form, phase: 'open', trouble: failure } })
    return given.say(failure)
  }

  async function test(): Promise<void> {
    tellTest('sending')
    const sent = await api.test(opened.entityId)
    tellTest(sent.ok ? 'sent' : sent.failure)
  }

  function tellTest(told: Test): void {
    const form = formNow(store.get())
    if (form !== undefined) store.set({ is: 'ready', form: { ...form, test: told } })
  }

  teams.onSave(press)
  teams.onRemove(async () => {
    // Teams may ask before the page has loaded.
    const { entityId = opened.entityId, webhookUrl } = await keptBy(teams)
    const removed = await removeConfiguration({ entityId, webhookUrl }, api)
    return removed.ok ? { ok: true } : { ok: false, sentence: given.say(removed.failure) }
  })
  return { view: store.get, subscribe: store.subscribe, load, signIn, change, test }
}

export interface Session {
  view(): View
  subscribe(listener: () => void): () => void
  /** Reads everything from the start; what stood in the form is lost. */
  load(): Promise<void>
  /** Asks the person to sign in by themselves, then reads. Only where they are signed out. */
  signIn(): Promise<void>
  change(update: (draft: Draft) => Draft): void
  test(): Promise<void>
}

export type View =
  | { is: 'signing in' | 'loading' | 'no sources' }
  | SignedOut
  | { is: 'failed'; failure: Failure }
  | { is: 'ready'; form: Form }

interface Dependencies {
  teams: Teams
  api: Api
  host: Host
  /** Where our pages are, such as `https://cardwire.example`. */
  origin: string
  zone: string
  newId(): string
  now(): number
  /** A failure as a sentence in the person's language. */
  say(failure: SaveFailure | { kind: 'incomplete' }): string
}

const isUnknown = (failure: Failure): boolean => failure.kind === 'answered' && failure.status === 404

const isUnheard = ({ kind }: SaveFailure): boolean => kind === 'unreachable' || kind === 'timed out'

const sourceOf = ({ sourceId }: Configuration, sources: readonly SourceChoice[]) =>
  sources.find(({ id }) => id === sourceId)

const formNow = (view: View): Form | undefined => (view.is === 'ready' ? view.form : undefined)

function pressOf(form: Form, source: SourceChoice, { entityId, existing }: Opened, given: Dependencies) {
  const { host, origin, teams, zone } = given
  const content = contentOf(form.draft, source)
  const before = existing?.configuration
  return {
    host,
    isNew: before === undefined,
    etag: existing?.etag,
    pastedUrl: form.draft.url?.text,
    // What Teams still tells then is the classic connector that it was.
    keepsUrl: before?.transport === 'workflow',
    config: {
      entityId,
      configName: content.name,
      suggestedDisplayName: content.name,
      contentUrl:
        host === 'tab' ? `${origin}/channel?entityId=${entityId}` : `${origin}/configure?host=${host}`,
      removeUrl: `${origin}/remove`,
    },
    input: {
      ...content,
      host,
      // Cards keep the language and the clock of whoever made the configuration.
      locale: before?.locale ?? teams.context.locale,
      zone: before?.zone ?? zone,
      place: { ...before?.place, ...teams.context.place },
    },
  }
}
