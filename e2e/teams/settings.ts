import type { Changes } from './changes.ts'
import { ALL_OFF, type Person, type Sender, type Session, type Switches, type TeamsApp } from './model.ts'
import { PEOPLE } from './people.ts'

/** What a person or a test sets: who looks and how, which bugs are on, which apps and senders there are. */
export type Settings = {
  readonly switches: Switches
  readonly session: Session
  readonly apps: TeamsApp[]
  readonly senders: Sender[]
  setSwitches: (wanted: Partial<Switches>) => void
  setSession: (wanted: Partial<Session>) => void
  setApps: (wanted: TeamsApp[]) => void
  setSenders: (wanted: Sender[]) => void
  /** Who is signed in. */
  person: () => Person
  appName: (connectorId: string) => string
  /** Switches and session as at the start; apps and senders stay. */
  reset: () => void
}

const DEFAULT_SESSION: Session = { theme: 'default', locale: 'en-US', personId: PEOPLE[0]?.id ?? '' }

export function createSettings(options: {
  apps: TeamsApp[]
  senders: Sender[]
  remembered: { switches?: Switches; session?: Session }
  changes: Changes
  changed: () => void
}): Settings {
  let { apps, senders } = options
  let switches: Switches = { ...ALL_OFF, ...options.remembered.switches }
  let session: Session = { ...DEFAULT_SESSION, ...options.remembered.session }

  function changed() {
    options.changes.tell('state')
    options.changed()
  }

  return {
    get switches() {
      return switches
    },
    get session() {
      return session
    },
    get apps() {
      return apps
    },
    get senders() {
      return senders
    },
    setSwitches(wanted) {
      switches = { ...switches, ...wanted }
      changed()
    },
    setSession(wanted) {
      session = { ...session, ...wanted, personId: personOf(wanted.personId ?? session.personId).id }
      changed()
    },
    setApps(wanted) {
      apps = wanted
      changed()
    },
    setSenders(wanted) {
      senders = wanted
      changed()
    },
    person: () => personOf(session.personId),
    appName: (connectorId) => apps.find((app) => app.connectorId === connectorId)?.name ?? 'Incoming Webhook',
    reset() {
      switches = ALL_OFF
      session = DEFAULT_SESSION
      changed()
    },
  }
}

/** One of the people there are; another id is a mistake of the caller. */
export function personOf(id: string): Person {
  const found = PEOPLE.find((one) => one.id === id)
  if (!found) throw new Error(`There is no person ${id} in the simulated Teams`)
  return found
}
