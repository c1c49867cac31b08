/** A moment on the reader's own clock: the time alone today, with its day before. */
export function whenIn(language: string, at: string): string {
  const moment = new Date(at)
  const isToday = moment.toDateString() === new Date().toDateString()
  return new Intl.DateTimeFormat(language, {
    ...(!isToday && { dateStyle: 'medium' }),
    timeStyle: isToday ? 'medium' : 'short',
  }).format(moment)
}
