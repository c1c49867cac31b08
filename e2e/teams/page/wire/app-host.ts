/**
 * The host's half of the wire for one page of an app: every `func` that the app may send, and what Teams
 * answers. What the answers mean for a dialog (may Save be pressed, has it ended) is told through `on`.
 */
import type { ConnectorSettings } from '../../model.ts'
import { isSafeAddress } from '../cards/safe-address.ts'
import { control } from '../control.ts'
import type { HostContext } from './context.ts'
import { type Conversation, converse } from './conversation.ts'
import { greeting } from './greeting.ts'
import { authenticateInPopUp } from './pop-up.ts'
import type { SettingsBox } from './settings-box.ts'

export type AppHost = Conversation & {
  /** Whether the app asked to be told, by `registerHandler`. */
  isRegistered(handler: string): boolean
}

/** `undefined` is success; anything else is the reason. */
export type Ending = { reason: string | undefined }

export type HostEvents = {
  initialized(): void
  validity(isValid: boolean): void
  saved(ending: Ending): void
  removed(ending: Ending): void
  failed(reason: string): void
}

export function createAppHost(options: {
  who: string
  window: () => Window | null | undefined
  origin: string
  context: () => HostContext
  settings: Pick<SettingsBox, 'shown' | 'set'>
  on: HostEvents
}): AppHost {
  const { context, settings, on } = options
  const registered = new Set<string>()

  const funcs: Record<string, (args: unknown[]) => Promise<unknown[] | undefined> | unknown[] | undefined> = {
    initialize() {
      on.initialized()
      return greeting(context().frameContext)
    },
    getContext: () => [context()],
    registerHandler([name]) {
      registered.add(String(name))
      return undefined
    },
    'settings.setValidityState'([isValid]) {
      on.validity(isValid === true)
      return undefined
    },
    'settings.getSettings': () => [settings.shown()],
    'settings.setSettings'([wanted]) {
      if (!isSettings(wanted)) return [false, 'Settings must be an object']
      settings.set(wanted)
      return [true]
    },
    'settings.save.success': () => told(() => on.saved({ reason: undefined })),
    'settings.save.failure': ([reason]) => told(() => on.saved({ reason: sentence(reason) })),
    'settings.remove.success': () => told(() => on.removed({ reason: undefined })),
    'settings.remove.failure': ([reason]) => told(() => on.removed({ reason: sentence(reason) })),
    'appInitialization.failure': ([, message]) => told(() => on.failed(sentence(message))),
    executeDeepLink: ([address]) => openLink(String(address)),
    'authentication.getAuthToken': authToken,
    'authentication.authenticate': ([url, width, height]) =>
      authenticateInPopUp({
        url: String(url),
        width: Number(width),
        height: Number(height),
        origin: options.origin,
      }),
  }

  const conversation = converse({
    who: options.who,
    window: options.window,
    origin: options.origin,
    answer: async (func, args) => funcs[func]?.(args),
  })
  return { ...conversation, isRegistered: (handler) => registered.has(handler) }
}

/** `app.openLink`: beside Teams, since nothing inside it is simulated that a link could lead to. */
function openLink(address: string): unknown[] {
  if (!isSafeAddress(address)) return [false, 'Only web addresses can be opened']
  window.open(address, '_blank', 'noreferrer')
  return [true]
}

async function authToken(): Promise<unknown[]> {
  try {
    const { token } = await control.authToken()
    return [true, token]
  } catch (error) {
    return [false, error instanceof Error ? error.message : String(error)]
  }
}

function told(tell: () => void): undefined {
  tell()
  return undefined
}

const sentence = (reason: unknown) =>
  typeof reason === 'string' && reason !== '' ? reason : 'The app gave no reason.'

const isSettings = (value: unknown): value is ConnectorSettings => typeof value === 'object' && value !== null
