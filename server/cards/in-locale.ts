/**
 * Times and lists as people in a place write them. Making a formatter costs a hundred times what using it does,
 * so each is made once; there are no more than the languages and zones of the channels.
 */
export function timeIn(time: string, locale: string, zone: string): string {
  const key = `${locale} ${zone}`
  const format = times.get(key) ?? kept(times, key, timeFormat(locale, zone))
  return format.format(new Date(time))
}

export function listIn(items: readonly string[], locale: string): string {
  const format = lists.get(locale) ?? kept(lists, locale, new Intl.ListFormat(known(locale)))
  return format.format(items)
}

const times = new Map<string, Intl.DateTimeFormat>()
const lists = new Map<string, Intl.ListFormat>()

/** Locales and zones come from browsers: what grows without end is begun anew. */
function kept<Format>(formats: Map<string, Format>, key: string, format: Format): Format {
  if (formats.size >= 1_000) formats.clear()
  formats.set(key, format)
  return format
}

function timeFormat(locale: string, zone: string): Intl.DateTimeFormat {
  const options: Intl.DateTimeFormatOptions = {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }
  try {
    return new Intl.DateTimeFormat(known(locale), { ...options, timeZone: zone })
  } catch {
    return new Intl.DateTimeFormat(known(locale), { ...options, timeZone: 'UTC' })
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
