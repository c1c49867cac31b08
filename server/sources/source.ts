import type { IncomingHttpHeaders } from 'node:http'
import type { Static, TObject } from 'typebox'
import type { Event, NewEvent } from '../model/event.ts'
import type { Language } from '../model/language.ts'
import type { DeclaredEventType, DeclaredField } from '../model/source.ts'
import type { Text } from '../model/text.ts'

/**
 * The contract of a kind: code that understands one system's events.
 *
 * A kind is one folder and one line in `index.ts`. Its settings schema draws the administrator's form, its
 * choices schema the channel's; `source.test.ts` proves any kind that is listed against its own examples.
 * Everything here is pure: a kind is given bytes and secrets and gives back events. It reads no clock, no
 * network and no database. Every word that a kind itself says to people it says in all our languages.
 */
export interface Kind<Settings extends TObject = TObject, Choices extends TObject = TObject> {
  /** Kebab-case, stable: it is stored with every source. */
  id: string
  title: Text
  /** What an administrator sets once for the source. */
  settings: Settings
  /** What the schemas' titles and descriptions are in each of our languages. Absent where they say nothing. */
  words?: SchemaWords
  /** What each configuration sets, e.g. a place. An empty object where there is nothing to choose. */
  choices: Choices
  eventTypes(settings: Static<Settings>): DeclaredEventType[]
  /** What conditions can ask about; each is a key of `event.fields`. */
  fields(settings: Static<Settings>): DeclaredField[]
  /** Whether the event concerns a configuration with these choices. Absent: every event does. */
  wants?(event: Event, choices: Static<Choices>): boolean
  /**
   * Faults in settings that their schema cannot express, in words for the administrator: a template that does
   * not parse, an event type listed twice. Absent or empty: none.
   */
  faults?(settings: Static<Settings>): string[]
  /**
   * Whether the raw request comes from the tracked system. Any of the secrets may prove it; while one is
   * being rotated there are two. Compares in constant time and looks at nothing but bytes and headers.
   */
  authentic(raw: RawRequest, secrets: readonly string[], settings: Static<Settings>): boolean
  /**
   * The events a proven request tells, in order; none is a fine answer (a ping).
   * @throws {UnreadableError} when it cannot be understood, saying what is wrong and where.
   */
  read(raw: RawRequest, settings: Static<Settings>): NewEvent[]
  /** The headers with which the tracked system would prove this body: shown at set-up, used by tests. */
  proof(body: Uint8Array, secret: string, settings: Static<Settings>): Record<string, string>
  /** The same in words, for whoever sets the tracked system up: which header, and what goes into it. */
  proofInWords(settings: Static<Settings>): Text
  /** Settings to begin with, where there is more to set than one would like to write. */
  presets?: readonly Preset<Static<Settings>>[]
  /** Real payloads: for conformance, the playground, and previews before any event came. */
  examples: readonly Example<Static<Settings>>[]
}

/** Schemas are documentation too, which is in English: what forms say of them is found by that. */
export interface SchemaWords {
  /** What people call a property or a constant, by its name. */
  titles: Readonly<Record<string, Text>>
  /** By the English description. */
  descriptions: Readonly<Record<string, Record<Exclude<Language, 'en'>, string>>>
}

export interface Preset<Settings = Record<string, unknown>> {
  title: Text
  settings: Settings
}

/** A request may tell at most this many events: each costs a fan-out before its sender has an answer. */
export const maxEvents = 1_000

export interface RawRequest {
  body: Uint8Array
  /** Lower-case names, as Node gives them. */
  headers: IncomingHttpHeaders
}

export interface Example<Settings = Record<string, unknown>> {
  id: string
  title: Text
  settings: Settings
  /** JSON, as the tracked system sends it. */
  body: unknown
  headers?: Record<string, string>
  /** The types of the events it tells, in order. */
  types: readonly string[]
}

/** The bytes are authentic but cannot be understood; answered 400 with these words. */
export class UnreadableError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UnreadableError'
  }
}
