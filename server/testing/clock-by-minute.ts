import * as fc from 'fast-check'

/**
 * A time zone's clock as a person with patience reads it: minute by minute, from what Intl writes, without offsets or
 * changes of the clock. Slow and plain, so that tests of times can be judged by it.
 */
export function* clockByMinute(zone: string, from: Date): Generator<Reading> {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  // A clock is set back by some hours at most: what it showed furthest is known after a day of watching.
  let furthest = Number.NEGATIVE_INFINITY
  for (let at = Math.floor(from.getTime() / minute - day) * minute; ; at += minute) {
    const [month = 0, date = 0, year = 0, hours = 0, minutes = 0] = (
      format.format(at).match(/\d+/g) ?? []
    ).map(Number)
    const shown = Date.UTC(year, month - 1, date, hours, minutes) / minute
    furthest = Math.max(furthest, shown)
    if (at + minute > from.getTime()) yield { at: new Date(at), shown, furthest }
  }
}

/** Shown now, and the furthest shown until now, both as whole minutes since 1970 as if in UTC. */
export interface Reading {
  at: Date
  shown: number
  furthest: number
}

const minute = 60_000
const day = 1440

/** Changes of clocks of every sort: by an hour, two, half of one, a whole day; at night, at and just past midnight. */
export const clockChanges: readonly (readonly [zone: string, at: string])[] = [
  ['Europe/Paris', '2026-03-29T01:00Z'],
  ['Europe/Paris', '2026-10-25T01:00Z'],
  ['America/New_York', '2026-03-08T07:00Z'],
  ['America/New_York', '2026-11-01T06:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['Antarctica/Troll', '2025-03-30T01:00Z'],
  ['Antarctica/Troll', '2025-10-26T01:00Z'],
  ['Atlantic/Azores', '2025-03-30T01:00Z'],
  ['Asia/Beirut', '2025-03-29T22:00Z'],
  ['Asia/Beirut', '2025-10-25T21:00Z'],
  ['America/Santiago', '2025-04-06T03:00Z'],
  ['America/Santiago', '2025-09-07T04:00Z'],
  ['America/St_Johns', '2010-03-14T03:31Z'],
  ['America/St_Johns', '2010-11-07T02:31Z'],
  ['Pacific/Apia', '2011-12-30T10:00Z'],
]

/** A zone and an instant in it: half of them around a change of its clock, the others anywhere and any time. */
export const momentInZone: fc.Arbitrary<{ zone: string; now: Date }> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...clockChanges), aroundMs(minute * 90, minute * day * 3))
    .map(([[zone, at], away]) => ({ zone, now: new Date(Date.parse(at) + away) })),
  fc.record({
    zone: fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
    now: fc.date({ min: new Date('1990-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
  }),
)

/** Times of day, often those around which clocks are changed. */
export const timeOfDay: fc.Arbitrary<string> = fc
  .oneof(
    fc.nat({ max: day - 1 }),
    fc.constantFrom(0, 1, 29, 30, 59, 60, 90, 119, 120, 121, 150, 180, 181, 1380, 1439),
  )
  .map((at) => `${two(Math.floor(at / 60))}:${two(at % 60)}`)

/** Near or far away, before or after; on a whole minute and between. */
function aroundMs(near: number, far: number): fc.Arbitrary<number> {
  return fc
    .tuple(
      fc.oneof(fc.integer({ min: -near, max: near }), fc.integer({ min: -far, max: far })),
      fc.constantFrom(1, minute),
    )
    .map(([ms, grain]) => Math.floor(ms / grain) * grain)
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
