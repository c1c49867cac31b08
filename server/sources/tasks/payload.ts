import { type Static, Type } from 'typebox'
import { mostMentions } from '../../model/event.ts'

/** Senders say "nothing" in three ways: by leaving it out, by null and by an empty text. */
function optional(description: string, maxLength = 1_000) {
  return Type.Optional(Type.Union([Type.String({ maxLength }), Type.Null()], { description }))
}

/** Something to read is left when blanks and control characters are taken away. */
const readable = '[^\\s\\u0000-\\u001F\\u007F-\\u009F]'

function required(description: string, maxLength: number) {
  return Type.String({ minLength: 1, maxLength, pattern: readable, description })
}

export const TaskEventType = Type.Enum(['task.created', 'task.updated', 'task.completed', 'task.deleted'], {
  description: 'What happened to the task.',
})
export type TaskEventType = Static<typeof TaskEventType>

const Task = Type.Object({
  id: required('Stable over the life of the task.', 200),
  title: required('One line, not blank.', 2_000),
  url: optional('Where the task can be read: an http or https address.', 4_096),
  assignee: optional('Who is to do it.'),
  description: optional('More of it, in basic Markdown.', 1_000_000),
  dueDate: optional('A date or a time, shown as it is.', 100),
})

const Person = Type.Object({
  name: required('What people call them.', 1_000),
  imageUrl: optional('A picture: an https address.', 4_096),
})

/** One event as a task system sends it. What is not named here is welcome and not read. */
export const TaskPayload = Type.Object({
  id: required("The event's own id: the same id is the same event.", 400),
  type: TaskEventType,
  occurredAt: optional('When it happened, such as 2026-11-20T09:30:00Z; else the moment of receipt.', 100),
  actor: Type.Optional(
    Type.Union([Type.String({ maxLength: 1_000 }), Person, Type.Null()], {
      description: 'Who did it: a name, or a name with a picture.',
    }),
  ),
  mentions: Type.Optional(
    Type.Union(
      [
        Type.Array(
          Type.Object({
            name: required('What the card calls them.', 1_000),
            id: required('Their user principal name or Entra object id.', 400),
          }),
          { maxItems: mostMentions },
        ),
        Type.Null(),
      ],
      { description: 'Whom Teams notifies, where a workflow carries the card.' },
    ),
  ),
  task: Task,
})
export type TaskPayload = Static<typeof TaskPayload>
