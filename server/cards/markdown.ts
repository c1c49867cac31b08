/**
 * Text on its way into a card. Whoever writes a task's title must not be able to format, link or mention by it.
 *
 * Three forms, by what Teams does with the place: `asTitle` for a card's title, which Teams shows as it is;
 * `asPlain` for short text in a place where Teams reads Markdown; `asMarkdown` for what is meant as Markdown.
 *
 * Tags, entities and links are kept from forming by an invisible word joiner instead of by escapes: whatever a
 * client takes the place for (text, Markdown, code or HTML), they cannot form, and no stray backslash is seen.
 * Emphasis can only be kept from forming by backslashes, which Teams honours where it reads Markdown.
 *
 * Not covered: a bare address or domain in a text, which clients turn into a link to what it says.
 */
export function asTitle(text: string): string {
  return withoutTags(oneLine(text)).replaceAll('](', `]${joiner}(`)
}

/** One line in which nothing is formatted. An address alone becomes a link to itself. */
export function asPlain(text: string): string {
  const line = oneLine(text)
  if (!needsCare.test(line)) return line
  if (address.test(line)) return asLink(line, line)
  const escaped = withoutTags(line).replace(/[*_`~[\]]|\\(?=[!-/:-@[-`{-~]|$)/g, '\\$&')
  return blockStart.test(escaped) ? `${joiner}${escaped}` : escaped
}

/** Basic Markdown without HTML, with links that lead to web pages only, and with pictures as links. */
export function asMarkdown(text: string): string {
  return withoutTags(clean(text).replace(/<(https?:\/\/[^\s<>]{1,2000})>/gi, '$1'))
    .replace(/!(?=\[[^\]\n]{1,300}\]\()/g, '')
    .replace(/!(?=\[)/g, `!${joiner}`)
    .replace(/\](?=\((?!\s*(?:https?:\/\/|mailto:)))/gi, `]${joiner}`)
    .replace(/\](?=:(?!\s*https?:\/\/))/gi, `]${joiner}`)
    .trim()
}

/** A link that can be seen: one without a title goes by its address. */
export function asLink(title: string, url: string): string {
  const label = withoutTags(oneLine(title) || oneLine(url)).replace(/[*_`~[\]\\]/g, '\\$&')
  return `[${label}](${url.replace(/[\s<>()\\"]/g, (character) => percent(character))})`
}

/**
 * One line of text as it is, for places that never format: summaries, buttons. A single no-break space stays:
 * French has one before its colons.
 */
export function oneLine(text: string): string {
  if (!isUntidy.test(text)) return text
  return clean(text)
    .replace(/\s{2,}|[^\S \u00A0\u202F]/g, ' ')
    .trim()
}

/**
 * A person's name in a mention, which must be the same in the text and beside it: letters, digits, and what stands
 * between names. Whatever else a client might read as more than a name is a blank.
 */
export function asName(name: string): string {
  return (
    oneLine(oneLine(name).replace(/[^\p{L}\p{M}\p{N}\u200C .,'’·-]|[\u115F\u1160\u3164\uFFA0]/gu, ' ')) || '–'
  )
}

/** U+2060: no width, no break, and neither blank nor punctuation to any reader of Markdown. */
const joiner = '\u2060'

// Most text is harmless. Finding that out at one go is what lets ten thousand cards a second be drawn.
const isUntidy = /[\p{Control}\p{Surrogate}\u202A-\u202E\u2066-\u2069]|[^\S \u00A0\u202F]|\s{2}|^\s|\s$/u
const needsCare = /[*_`~[\]\\<&]|\{\{|^[#>+=-]|^\d{1,9}[.)]\s|^https?:/i

const address = /^https?:\/\/[^\s<>"]+$/i

/** What would begin a heading, a quotation, a list or a rule. */
const blockStart = /^(?:[#>]|[+-]\s|[=-]+$|\d{1,9}[.)]\s)/

/** Tags, comments, mentions (`<at>`), entities, and the one thing Adaptive Cards compute in a text: times. */
function withoutTags(text: string): string {
  return text.replace(/[<&](?=[a-z/!?#])|\{(?=\{(?:date|time)\()/gi, `$&${joiner}`)
}

/** Without control characters, halves of characters, and what turns the direction of the text that follows it. */
function clean(text: string): string {
  return text.replace(/[^\P{Control}\t\n]|[\p{Surrogate}\u202A-\u202E\u2066-\u2069]/gu, '')
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}
