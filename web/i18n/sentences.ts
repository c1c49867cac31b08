import type { Host, Place } from '../../server/model/configuration.ts'
import type { ConditionOperator } from '../../server/model/rule.ts'

/**
 * Every sentence our pages say. A language is a value of this type, so one that lacks a sentence does not
 * compile. Names and numbers come in as arguments; each language puts them where its grammar wants them.
 */
export interface Sentences {
  signingIn: string
  loading: string
  retry: string
  /** In a list of names: "A, B and C". */
  list(items: readonly string[]): string

  /** The place that gets the cards, as other sentences name it: as people call it, or by what it is. */
  place: Record<Place['kind'], string> & { named(name: string): string }

  outside: { title: string; text: string; steps: string }
  failed: { title: string; signInTitle: string }
  noSources: { title: string; text: string; admin: string }
  signIn: {
    title: string
    text: string
    button: string
    asking: string
    closed: string
    blocked: string
    notSignedIn: string
    lost: string
    back: string
    close: string
  }

  form: {
    titleNew(place: string): string
    titleEdit(place: string): string
    name: string
    namePlaceholder: string
    /** What the name is for, where the page runs. */
    nameHint: Record<Host, string>
    source: string
    sourcePlaceholder: string
    approval: string
    choices: string
    events: string
    allEvents: string
    chosen(count: number, of: number): string
    conditions: string
    noConditions: string
    conditionCount(count: number): string
    include: string
    includeHint: string
    exclude: string
    excludeHint: string
    addInclude: string
    addExclude: string
    field: string
    operator: string
    value: string
    valueHintGlob: string
    valueHintList: string
    yes: string
    no: string
    removeCondition(number: number): string
    conditionLabel(number: number): string
    operators: Record<ConditionOperator, string>
    pause: string
    pauseHint: string
    test: string
    testing: string
    tested: string
    optional: string
    chooseOne: string
  }

  /** What Save still waits for, said beside the form since the button is Teams' own. */
  missing: {
    ready: string
    unchanged: string
    url: string
    name: string
    source: string
    choices: string
    events: string
    conditions: string
    lead(wants: string): string
  }

  saving: string
  saved: { title: string; text(name: string, place: string): string }

  notes: {
    forgotten: string
    sourceLost: string
    eventsLost(names: readonly string[]): string
    /** `isLimitless`: with those conditions, the last one that limited what is sent has gone. */
    conditionsLost(fields: readonly string[], isLimitless: boolean): string
    waiting: string
  }

  trouble: {
    title: string
    testTitle: string
    incomplete: string
    refusedByTeams: string
    noWebhookUrl: string
    unreachable: string
    timedOut: string
    signIn: string
    stale: string
    reload: string
    server(status: number): string
    other: string
  }

  removal: {
    title(name: string | undefined): string
    cards(source: string | undefined, place: string): string
    events: string
    kept: string
    unknown: string
    ready: string
    removing: string
    removed: string
    failed: string
  }
}
