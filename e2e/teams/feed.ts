import type { Changes } from './changes.ts'
import type { Post } from './model.ts'

/** What each channel shows, newest last. A channel forgets its oldest posts, as a load run would fill any memory. */
export type Feed = {
  show(post: Omit<Post, 'id'>): void
  of(channelId: string): Post[]
  all(): Post[]
  clear: () => void
}

const POSTS_PER_CHANNEL = 200

export function createFeed(options: {
  remembered: readonly Post[]
  changes: Changes
  changed: () => void
}): Feed {
  const { remembered, changes, changed } = options
  const byChannel = new Map<string, Post[]>()
  let lastId = 0
  for (const post of remembered) keep(post)

  function keep(post: Post) {
    lastId = Math.max(lastId, post.id)
    const posts = byChannel.get(post.channelId)
    if (!posts) {
      byChannel.set(post.channelId, [post])
      return
    }
    posts.push(post)
    if (posts.length > 2 * POSTS_PER_CHANNEL) posts.splice(0, posts.length - POSTS_PER_CHANNEL)
  }

  const of = (channelId: string) => (byChannel.get(channelId) ?? []).slice(-POSTS_PER_CHANNEL)

  return {
    show(post) {
      keep({ id: lastId + 1, ...post })
      changes.tell(post.channelId)
      changed()
    },
    of,
    all: () => [...byChannel.keys()].flatMap(of),
    clear() {
      for (const channelId of byChannel.keys()) changes.tell(channelId)
      byChannel.clear()
    },
  }
}
