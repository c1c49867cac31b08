/**
 * A dialog that shows an app's page and waits for it: to be initialised, to become valid, and, once a button
 * is pressed, to say how that ended. Configure, Manage and Remove differ only in what they send and keep.
 *
 * `loading` → `open` ⇄ `waiting` → the dialog closes. A failure, or the end of the host's patience, returns to
 * `open` with the reason in `problem`; an answer that comes after that is no longer heard, as in Teams.
 */
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Channel, Connector, State, TeamsApp } from '../../model.ts'
import { type AppHost, createAppHost, type Ending } from '../wire/app-host.ts'
import { contextOf, type FrameContext, fillPlaceholders } from '../wire/context.ts'
import { createSettingsBox, type SettingsBox } from '../wire/settings-box.ts'

export type AppDialog = {
  phase: 'loading' | 'open' | 'waiting'
  isValid: boolean
  problem: string | undefined
  /** For the iframe: its address with placeholders filled in, and where to hand the element. */
  src: string
  setFrame: (frame: HTMLIFrameElement | null) => void
  settings: SettingsBox
  /** Sends the event and waits for how it ends; false when it failed, and `problem` says why. */
  ask: (event: 'settings.save' | 'settings.remove', args: unknown[]) => Promise<boolean>
  fail: (reason: string) => void
}

const TEAMS_PATIENCE_MS = 30_000

export function useAppDialog(options: {
  state: State
  channel: Channel
  app: TeamsApp
  url: string
  frameContext: FrameContext
  connector: Connector | undefined
  /** What the page is shown as its webhook URL, where that differs from the connector's own. */
  webhookUrl?: string | undefined
}): AppDialog {
  const { state, channel, app, url, frameContext, connector } = options
  const [phase, setPhase] = useState<AppDialog['phase']>('loading')
  const [isValid, setValid] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [frame, setFrame] = useState<HTMLIFrameElement | null>(null)
  const host = useRef<AppHost>(null)
  const waiting = useRef<(ending: Ending) => void>(null)

  const contextNow = () =>
    contextOf({ state, channel }, { frameContext, entityId: connector?.settings.entityId })
  const [settings] = useState(() => createSettingsBox(settingsOf(options)))
  const [src] = useState(() => fillPlaceholders(url, contextNow()))

  const context = useEffectEvent(contextNow)
  const isLate = useEffectEvent(() => state.switches.lateSettings)
  const origin = new URL(app.configurationUrl).origin
  useEffect(() => {
    if (!frame) return undefined
    const end = (ending: Ending) => waiting.current?.(ending)
    host.current = createAppHost({
      who: 'app',
      window: () => frame.contentWindow,
      origin,
      context: () => context(),
      settings: { shown: settings.shown, set: (wanted) => settings.set(wanted, { isLate: isLate() }) },
      on: {
        initialized: () => setPhase((was) => (was === 'loading' ? 'open' : was)),
        validity: setValid,
        saved: end,
        removed: end,
        failed: setProblem,
      },
    })
    return () => host.current?.end()
  }, [frame, origin, settings])

  useThemeEvents(host, state.session.theme)
  useEffect(() => {
    if (phase !== 'loading') return undefined
    const timer = window.setTimeout(
      () => setProblem(`${app.name} did not start within 30 seconds.`),
      TEAMS_PATIENCE_MS,
    )
    return () => window.clearTimeout(timer)
  }, [phase, app.name])

  function fail(reason: string) {
    setProblem(reason)
    setPhase('open')
  }

  async function ask(event: 'settings.save' | 'settings.remove', args: unknown[]) {
    setPhase('waiting')
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
      host.current?.send(event, args)
    })
    waiting.current = null
    if (reason !== undefined) fail(reason)
    return reason === undefined
  }

  return { phase, isValid, problem, src, setFrame, settings, ask, fail }
}

/** Teams tells a page of a new theme only if it registered for that. */
function useThemeEvents(host: React.RefObject<AppHost | null>, theme: string) {
  const told = useRef(theme)
  useEffect(() => {
    if (told.current === theme) return
    told.current = theme
    if (host.current?.isRegistered('themeChange')) host.current.send('themeChange', [theme])
  }, [host, theme])
}

function settingsOf({
  state,
  connector,
  webhookUrl,
}: Pick<Parameters<typeof useAppDialog>[0], 'state' | 'connector' | 'webhookUrl'>) {
  const userObjectId = state.session.personId
  if (!connector) return { userObjectId }
  const { contentUrl, ...rest } = connector.settings
  const isLost = contentUrl === undefined || state.switches.lostContentUrl
  return {
    ...rest,
    ...(!isLost && { contentUrl }),
    webhookUrl: webhookUrl ?? connector.webhookUrl,
    userObjectId,
  }
}

const lateSentence = (name: string, ms: number) =>
  `${name} did not answer within ${Math.round(ms / 100) / 10} seconds. Nothing was saved.`
