import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Transport } from '../model/destination.ts'
import { charge, createBudget, mayStartAt, nextMessage, roomWithin, stampable } from './budget.ts'

// Whole days of sends are lived through, a hundred times and more.
vi.setConfig({ testTimeout: 60_000 })

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const start = Date.parse('2026-03-02T09:00:00Z')

/** Teams' windows, written down a second time: the judge must not share the code's table. */
const windows: Record<Transport, [most: number, ms: number][]> = {
  connector: [
    [4, 1_000],
    [60, 30_000],
    [100, 3_600_000],
    [150, 7_200_000],
    [1_800, 86_400_000],
  ],
  workflow: [[25, 300_000]],
}

const fresh = (transport: Transport = 'connector') => createBudget(transport, [], start)
const sentOnce = (times: number, ms: number, transport: Transport = 'connector') =>
  createBudget(transport, Array<number>(times).fill(ms), ms)

describe('a window', () => {
  const all = (['connector', 'workflow'] as const).flatMap((transport) =>
    windows[transport].map(([most, ms]) => ({ transport, most, ms })),
  )

  it.each(all)(
    'of $most in $ms ms is full for longer than Teams can think it is',
    ({ transport, most, ms }) => {
      const slowClock = 1 + 9e-5
      expect(mayStartAt(sentOnce(most, start, transport), start)).toBeGreaterThan(start + ms * slowClock)
    },
  )

  it('costs little more than it must', () => {
    expect(mayStartAt(sentOnce(4, start), start) - start).toBeLessThan(1.06 * second)
    expect(mayStartAt(sentOnce(60, start), start) - start).toBeLessThan(30.1 * second)
    expect(mayStartAt(sentOnce(1800, start), start) - start).toBeLessThan(day + 9 * second)
    expect(mayStartAt(sentOnce(25, start, 'workflow'), start) - start).toBeLessThan(311 * second)
  })

  it('is open at once for a destination that was never sent to', () => {
    expect(mayStartAt(fresh(), start)).toBe(start)
    expect(mayStartAt(fresh('workflow'), start)).toBe(start)
  })
})

describe('the reserve', () => {
  const ago = (cards: number, ms: number) => Array<number>(cards).fill(start - ms)
  /** 40 and then 80 cards in every two hours of a day: as many as may leave without the reserve. */
  const wholeDay = Array.from({ length: 12 }, (_, n) => 11 - n).flatMap((n) => [
    ...ago(40, n * 2.001 * hour + 1.0005 * hour),
    ...ago(80, n * 2.001 * hour),
  ])
  const full = [
    { transport: 'connector', cards: '80 in an hour', sentAt: ago(80, 0), untilMs: hour },
    { transport: 'connector', cards: '120 in 2 hours', sentAt: wholeDay.slice(-120), untilMs: hour },
    { transport: 'connector', cards: '1,440 in a day', sentAt: wholeDay, untilMs: hour },
    { transport: 'workflow', cards: '20 in 5 minutes', sentAt: ago(20, 0), untilMs: 5 * minute },
  ] as const

  it.each(full)('of a $transport is all that is left after $cards', ({ transport, sentAt, untilMs }) => {
    const now = start + 31 * second
    const budget = createBudget(transport, sentAt, now)
    expect(roomWithin(budget, now, untilMs - minute, 1)).toBe(0)
    expect(mayStartAt(budget, now)).toBeGreaterThan(start + 50 * second)
    expect(mayStartAt(budget, now)).toBeLessThan(start + 4 * minute)
    expect(stampable(budget, now, 4)).toBe(0)
    expect(stampable(budget, mayStartAt(budget, now), 4)).toBe(1)
  })

  it.each(full)('of a $transport lasts for as long as $cards fill a window', ({ transport, sentAt }) => {
    let budget = createBudget(transport, sentAt, start)
    for (let now = start; now < start + 2 * day; ) {
      const at = mayStartAt(budget, now)
      expect(at - now).toBeLessThan(4 * minute)
      budget = charge(budget, at)
      now = at
    }
  })

  it('is spaced so that no window could be full before it is used up', () => {
    const spacingMs = mayStartAt(createBudget('connector', ago(80, 0), start), start) - start
    for (const [most, ms] of windows.connector.filter(([, windowMs]) => windowMs >= hour))
      expect(0.8 * most + Math.ceil(ms / spacingMs)).toBeLessThanOrEqual(most + 1)
  })

  it('need not be touched while a card may start', () => {
    expect(mayStartAt(charge(fresh(), start), start)).toBe(start)
    expect(stampable(charge(fresh(), start), start, 4)).toBe(3)
  })
})

/** Chance that a failed run can repeat: mulberry32. */
function createChance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Teams, by its own clock and with no memory but the list of arrivals: how far the fullest window overflowed, if
 * one did. It takes both ends of a window as inside, and so is stricter than any reading of the documentation.
 */
