import { useCallback, useEffect, useState } from 'react'
import type { Channel, Post, State } from '../model.ts'
import { control } from './control.ts'

/** All that the page draws, kept fresh by the server's changes. */
export type Teams = {
  state: State
  channel: Channel
  posts: Post[]
  choose: (channelId: string) => void
  /** Reads the state now, for one who has just changed it. */
  refresh: () => Promise<void>
}

const NO_POSTS: Post[] = []

/** Undefined until the first state is here. */
export function useTeams(): Teams | undefined {
  const [state, setState] = useState<State>()
  const [fetched, setFetched] = useState<{ channelId: string; posts: Post[] }>()
  const [chosen, setChosen] = useState(() => decodeURIComponent(window.location.hash.slice(1)))
  const channel = state?.channels.find(({ id }) => id === chosen) ?? state?.channels[0]
  const channelId = channel?.id

  const choose = useCallback((id: string) => {
    window.history.replaceState(null, '', `#${encodeURIComponent(id)}`)
    setChosen(id)
  }, [])

  const refresh = useCallback(async () => setState(await control.state()), [])
  useEffect(() => follow((topic) => topic === 'state', refresh), [refresh])

  useEffect(() => {
    if (channelId === undefined) return undefined
    return follow(
      (topic) => topic === channelId,
      () => control.feed(channelId).then((posts) => setFetched({ channelId, posts })),
    )
  }, [channelId])

  const posts = fetched?.channelId === channelId ? (fetched?.posts ?? NO_POSTS) : NO_POSTS
  return state && channel ? { state, channel, posts, choose, refresh } : undefined
}

/** Reads once the stream of changes is open, again after each lost connection, and at each change that concerns it. */
function follow(concerns: (topic: string) => boolean, read: () => Promise<void>): () => void {
  let isOver = false
  const readUnlessOver = () => {
    // A failed read is followed by a lost stream, whose return reads again.
    if (!isOver) read().catch((error: unknown) => console.warn('The simulated Teams did not answer', error))
  }
  const stream = new EventSource('/control/changes')
  stream.addEventListener('open', readUnlessOver)
  stream.addEventListener('message', (event: MessageEvent<string>) => {
    const topics: string[] = JSON.parse(event.data)
    if (topics.some(concerns)) readUnlessOver()
  })
  return () => {
    isOver = true
    stream.close()
  }
}
