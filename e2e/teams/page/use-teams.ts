import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useEffectEvent, useState } from 'react'
import type { Channel, Post, State } from '../model.ts'
import { control } from './control.ts'

/** All that the page draws, kept fresh by the server's changes. */
export type Teams = {
  state: State
  channel: Channel
  /** Undefined while the channel is being read. */
  posts: Post[] | undefined
  /** Channels that something was posted to since they were last looked at. */
  unread: ReadonlySet<string>
  choose: (channelId: string) => void
  /** Draws what the server made of a change, without waiting for its news. */
  learn: (answered: Pick<State, 'session' | 'switches'>) => Promise<void>
}

/** Undefined until the first state is here. */
export function useTeams(): Teams | undefined {
  const queries = useQueryClient()
  const [chosen, setChosen] = useState(() => decodeURIComponent(window.location.hash.slice(1)))
  const [unread, setUnread] = useState<ReadonlySet<string>>(new Set())

  const { data: state } = useQuery({ queryKey: ['state'], queryFn: control.state })
  const channels = state && [...state.channels, ...state.chats]
  const channel = channels?.find(({ id }) => id === chosen) ?? channels?.[0]
  const channelId = channel?.id ?? ''
  const { data: posts } = useQuery({
    queryKey: ['feed', channelId],
    queryFn: () => control.feed(channelId),
    enabled: channelId !== '',
  })

  const choose = useCallback((id: string) => {
    window.history.replaceState(null, '', `#${encodeURIComponent(id)}`)
    setChosen(id)
    setUnread((before) => new Set([...before].filter((one) => one !== id)))
  }, [])
  const readAgain = useCallback(
    async (queryKey: string[]) => {
      // A first reading that is still under way may hold the old answer, and would otherwise be taken for the new.
      await queries.cancelQueries({ queryKey })
      await queries.invalidateQueries({ queryKey })
    },
    [queries],
  )
  const learn = useCallback(
    async (answered: Pick<State, 'session' | 'switches'>) => {
      // A reading that is given up shows what was there before it: what was learnt must come after.
      await queries.cancelQueries({ queryKey: ['state'] })
      queries.setQueryData<State>(['state'], (before) => before && { ...before, ...answered })
      void readAgain(['state'])
    },
    [queries, readAgain],
  )

  const onTopics = useEffectEvent((topics: string[]) => {
    const posted = topics.filter((topic) => topic !== 'state' && topic !== 'runs')
    const elsewhere = posted.filter((id) => id !== channelId)
    if (elsewhere.length > 0) setUnread((before) => new Set([...before, ...elsewhere]))
    if (topics.includes('state')) void readAgain(['state'])
    if (topics.includes('runs')) void readAgain(['runs'])
    for (const id of posted) void readAgain(['feed', id])
  })

  useEffect(() => {
    const stream = new EventSource('/control/changes')
    // A stream that opens again has missed what happened in between.
    stream.addEventListener('open', () => void readAgain([]))
    stream.addEventListener('message', (event: MessageEvent<string>) => onTopics(JSON.parse(event.data)))
    return () => stream.close()
  }, [readAgain])

  return state && channel ? { state, channel, posts, unread, choose, learn } : undefined
}
