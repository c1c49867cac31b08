import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { inWords, toFaults } from '../../lib/faults.ts'
import type { NewEvent, Severity } from '../../model/event.ts'
import { bearerProof, hasBearer } from '../bearer.ts'
import { cleanText, oneLine } from '../clean-text.ts'
import { readJson } from '../read-json.ts'
import { type Kind, maxEvents, UnreadableError } from '../source.ts'
import { utcTime } from '../utc-time.ts'
import { webAddress } from '../web-address.ts'
import { examples } from './examples.ts'
import { type TaskEventType, TaskPayload } from './payload.ts'

const settings = Type.Object({}, { additionalProperties: false })
const choices = Type.Object({}, { additionalProperties: false })

/** Tasks of any system that can send four small events and a bearer secret. */
export const tasks: Kind<typeof settings, typeof choices> = {
  id: 'tasks',
  title: 'Tasks',
  settings,
  choices,
  eventTypes: () => [
    { type: 'task.created', title: 'Created' },
    { type: 'task.updated', title: 'Updated' },
    { type: 'task.completed', title: 'Completed' },
    { type: 'task.deleted', title: 'Deleted' },
  ],
  fields: () => [
    { field: 'type', title: 'Event type', type: 'text' },
    { field: 'id', title: 'Task id', type: 'text' },
    { field: 'title', title: 'Title', type: 'text' },
    { field: 'assignee', title: 'Assignee', type: 'text' },
    { field: 'dueDate', title: 'Due', type: 'text' },
    { field: 'description', title: 'Description', type: 'text' },
    { field: 'actor', title: 'Who did it', type: 'text' },
  ],
  authentic: (raw, secrets) => hasBearer(raw.headers, secrets),
  read: (raw) => readPayloads(readJson(raw.body)),
  proof: (_body, secret) => bearerProof(secret),
  examples,
}

/** What each type is called on a card, and how much it matters. */
const types: Record<TaskEventType, { verb: string; severity: Severity }> = {
  'task.created': { verb: 'created', severity: 'info' },
  'task.updated': { verb: 'updated', severity: 'info' },
  'task.completed': { verb: 'completed', severity: 'success' },
  'task.deleted': { verb: 'deleted', severity: 'warning' },
}

const payload = Compile(TaskPayload)

function readPayloads(body: unknown): NewEvent[] {
  if (!Array.isArray(body)) return [readPayload(body, '')]
  if (body.length > maxEvents) {
    throw new UnreadableError(`The body holds ${body.length} events; a request may hold ${maxEvents}.`)
  }
  return body.map((item: unknown, index) => readPayload(item, `/${index}`))
}

function readPayload(value: unknown, at: string): NewEvent {
  if (!payload.Check(value)) throw new UnreadableError(faultsOf(value, at))
  const { task } = value
  const { verb, severity } = types[value.type]
  const title = oneLine(task.title)
  const actor = readActor(value.actor, at)
  const occurredAt = read(
    value.occurredAt,
    utcTime,
    `${at}/occurredAt must be a time such as 2026-11-20T09:30:00Z`,
  )
  const url = read(task.url, webAddress, `${at}/task/url must be an http or https address`)
  const description = orNothing(cleanText(task.description ?? ''))
  const assignee = orNothing(oneLine(task.assignee ?? ''))
  const dueDate = orNothing(oneLine(task.dueDate ?? ''))
  return {
    externalId: cleanText(value.id),
    type: value.type,
    subject: cleanText(task.id),
    title: `Task ${verb}: ${title}`,
    severity,
    ...(description && { text: description }),
    ...(occurredAt && { occurredAt }),
    ...(actor && { actor }),
    links: url ? [{ title: 'Open task', url }] : [],
    facts: [
      ...(assignee ? [{ name: 'Assignee', value: assignee }] : []),
      ...(dueDate ? [{ name: 'Due', value: dueDate }] : []),
    ],
    fields: {
      type: value.type,
      id: cleanText(task.id),
      title,
      ...(assignee && { assignee }),
      ...(dueDate && { dueDate }),
      ...(description && { description }),
      ...(actor && { actor: actor.name }),
    },
  }
}

function readActor(actor: TaskPayload['actor'], at: string): NewEvent['actor'] {
  const person = typeof actor === 'string' ? { name: actor } : actor
  const name = orNothing(oneLine(person?.name ?? '', 200))
  if (!person || name === undefined) return undefined
  const imageUrl = read(person.imageUrl, httpsAddress, `${at}/actor/imageUrl must be an https address`)
  return { name, ...(imageUrl && { imageUrl }) }
}

const httpsAddress = (text: string) => webAddress(text, ['https:'])

/** What a text means, where there is one. */
function read(
  text: string | null | undefined,
  meaning: (text: string) => string | undefined,
  fault: string,
): string | undefined {
  if (text === null || text === undefined || text.trim() === '') return undefined
  const meant = meaning(text)
  if (meant === undefined) throw new UnreadableError(fault)
  return meant
}

function orNothing(text: string): string | undefined {
  return text.trim() === '' ? undefined : text
}

function faultsOf(value: unknown, at: string): string {
  const faults = toFaults(TaskPayload, payload.Errors(value))
  return inWords(faults.slice(0, 5).map((fault) => ({ ...fault, at: `${at}${fault.at}` })))
}