function overflow(transport: Transport, arrivals: number[]): string | undefined {
  const sorted = arrivals.toSorted((a, b) => a - b)
  for (const [index, at] of sorted.entries())
    for (const [most, ms] of windows[transport]) {
      let inside = 0
      for (let before = index; before >= 0 && at - (sorted[before] ?? 0) <= ms; before -= 1) inside += 1
      if (inside > most) return `${inside} in ${ms} ms, at ${at}`
    }
  return undefined
}

/** How a stretch of a destination's life goes. */
const phase = fc.record({
  leases: fc.integer({ min: 1, max: 400 }),
  /** Between leases: mostly none, since it is at their edges that windows break. */
  gapMs: fc.constantFrom(0, 0, 0, 300, 20 * second, 10 * minute),
  latencyMs: fc.constantFrom(0, 5, 300, 15 * second),
  /** When Teams sees a request: as it starts, as it ends, or either. */
  seen: fc.constantFrom('first', 'last', 'either', 'between'),
  crashes: fc.constantFrom(0, 0, 0.05, 0.5),
  restarts: fc.constantFrom(0, 0.01),
})

const life = fc.record({
  /** Sent before by someone who used the windows to their edge. */
  before: fc.constantFrom(0, 120, 400, 1850),
  phases: fc.array(phase, { minLength: 1, maxLength: 12 }),
  seed: fc.integer(),
  drift: fc.constantFrom(-9e-5, 0, 9e-5),
})
type Life = typeof life extends fc.Arbitrary<infer T> ? T : never

function atFullWindows(transport: Transport, count: number): number[] {
  const times: number[] = []
  for (let at = start; times.length < count; times.push(at))
    for (const [most, ms] of windows[transport])
      at = Math.max(at, (times[times.length - most] ?? 0) + Math.ceil(ms * 1.0001) + 1)
  return times
}

/**
 * When Teams sees what a lane sends that always has something to send. Real time has fractions of a millisecond, of
 * which our clock knows nothing, and Teams' clock drifts from ours. A lease's attempts reach the disk together at
 * its end; a crash leaves all that was stamped to the take-over, whatever of it was sent.
 */
function arrivalsOf(transport: Transport, { before, phases, seed, drift }: Life): number[] {
  const chance = createChance(seed)
  // Teams sees some a little after their end: a cut line, a flow that posts after it answered.
  const strayMs = transport === 'workflow' ? 9.5 * second : 40
  const attempts = atFullWindows(transport, before)
  const arrivals = attempts.map((at) => (at - start) * (1 + drift))
  let real = attempts.at(-1) ?? start
  const reading = () => Math.floor(real)
  let budget = createBudget(transport, attempts, reading())
  const rebuild = () => {
    budget = createBudget(transport, attempts, reading())
  }

  for (const { leases, gapMs, latencyMs, seen, crashes, restarts } of phases)
    for (let lease = 0; lease < leases && arrivals.length < before + 2500; lease += 1) {
      real = Math.max(real + gapMs * chance(), mayStartAt(budget, reading()))
      const stamped = stampable(budget, reading(), 4)
      const crashAt = chance() < crashes ? Math.floor(chance() * stamped) : -1
      const answered: number[] = []
      for (let sent = 0; sent < stamped; sent += 1) {
        const latency = latencyMs * chance()
        const stray = chance() < 0.3 ? strayMs * chance() : 0
        const share = { first: 0, last: 1, either: Math.round(chance()), between: chance() }[seen]
        const isLost = sent === crashAt && chance() < 0.5
        if (!isLost) arrivals.push((real + latency * share + stray - start) * (1 + drift))
        real += latency
        if (sent === crashAt) break
        budget = charge(budget, reading())
        answered.push(reading())
      }
      if (crashAt >= 0) {
        real += chance() < 0.5 ? 0 : 2 * minute * chance()
        attempts.push(...Array<number>(stamped).fill(reading()))
        rebuild()
        continue
      }
      attempts.push(...answered)
      if (chance() < restarts) rebuild()
    }
  return arrivals
}

describe('whatever arrives, is retried, answered slowly, cut off, crashed and restarted', () => {
  it.each(['connector', 'workflow'] as const)('no window of a %s overflows as Teams sees it', (transport) => {
    fc.assert(
      fc.property(life, (lived) => {
        expect(overflow(transport, arrivalsOf(transport, lived))).toBeUndefined()
      }),
      { numRuns: 100 },
    )
  })

  it('a day at full speed uses the windows, and breaks none', () => {
    const speed = { gapMs: 0, latencyMs: 0, seen: 'first', crashes: 0, restarts: 0 } as const
    const arrivals = arrivalsOf('connector', {
      before: 0,
      phases: [{ ...speed, leases: 2500 }],
      seed: 1,
      drift: 0,
    })
    expect(arrivals.filter((at) => at < day).length).toBeGreaterThan(1440)
    expect(overflow('connector', arrivals)).toBeUndefined()
  })
})

