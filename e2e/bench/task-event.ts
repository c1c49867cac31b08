/** An event as a task system sends it; its title stands on the card, and so does whatever marks it. */
export function taskEvent(event: {
  id: string
  type?: TaskEventType
  title?: string
  assignee?: string
}): string {
  const { id, type = 'task.created', title = 'Write the release notes', assignee = 'Grace Hopper' } = event
  return JSON.stringify({
    id,
    type,
    actor: { name: 'Ada Lovelace' },
    task: { id: '1', title, url: 'https://tasks.example/1', assignee },
  })
}

export type TaskEventType = 'task.created' | 'task.updated' | 'task.completed'
