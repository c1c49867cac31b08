/** What the feed and its drawing ask of an Adaptive Card, whatever was sent as one. */
type Content = Record<string, unknown>

/** Teams' own property: the card takes the width of the conversation. */
export const isFullWidth = (content: unknown): boolean =>
  record(record(content)['msteams'])['width'] === 'Full'

/** The names that stand for people in `<at>…</at>`. */
export function mentionedNames(content: unknown): string[] {
  const { entities } = record(record(content)['msteams'])
  return records(entities)
    .filter(({ type, mentioned }) => type === 'mention' && typeof record(mentioned)['id'] === 'string')
    .flatMap(({ text }) => (typeof text === 'string' ? [/^<at>([^<>]+)<\/at>$/.exec(text)?.[1] ?? ''] : []))
    .filter((name) => name !== '')
}

/** What the card is about, for whoever hears it instead of seeing it: its first words. */
export function firstText(content: unknown): string | undefined {
  const { text, body, items, columns } = record(content)
  if (typeof text === 'string' && text !== '') return text.replaceAll(/\\(?=[!-/:-@[-`{-~])/g, '')
  for (const part of [...records(body), ...records(items), ...records(columns)]) {
    const found = firstText(part)
    if (found !== undefined) return found
  }
  return undefined
}

/** Why Teams shows something else in place of the card; nothing when it draws it. */
export function cannotBeDrawn(content: unknown): string | undefined {
  const { type, version, fallbackText } = record(content)
  if (type === 'AdaptiveCard' && isKnown(version)) return undefined
  return typeof fallbackText === 'string' && fallbackText !== ''
    ? fallbackText
    : 'We’re sorry, this card couldn’t be displayed.'
}

/** Teams' newest version is 1.5; a card that asks for more is not drawn. */
function isKnown(version: unknown): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)$/.exec(String(version)) ?? []
  return Number(major) === 1 && Number(minor) <= 5
}

const record = (value: unknown): Content => (isRecord(value) ? value : {})

const records = (value: unknown): Content[] => (Array.isArray(value) ? value.filter(isRecord) : [])

const isRecord = (value: unknown): value is Content =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