interface Arrival {
  at: number
  isCritical: boolean
}

const stretch = fc.record({
  count: fc.oneof(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 600 })),
  everyMs: fc.constantFrom(0, 100, second, 10 * second, 45 * second, minute, 10 * minute),
  criticalShare: fc.constantFrom(0, 0.02, 0.5),
  pauseMs: fc.constantFrom(0, minute, 58 * minute, 2 * hour),
})
type Stretch = typeof stretch extends fc.Arbitrary<infer T> ? T : never

function arrivalsIn(stretches: Stretch[], chance: () => number): Arrival[] {
  let at = start
  return stretches.flatMap(({ count, everyMs, criticalShare, pauseMs }) => {
    at += pauseMs
    return Array.from({ length: count }, () => {
      at += Math.round(everyMs * chance() * 2)
      return { at, isCritical: chance() < criticalShare }
    })
  })
}

/** What a channel had to wait for: the longest silence and the longest wait of a critical event, requests aside. */
interface Waits {
  silenceMs: number
  criticalMs: number
  messages: number
}

/** One configuration's lane that Teams answers, slowly or not, until all is told; with or without crashes. */
function waitsOf(
  transport: Transport,
  arrivals: Arrival[],
  answers: { slowestMs: number; crashes: number },
  chance: () => number,
): Waits {
  const waits: Waits = { silenceMs: 0, criticalMs: 0, messages: 0 }
  const coming = [...arrivals].toReversed()
  const pending: (Arrival & { freeAt: number })[] = []
  let budget = fresh(transport)
  let now = start
  let endedAt = start

  for (;;) {
    for (let next = coming.at(-1); next && next.at <= now; next = coming.at(-1)) {
      // What arrives while a request is in flight waits for its answer first.
      pending.push({ ...next, freeAt: Math.max(next.at, endedAt) })
      coming.pop()
    }
    const [head] = pending
    if (!head) {
      const next = coming.at(-1)
      if (!next) return waits
      now = next.at
      continue
    }
    const criticalSinceMs = pending.find((one) => one.isCritical)?.at
    const next = nextMessage(budget, { pending: pending.length, sinceMs: head.at, criticalSinceMs }, now)
    if (next.atMs > now) {
      now = Math.min(next.atMs, coming.at(-1)?.at ?? Infinity)
      continue
    }
    waits.messages += 1
    waits.silenceMs = Math.max(waits.silenceMs, now - Math.max(head.at, endedAt))
    const latency = Math.round(answers.slowestMs * Math.min(2 * chance(), 1))
    if (chance() < answers.crashes) {
      const stamped = stampable(budget, now, Math.min(pending.length, 4))
      now += latency
      for (let one = 0; one < stamped; one += 1) budget = charge(budget, now)
    } else {
      const told = next.as === 'digest' ? pending.splice(0) : pending.splice(0, 1)
      for (const one of told)
        if (one.isCritical) waits.criticalMs = Math.max(waits.criticalMs, now - one.freeAt)
      now += latency
      budget = charge(budget, now)
    }
    endedAt = now
  }
}

const story = fc.record({
  stretches: fc.array(stretch, { minLength: 1, maxLength: 8 }),
  slowestMs: fc.constantFrom(0, 300, 15 * second),
  seed: fc.integer(),
})

describe('while something is pending and Teams answers', () => {
  const transports = fc.constantFrom<Transport>('connector', 'workflow')

  it('no channel is silent for more than four minutes, be there crashes or not', () => {
    fc.assert(
      fc.property(
        transports,
        story,
        fc.constantFrom(0, 0.1),
        (transport, { stretches, slowestMs, seed }, crashes) => {
          const chance = createChance(seed)
          const waits = waitsOf(transport, arrivalsIn(stretches, chance), { slowestMs, crashes }, chance)
          expect(waits.silenceMs).toBeLessThan(4 * minute)
        },
      ),
      { numRuns: 120 },
    )
  })

  it('no critical event waits longer than that', () => {
    fc.assert(
      fc.property(transports, story, (transport, { stretches, slowestMs, seed }) => {
        const chance = createChance(seed)
        const waits = waitsOf(transport, arrivalsIn(stretches, chance), { slowestMs, crashes: 0 }, chance)
        expect(waits.criticalMs).toBeLessThan(4 * minute)
      }),
      { numRuns: 250 },
    )
  })

  it('two days of one event a second are told within the windows and without a pause', () => {
    const flood = Array.from({ length: 2 * 86_400 }, (_, n) => ({
      at: start + n * second,
      isCritical: n % 997 === 0,
    }))
    const waits = waitsOf('connector', flood, { slowestMs: 300, crashes: 0 }, createChance(1))
    expect(waits.silenceMs).toBeLessThan(4 * minute)
    expect(waits.criticalMs).toBeLessThan(4 * minute)
    expect(waits.messages).toBeGreaterThan(2 * 360)
    expect(waits.messages).toBeLessThan(2 * 1800)
  })
})

