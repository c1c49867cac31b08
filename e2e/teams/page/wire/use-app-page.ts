/**
 * A page of an app in a frame, and the host's half of its wire: in a dialog, as the content of a tab, or hidden.
 * Whoever shows it only says where the app finds itself and hears, through `on`, what the app has told.
 */
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Channel, State, TeamsApp } from '../../model.ts'
import { type AppHost, createAppHost, type HostEvents } from './app-host.ts'
import { contextOf, type FrameContext, fillPlaceholders } from './context.ts'
import type { SettingsBox } from './settings-box.ts'

export type AppPage = {
  /** For the iframe: its address with placeholders filled in, and where to hand the element. */
  src: string
  setFrame: (frame: HTMLIFrameElement | null) => void
  /** Until the app has spoken. */
  isLoading: boolean
  /** Why the app cannot be shown. */
  problem: string | undefined
  /** To the app, once its frame is there. */
  send: AppHost['send']
}

export const TEAMS_PATIENCE_MS = 30_000

export type Placed = {
  state: State
  channel: Channel
  app: TeamsApp
  url: string
  frameContext: FrameContext
  entityId: string | undefined
}

export function useAppPage(
  placed: Placed & {
    /** How the log of the wire calls the frame. */
    who: string
    settings: SettingsBox
    on?: Partial<HostEvents>
  },
): AppPage {
  const { state, channel, app, url, frameContext, entityId, who, settings } = placed
  const [frame, setFrame] = useState<HTMLIFrameElement | null>(null)
  const [isLoading, setLoading] = useState(true)
  const [problem, setProblem] = useState<string>()
  const host = useRef<AppHost>(null)

  const contextNow = () => contextOf({ state, channel }, { frameContext, entityId })
  const [src] = useState(() => fillPlaceholders(url, contextNow()))

  const context = useEffectEvent(contextNow)
  const isLate = useEffectEvent(() => state.switches.lateSettings)
  const tell = useEffectEvent((told: (on: Partial<HostEvents>) => void) => told(placed.on ?? {}))
  const origin = new URL(app.configurationUrl).origin
  useEffect(() => {
    if (!frame) return undefined
    host.current = createAppHost({
      who,
      window: () => frame.contentWindow,
      origin,
      context: () => context(),
      settings: { shown: settings.shown, set: (wanted) => settings.set(wanted, { isLate: isLate() }) },
      on: {
        initialized: () => setLoading(false),
        validity: (isValid) => tell(({ validity }) => validity?.(isValid)),
        saved: (ending) => tell(({ saved }) => saved?.(ending)),
        removed: (ending) => tell(({ removed }) => removed?.(ending)),
        failed: setProblem,
      },
    })
    return () => host.current?.end()
  }, [frame, origin, settings, who])

  useThemeEvents(host, state.session.theme)
  useEffect(() => {
    if (!isLoading) return undefined
    const timer = window.setTimeout(
      () => setProblem(`${app.name} did not start within 30 seconds.`),
      TEAMS_PATIENCE_MS,
    )
    return () => window.clearTimeout(timer)
  }, [isLoading, app.name])

  return { src, setFrame, isLoading, problem, send: (func, args) => host.current?.send(func, args) }
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
