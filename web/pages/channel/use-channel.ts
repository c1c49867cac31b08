import { useCallback, useEffect, useRef, useState } from 'react'
import type { ChannelDelivery, ChannelDestination, MutedEvent } from '../../../server/model/channel.ts'
import type { Configuration } from '../../../server/model/configuration.ts'
import type { Failure, Result } from '../../api.ts'
import { useLanguage } from '../../i18n/use-sentences.tsx'
import type { SignedOut } from '../../sign-in-by-pop-up.ts'
import type { Teams } from '../../teams.ts'
import { type ChannelApi, createChannelApi, type Wait } from './channel-api.ts'

/** The channel's page as it stands. */
export type ChannelView =
  | { is: 'signing in' | 'loading' | 'unknown' }
  | SignedOut
  | { is: 'failed'; failure: Failure }
  | ({ is: 'ready' } & Shown)

export interface Shown {
  configuration: Configuration
  destination: ChannelDestination
  deliveries: ChannelDelivery[]
  hasMore: boolean
  muted: MutedEvent[]
  /** The last look failed: what is shown is older than it seems. */
  isOld: boolean
}

export interface UseChannel {
  view: ChannelView
  api: ChannelApi | undefined
  /** What the last thing that was done has failed at. */
  trouble: Failure | undefined
  /** What the card that was last sent again waits for. */
  wait: Wait | undefined
  reload(): void
  signIn(): void
  showMore(): void
  pause(paused: boolean): Promise<void>
  sendAgain(deliveryId: string): Promise<void>
}

const lookEveryMs = 10_000
const firstPage = 25
const mostShown = 200

/** The page's data: read at once, and again every ten seconds while someone can see it. */
export function useChannel(teams: Teams): UseChannel {
  const { tag } = useLanguage()
  const entityId = teams.context.entityId ?? new URLSearchParams(location.search).get('entityId') ?? undefined
  const [api] = useState(() =>
    entityId === undefined
      ? undefined
      : createChannelApi(entityId, { token: teams.token, language: tag, fetch: window.fetch.bind(window) }),
  )
  const [view, setView] = useState<ChannelView>({ is: 'signing in' })
  const [trouble, setTrouble] = useState<Failure>()
  const [wait, setWait] = useState<Wait>()
  const limit = useRef(firstPage)
  const isOpenedTold = useRef(false)

  const look = useCallback(async () => {
    if (!api) return setView({ is: 'unknown' })
    const seen = await readAll(api, limit.current)
    setView((before) => after(before, seen, teams))
    // However they came to see it: at once, after a failure, or by signing in first.
    if (seen.ok && !isOpenedTold.current) isOpenedTold.current = (await api.opened()).ok
  }, [api, teams])

  const load = useCallback(async () => {
    const token = await teams.signIn()
    if (token === undefined && teams.askPerson !== undefined) {
      return setView({ is: 'signed out', isAsking: false, failure: undefined })
    }
    setView({ is: 'loading' })
    await look()
  }, [look, teams])

  useEffect(() => {
    queueMicrotask(() => void load())
  }, [load])
  const isReady = view.is === 'ready'
  useEffect(() => {
    if (!isReady) return undefined
    const timer = setInterval(() => {
      if (!document.hidden) void look()
    }, lookEveryMs)
    return () => clearInterval(timer)
  }, [isReady, look])

  const act = async <T>(done: Promise<Result<T>>, tell?: (value: T) => void) => {
    const result = await done
    setTrouble(result.ok ? undefined : result.failure)
    setWait(undefined)
    if (result.ok) tell?.(result.value)
    await look()
  }
  return {
    view,
    api,
    trouble,
    wait,
    reload: () => {
      setView({ is: 'signing in' })
      void load()
    },
    signIn: () => void askPerson(),
    showMore: () => {
      limit.current = Math.min(limit.current * 2, mostShown)
      void look()
    },
    pause: async (paused) => {
      if (api) await act(api.pause(paused))
    },
    sendAgain: async (id) => {
      if (api) await act(api.sendAgain(id), setWait)
    },
  }

  async function askPerson(): Promise<void> {
    setView({ is: 'signed out', isAsking: true, failure: undefined })
    const asked = await teams.askPerson?.()
    if (asked?.ok === false) return setView({ is: 'signed out', isAsking: false, failure: asked.failure })
    setView({ is: 'loading' })
    await look()
  }
}

type Seen = { ok: true; shown: Omit<Shown, 'isOld'> } | { ok: false; failure: Failure }

async function readAll(api: ChannelApi, limit: number): Promise<Seen> {
  const [configuration, destination, deliveries, muted] = await Promise.all([
    api.configuration(),
    api.destination(),
    api.deliveries(limit),
    api.muted(),
  ])
  if (!configuration.ok) return configuration
  if (!destination.ok) return destination
  if (!deliveries.ok) return deliveries
  if (!muted.ok) return muted
  return {
    ok: true,
    shown: {
      configuration: configuration.value,
      destination: destination.value,
      deliveries: deliveries.value.items,
      hasMore: deliveries.value.cursor !== undefined && limit < mostShown,
      muted: muted.value.items,
    },
  }
}

/** A look that failed leaves what was seen before, unless there was nothing or it is gone for good. */
function after(before: ChannelView, seen: Seen, teams: Teams): ChannelView {
  if (seen.ok) return { is: 'ready', ...seen.shown, isOld: false }
  const status = seen.failure.kind === 'answered' ? seen.failure.status : undefined
  if (status === 404) return { is: 'unknown' }
  if (status === 401 && teams.askPerson !== undefined) {
    return { is: 'signed out', isAsking: false, failure: seen.failure }
  }
  return before.is === 'ready' ? { ...before, isOld: true } : { is: 'failed', failure: seen.failure }
}