describe('the next message', () => {
  const waiting = (pending: number, sinceMs = start, criticalSinceMs?: number) => ({
    pending,
    sinceMs,
    criticalSinceMs,
  })
  const later = start + minute

  it('is a card of its own while all can leave within a minute', () => {
    const next = { as: 'card', atMs: start }
    expect(nextMessage(fresh(), waiting(1), start)).toEqual(next)
    expect(nextMessage(fresh(), waiting(80), start)).toEqual(next)
    expect(nextMessage(fresh(), waiting(80, start - hour), start)).toEqual(next)
  })

  it('is a card of its own while there is room for two, and then tells all the rest at once', () => {
    const now = start + 50 * second
    const roomForTwo = sentOnce(78, start)
    expect(nextMessage(fresh(), waiting(1000), now)).toEqual({ as: 'card', atMs: now })
    expect(nextMessage(roomForTwo, waiting(1000), now)).toEqual({ as: 'card', atMs: now })
    expect(nextMessage(charge(roomForTwo, now), waiting(999), now)).toEqual({ as: 'digest', atMs: now })
  })

  it('is a digest once what cannot leave within a minute has waited for one', () => {
    expect(nextMessage(fresh(), waiting(1000), later - 1).as).toBe('card')
    expect(nextMessage(fresh(), waiting(1000), later)).toEqual({ as: 'digest', atMs: later })
  })

  it('waits for the reserve when there is no room, and is no digest of one', () => {
    const spent = sentOnce(80, start)
    const one = nextMessage(spent, waiting(1), later)
    expect(one).toEqual({ as: 'card', atMs: mayStartAt(spent, later) })
    expect(nextMessage(spent, waiting(2), later)).toEqual({ ...one, as: 'digest' })
  })

  it('tells all that is before a critical event after a minute, however much room there is', () => {
    expect(nextMessage(fresh(), waiting(5, start - hour, start), later - 1).as).toBe('card')
    expect(nextMessage(fresh(), waiting(5, start - hour, start), later)).toEqual({
      as: 'digest',
      atMs: later,
    })
  })
})

describe('a budget', () => {
  const gaps = fc.array(fc.constantFrom(0, 1, 200, second, minute, hour, 5 * hour), { maxLength: 300 })

  it('is the same whether it was charged or rebuilt', () => {
    fc.assert(
      fc.property(gaps, (between) => {
        let now = start
        const times = between.map((gap) => (now += gap))
        const charged = times.reduce(charge, fresh())
        expect(createBudget('connector', times, now)).toEqual(charged)
      }),
    )
  })

  it('has room for as many cards as it then takes without the reserve', () => {
    fc.assert(
      fc.property(gaps, fc.constantFrom(0, second, minute), (between, ms) => {
        let now = start
        const earlier = between.map((gap) => (now += gap)).reduce(charge, fresh())
        // After this one the reserve is closed for longer than we look.
        const before = charge(earlier, now)
        let [after, room] = [before, 0]
        for (let at = mayStartAt(after, now); at <= now + ms; at = mayStartAt(after, at)) {
          after = charge(after, at)
          room += 1
        }
        expect(roomWithin(before, now, ms, 1000)).toBe(room)
        expect(roomWithin(before, now, ms, 3)).toBe(Math.min(room, 3))
        expect(stampable(before, now, 1000)).toBe(roomWithin(before, now, 0, 1000))
      }),
    )
  })

  it('keeps no more than a window can hold, and forgets what no window holds any more', () => {
    const crowded = createBudget('connector', Array<number>(5000).fill(start), start)
    expect(crowded.sentAt).toHaveLength(1800)
    expect(charge(crowded, start + day + minute).sentAt).toEqual([start + day + minute])
    expect(createBudget('workflow', [start], start + hour).sentAt).toEqual([])
  })

  it('is not emptied by a clock that is set back, nor locked for long', () => {
    const budget = createBudget('connector', Array<number>(80).fill(start + day), start)
    expect(roomWithin(budget, start, hour, 1)).toBe(0)
    expect(mayStartAt(budget, start)).toBeLessThan(start + 4 * minute)
    const charged = charge(sentOnce(80, start + day), start)
    expect(charged.sentAt).toEqual(Array<number>(81).fill(start))
  })
})
