import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { inWords, toFaults } from '../../lib/faults.ts'
import type { Mention, NewEvent } from '../../model/event.ts'
import { textBy } from '../../model/text.ts'
import { bearerInWords, bearerProof, hasBearer } from '../bearer.ts'
import { cleanText, oneLine } from '../clean-text.ts'
import { oncePerPerson, readMention } from '../mentions.ts'
import { readJson } from '../read-json.ts'
import { type Kind, maxEvents, UnreadableError } from '../source.ts'
import { utcTime } from '../utc-time.ts'
import { webAddress } from '../web-address.ts'
import { examples } from './examples.ts'
import { TaskPayload } from './payload.ts'
import { types, words } from './words.ts'

const settings = Type.Object({}, { additionalProperties: false })
const choices = Type.Object({}, { additionalProperties: false })

/** Tasks of any system that can send four small events and a bearer secret. */
export const tasks: Kind<typeof settings, typeof choices> = {
  id: 'tasks',
  title: words.tasks,
  settings,
  choices,
  eventTypes: () => Object.entries(types).map(([type, { title }]) => ({ type, title })),
  fields: () => [
    { field: 'type', title: words.type, type: 'text' },
    { field: 'id', title: words.id, type: 'text' },
    { field: 'title', title: words.title, type: 'text' },
    { field: 'assignee', title: words.assignee, type: 'text' },
    { field: 'dueDate', title: words.dueDate, type: 'text' },
    { field: 'description', title: words.description, type: 'text' },
    { field: 'actor', title: words.actor, type: 'text' },
  ],
  authentic: (raw, secrets) => hasBearer(raw.headers, secrets),
  read: (raw) => readPayloads(readJson(raw.body)),
  proof: (_body, secret) => bearerProof(secret),
  proofInWords: () => bearerInWords,
  examples,
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
  const { before, severity } = types[value.type]
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
  const mentions = readMentions(value.mentions, at)
  return {
    externalId: cleanText(value.id),
    type: value.type,
    subject: cleanText(task.id),
    title: textBy((language) => `${before[language]}${title}`),
    severity,
    ...(description && { text: description }),
    ...(occurredAt && { occurredAt }),
    ...(actor && { actor }),
    links: url ? [{ title: words.open, url }] : [],
    ...(mentions.length > 0 && { mentions }),
    facts: [
      ...(assignee ? [{ name: words.assignee, value: assignee }] : []),
      ...(dueDate ? [{ name: words.dueDate, value: dueDate }] : []),
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

function readMentions(people: TaskPayload['mentions'], at: string): Mention[] {
  const readable = (people ?? []).map(({ name, id }, index) => {
    const someone = readMention(name, id)
    if (someone) return someone
    throw new UnreadableError(
      `${at}/mentions/${index}/id must be a user principal name such as ada@example.com, or an Entra object id`,
    )
  })
  return oncePerPerson(readable)
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
