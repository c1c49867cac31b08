/**
 * A dialog that shows an app's page and waits for it: to be initialised, to become valid, and, once a button
 * is pressed, to say how that ended. Configure, Manage and Remove differ only in what they send and keep.
 *
 * `loading` → `open` ⇄ `waiting` → the dialog closes. A failure, or the end of the host's patience, returns to
 * `open` with the reason in `problem`; an answer that comes after that is no longer heard, as in Teams.
 */
import { useRef, useState } from 'react'
import type { Ending } from '../wire/app-host.ts'
import { createSettingsBox, type OpenedSettings, type SettingsBox } from '../wire/settings-box.ts'
import { type AppPage, type Placed, TEAMS_PATIENCE_MS, useAppPage } from '../wire/use-app-page.ts'

export type AppDialog = Pick<AppPage, 'src' | 'setFrame' | 'isLoading' | 'problem'> & {
  phase: 'loading' | 'open' | 'waiting'
  isValid: boolean
  settings: SettingsBox
  /** Sends the event and waits for how it ends; false when it failed, and `problem` says why. */
  ask: (event: 'settings.save' | 'settings.remove', args: unknown[]) => Promise<boolean>
  fail: (reason: string) => void
}

export function useAppDialog(options: Omit<Placed, 'entityId'> & { opened: OpenedSettings }): AppDialog {
  const { state, app, opened } = options
  const [isWaiting, setWaiting] = useState(false)
  const [isValid, setValid] = useState(false)
  const [problem, setProblem] = useState<string>()
  const waiting = useRef<(ending: Ending) => void>(null)
  const [settings] = useState(() => createSettingsBox(opened))

  const end = (ending: Ending) => waiting.current?.(ending)
  const page = useAppPage({
    ...options,
    who: 'app',
    entityId: opened.settings.entityId,
    settings,
    on: { validity: setValid, saved: end, removed: end },
  })

  function fail(reason: string) {
    setProblem(reason)
    setWaiting(false)
  }

  async function ask(event: 'settings.save' | 'settings.remove', args: unknown[]) {
    setWaiting(true)
    setProblem(undefined)
    const patienceMs = state.switches.impatientMs || TEAMS_PATIENCE_MS
    const { reason } = await new Promise<Ending>((resolve) => {
      const timer = window.setTimeout(
        () => resolve({ reason: lateSentence(app.name, patienceMs) }),
        patienceMs,
      )
      waiting.current = (ending) => {
        window.clearTimeout(timer)
        resolve(ending)
      }
      page.send(event, args)
    })
    waiting.current = null
    if (reason !== undefined) fail(reason)
    return reason === undefined
  }

  const { src, setFrame, isLoading } = page
  const phase = isWaiting ? 'waiting' : isLoading ? 'loading' : 'open'
  return { src, setFrame, isLoading, problem: problem ?? page.problem, phase, isValid, settings, ask, fail }
}

const lateSentence = (name: string, ms: number) =>
  `${name} did not answer within ${Math.round(ms / 100) / 10} seconds. Nothing was saved.`
