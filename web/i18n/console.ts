import type { OutcomeKind } from '../../server/model/delivery.ts'
import { type Language, languageOf } from '../../server/model/language.ts'
import type { DeliveryStory } from '../../server/model/overview.ts'
import type { Glossary } from './glossary.ts'

/** Every sentence of the console, apart from the other pages', which need not carry them. */
export interface ConsoleSentences extends Glossary {
  title: string
  pages: { sources: string; channels: string; deliveries: string }
  theme: { label: string; system: string; light: string; dark: string; contrast: string }
  signIn: { title: string; token: string; hint: string; button: string; out: string }
  common: {
    loading: string
    failed: string
    retry: string
    cancel: string
    close: string
    save: string
    copy: string
    copied: string
    search: string
    any: string
    actions(name: string): string
    never: string
    done: string
    next: string
    first: string
    unreachable: string
  }
  /** The package that is uploaded to Teams. */
  app: { open: string; title: string; text: string; download: string }
  sources: {
    make: string
    empty: string
    emptyText: string
    kind: string
    name: string
    /** Settings that are begun with; `nothing` is to begin with none. */
    beginWith: string
    nothing: string
    approval: string
    events: string
    channels: string
    paused: string
    secrets(count: number): string
    waiting: string
    firstEvent: string
    setUp: string
    url: string
    secret: string
    secretHint: string
    secretKept: string
    proof: string
    /** A command that sends a first event. */
    tryIt: string
    tryItHint: string
    /** Requests that were not taken, each with how often. */
    refused: string
    latestRefused: string
    times(count: number): string
    rotate: string
    rotateAsk(name: string): string
    rotateText: string
    retire: string
    pause: string
    resume: string
    edit: string
    remove: string
    removeAsk(name: string): string
    removeText: string
    dependents: string
    showDependents: string
    /** An edit that takes event types from channels that want them. */
    loseAsk: string
    lost(eventTypes: string): string
    andMore(count: number): string
    back: string
    saveAnyway: string
  }
  /** A form that is drawn from a schema. */
  settings: {
    addMore: string
    addTo(title: string): string
    remove(title: string): string
    /** One of several of the same name. */
    one(title: string, number: number): string
    /** By which of its ways a setting is given. */
    way(title: string): string
  }
  channels: {
    empty: string
    emptyText: string
    channel: string
    configuration: string
    goesTo: string
    carried: string
    last: string
    edit: string
    test: string
    testSent: string
    pause: string
    resume: string
    remove: string
    removeAsk(name: string): string
    removeText: string
    /** Of the destination, with all that share it. */
    switchOff: string
    switchOn: string
    switchOffAsk(name: string): string
    switchOffText: string
    showDeliveries: string
    newUrl: string
    newUrlHint: string
    approve: string
    approved: string
    approveAsk(name: string): string
    approveText(source: string, where: string): string
    paused: string
    waiting: string
    onlyWaiting: string
    unopened: string
    onlyUnopened: string
    allEvents: string
    onlyIf(conditions: string): string
    notIf(conditions: string): string
    quiet(from: string, to: string): string
    digest: string
    retiring: string
    chat: string
    source: string
    health: string
  }
  deliveries: {
    empty: string
    emptyText: string
    what: string
    where: string
    /** Instead of a configuration: a URL that was tried before it was saved, and one that is gone. */
    trial: string
    removed: string
    state: string
    when: string
    attempts: string
    select(title: string): string
    selectAll: string
    sendAgain: string
    sendSelected(count: number): string
    sent(count: number): string
    refused(count: number): string
    event: string
    card: string
    cardIs: Record<DeliveryStory['cardIs'], string>
    body: string
    attemptList: string
    noAttempts: string
    answer(words: string): string
    bytes(count: number): string
    inDigest: string
    members: string
    rounds: string
    round(number: number): string
    forgotten: string
    ofOne: string
    showAll: string
    story: string
  }
  outcomes: Record<OutcomeKind, string>
}

/** The console's sentences in the language for a locale. Only those of one language are loaded. */
export async function speakConsole(locale: string): Promise<ConsoleSentences> {
  return sentencesIn[languageOf(locale)]()
}

const sentencesIn: Record<Language, () => Promise<ConsoleSentences>> = {
  en: async () => (await import('./console-en.ts')).en,
  fr: async () => (await import('./console-fr.ts')).fr,
  zh: async () => (await import('./console-zh.ts')).zh,
}
