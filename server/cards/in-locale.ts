import { languageOf, languageTags } from '../model/language.ts'

/**
 * Times as people in a place write them, and lists as the language of our sentences does. Making a formatter costs a
 * hundred times what using it does, so each is made once; there are no more than the languages and zones of the
 * channels.
 */
export function timeIn(time: string, locale: string, zone: string): string {
  return formatFor('full', locale, zone).format(new Date(time))
}

/** From when to when, with what both have in common said once. */
export function spanIn(from: string, to: string, locale: string, zone: string): string {
  return formatFor('full', locale, zone).formatRange(new Date(from), new Date(to))
}

/** A time among others: the time of day, with the day where they are not all of one. */
export function clockIn(
  time: string,
  locale: string,
  zone: string,
  among: { from: string; to: string },
): string {
  const days = formatFor('day', locale, zone)
  const isOneDay = days.format(new Date(among.from)) === days.format(new Date(among.to))
  return formatFor(isOneDay ? 'clock' : 'short', locale, zone).format(new Date(time))
}

export function listIn(items: readonly string[], locale: string): string {
  const tag = languageTags[languageOf(locale)]
  const format = lists.get(tag) ?? kept(lists, tag, new Intl.ListFormat(tag))
  return format.format(items)
}

const day = { year: 'numeric', month: 'short', day: 'numeric' } as const
const clock = { hour: '2-digit', minute: '2-digit' } as const

const forms = {
  full: { ...day, ...clock, timeZoneName: 'short' },
  day,
  short: { month: 'short', day: 'numeric', ...clock },
  clock,
} as const

const times = new Map<string, Intl.DateTimeFormat>()
const lists = new Map<string, Intl.ListFormat>()

/** Locales and zones come from browsers: what grows without end is begun anew. */
function kept<Format>(formats: Map<string, Format>, key: string, format: Format): Format {
  if (formats.size >= 1_000) formats.clear()
  formats.set(key, format)
  return format
}

function formatFor(form: keyof typeof forms, locale: string, zone: string): Intl.DateTimeFormat {
  const key = `${form} ${locale} ${zone}`
  return times.get(key) ?? kept(times, key, timeFormat(form, locale, zone))
}

function timeFormat(form: keyof typeof forms, locale: string, zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(known(locale), { ...forms[form], timeZone: zone })
  } catch {
    return new Intl.DateTimeFormat(known(locale), { ...forms[form], timeZone: 'UTC' })
  }
}

/** The locale, or English where it is none: a card is not lost over a language tag. */
function known(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en'
  } catch {
    return 'en'
  }
}
