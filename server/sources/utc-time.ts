/** A point in time as RFC 3339 in UTC, or nothing where it is none (a 30th of February, a leap second). */
export function utcTime(time: string | number): string | undefined {
  if (typeof time === 'string' && !rfc3339.test(time)) return undefined
  const date = new Date(time)
  const year = date.getUTCFullYear()
  return year >= 0 && year <= 9999 ? date.toISOString() : undefined
}

const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/
