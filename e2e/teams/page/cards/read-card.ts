/**
 * A MessageCard as it is drawn: the fields that Teams knows, of the types it wants. Whatever else a sender
 * put there is left out, as Teams leaves it out (`themeColor`, `heroImage`, `originator`, …).
 */
export type MessageCard = {
  summary: string
  title: string
  text: string
  sections: Section[]
  actions: CardAction[]
}

export type Section = {
  title: string
  activityTitle: string
  activitySubtitle: string
  activityText: string
  activityImage: string
  text: string
  facts: { name: string; value: string }[]
  images: { image: string; title: string }[]
  actions: CardAction[]
  isPlain: boolean
}

/** `uri` is empty for buttons that do something else than open a page. */
export type CardAction = { type: string; name: string; uri: string }

const MOST_SECTIONS = 10
const MOST_ACTIONS = 4

export function readCard(message: Record<string, unknown>): MessageCard {
  return {
    summary: text(message['summary']),
    title: text(message['title']),
    text: text(message['text']),
    sections: records(message['sections']).slice(0, MOST_SECTIONS).map(readSection),
    actions: readActions(message['potentialAction']),
  }
}

/** What the envelope of an Adaptive Card holds; empty for a MessageCard. */
export function readAttachments(message: Record<string, unknown>): Record<string, unknown>[] {
  return message['type'] === 'message' ? records(message['attachments']) : []
}

function readSection(section: Record<string, unknown>): Section {
  return {
    title: text(section['title']),
    activityTitle: text(section['activityTitle']),
    activitySubtitle: text(section['activitySubtitle']),
    activityText: text(section['activityText']),
    activityImage: text(section['activityImage']),
    text: text(section['text']),
    facts: records(section['facts']).map(({ name, value }) => ({ name: text(name), value: text(value) })),
    images: records(section['images'])
      .map(({ image, title }) => ({ image: text(image), title: text(title) }))
      .filter(({ image }) => image !== ''),
    actions: readActions(section['potentialAction']),
    isPlain: section['markdown'] === false,
  }
}

function readActions(actions: unknown): CardAction[] {
  return records(actions)
    .slice(0, MOST_ACTIONS)
    .map((action) => {
      const targets = records(action['targets'])
      const target = targets.find(({ os }) => os === 'default') ?? targets[0]
      return { type: text(action['@type']), name: text(action['name']), uri: text(target?.['uri']) }
    })
}

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''

const records = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRecord) : []

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
