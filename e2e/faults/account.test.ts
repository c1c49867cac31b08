import { describe, expect, test } from 'vitest'
import type { Answer, Received } from '../teams/model.ts'
import { answers } from '../teams/webhooks/answers.ts'
import { account } from './account.ts'
import type { Stop } from './keeper.ts'
import type { Run } from './ledger.ts'
import type { SentEvent } from './load.ts'
import type { Link } from './proxy.ts'
import type { AttemptRecord, DeliveryRecord, LaneRecord } from './records.ts'
import { eventTypes } from './scene.ts'

const channel = {
  entityId: 'channel',
  name: 'crowd 1',
  destination: 'crowd 1',
  source: 'harbour',
  eventTypes,
} as const
const destination = { name: 'crowd 1', connectorId: 'c', webhookUrl: 'http://teams/1', url: 'http://proxy/1' }
/** What Teams sees on one link, 40 ms after it was sent; its answer has passed 20 ms later. */
const seenMs = 40
const passedMs = 60

/** A run in which two events were told well; a test breaks one thing. */
function goodRun() {
  return {
    scene: { destinations: [destination], configurations: [channel] },
    events: [sent('cw00001', 1000), sent('cw00002', 2000)],
    requests: [request('cw00001', 1100), request('cw00002', 2100)],
    links: [link([1100, 2100])],
    stops: [] as Stop[],
    removals: new Map(),
    records: {
      deliveries: [delivery(1, 'cw00001'), delivery(2, 'cw00002')],
      attempts: [attempt(1, 1100), attempt(2, 2100)],
      lanes: [{ id: 'd', leaseId: null, notBefore: null, failures: 0, health: 'healthy' }] as LaneRecord[],
    },
    endedAt: 10_000,
  } satisfies Run
}

function sent(mark: string, at: number): SentEvent {
  return { mark, source: 'harbour', type: 'task.created', sentAt: at, ackedAt: at + 50, id: `id ${mark}` }
}

function request(mark: string, at: number, answer: Answer = answers.delivered): Received {
  const raw = Buffer.from(bodyOf(mark))
  return {
    id: at,
    at: at + seenMs,
    remotePort: 7,
    webhookUrl: destination.webhookUrl,
    channelId: 'channel',
    connectorId: 'c',
    headers: {},
    raw,
    text: raw.toString(),
    answer,
    overLimit: undefined,
    shown: answer === answers.delivered,
  }
}

const bodyOf = (mark: string) => JSON.stringify({ summary: mark })

function link(requestedAt: number[], answered = requestedAt): Link {
  return {
    port: 7,
    openedAt: 0,
    askedAt: requestedAt,
    answeredAt: answered.map((at) => at + passedMs),
    endedAt: undefined,
    endedBy: undefined,
  }
}

function delivery(id: number, mark: string): DeliveryRecord {
  return {
    id,
    kind: 'event',
    eventId: `id ${mark}`,
    entityId: channel.entityId,
    destinationId: 'd',
    round: 1,
    state: 'delivered',
    digestId: null,
    leaseId: null,
    heldUntil: null,
    attempts: 1,
    reason: null,
    settledAt: 3000,
    total: null,
    why: null,
  }
}

function attempt(deliveryId: number, at: number, outcome = 'delivered'): AttemptRecord {
  const body = bodyOf(`cw0000${deliveryId}`)
  return { id: at, deliveryId, destinationId: 'd', startedAt: at, endedAt: at + passedMs + 10, outcome, body }
}

/** The first event's card again at 3000, as after a retry. */
function toldAgain(run: ReturnType<typeof goodRun>) {
  run.requests.push(request('cw00001', 3000))
  run.links = [link([1100, 2100, 3000])]
  run.records.attempts.push(attempt(1, 3000))
  const [first] = run.records.deliveries
  if (first) first.attempts = 2
  return run
}

function kill(from: number): Stop {
  return { kind: 'kill', number: 1, how: 'at random', from, to: from + 500 }
}

function faultsOf(run: Run): string[] {
  return account(run).faults
}

describe('an account', () => {
  test('of a good run finds nothing', () => {
    expect(account(goodRun())).toMatchObject({ faults: [], duplicates: [], ends: { delivered: 2 } })
  })

  test('finds an event that nothing is owed for', () => {
    const run = goodRun()
    run.records.deliveries.splice(1)
    expect(faultsOf(run)).toContainEqual(expect.stringMatching(/^LOST: cw00002 was answered 202/))
  })

  test('finds a delivery that is said to be delivered and was never shown', () => {
    const run = goodRun()
    run.requests.splice(1)
    expect(faultsOf(run)).toEqual([expect.stringMatching(/cw00002.*LOST/)])
  })

  test('finds a refusal that Teams never made', () => {
    const run = goodRun()
    Object.assign(run.records.deliveries[1] ?? {}, { state: 'refused' })
    expect(faultsOf(run)).toEqual([expect.stringMatching(/cw00002.*LOST: ended as refused/)])
  })

  test('finds what is pending in a lane that waits for nothing', () => {
    const run = goodRun()
    Object.assign(run.records.deliveries[1] ?? {}, { state: 'pending', settledAt: null })
    expect(faultsOf(run)).toEqual([expect.stringMatching(/cw00002.*still pending/)])
  })

  test('finds a duplicate without a cause', () => {
    expect(faultsOf(toldAgain(goodRun()))).toEqual([
      expect.stringMatching(/^DUPLICATE without a cause: cw00001/),
    ])
  })

  test('takes a duplicate of what a kill kept from being settled, and only of what came before it', () => {
    const run = toldAgain(goodRun())
    run.stops = [kill(2200)]
    expect(account(run)).toMatchObject({
      faults: [],
      duplicates: [{ what: expect.stringContaining('cw00001') }],
    })
    run.stops = [kill(3000 + seenMs + 100)]
    expect(faultsOf(run)).toEqual([expect.stringMatching(/^DUPLICATE without a cause/)])
  })

  test('takes a duplicate of what the network kept from being answered', () => {
    const run = toldAgain(goodRun())
    run.requests = run.requests.filter(({ text }) => text.includes('cw00001'))
    run.links = [
      { ...link([1100], []), endedAt: 1200, endedBy: 'the network' },
      { ...link([3000]), openedAt: 2900 },
    ]
    run.events.splice(1)
    run.records.deliveries.splice(1)
    run.records.attempts = [attempt(1, 1100, 'unreachable'), attempt(1, 3000)]
    expect(account(run)).toMatchObject({
      faults: [],
      duplicates: [{ cause: expect.stringContaining('network') }],
    })
  })

  test('takes it that an answer was read although the network ended the link just after it was passed', () => {
    const run = goodRun()
    run.links = [{ ...link([1100, 2100]), endedAt: 2100 + passedMs + 20, endedBy: 'the network' }]
    expect(faultsOf(run)).toEqual([])
    run.links = [{ ...link([1100, 2100], [1100]), endedAt: 2100 + 20, endedBy: 'the network' }]
    expect(faultsOf(run)).toEqual([expect.stringMatching(/cw00002.*LOST.*link ended by the network/)])
  })

  test('finds an order that is not that of the 202s', () => {
    const run = goodRun()
    run.requests = [request('cw00002', 1100), request('cw00001', 2100)]
    run.records.attempts = [attempt(2, 1100), attempt(1, 2100)]
    expect(faultsOf(run)).toEqual([expect.stringMatching(/^ORDER at "crowd 1": cw00002 went before cw00001/)])
  })

  /** The first event's card is refused, the second's shown, and then the first's. */
  function refusedAndShownLate() {
    const run = toldAgain(goodRun())
    run.requests[0] = { ...request('cw00001', 1100), answer: answers.refused, shown: false }
    run.records.attempts[0] = attempt(1, 1100, 'unknown')
    return run
  }

  test('takes it that a card is shown late which was refused in its turn, if a kill kept that from the record', () => {
    const run = refusedAndShownLate()
    run.stops = [kill(2200)]
    expect(faultsOf(run)).toEqual([])
  })

  test('finds a card that is sent again after a refusal, with no kill before it', () => {
    for (const stops of [[], [kill(9000)]]) {
      const run = refusedAndShownLate()
      run.stops = stops
      expect(faultsOf(run)).toEqual([
        expect.stringMatching(/^AGAIN without a cause: cw00001/),
        expect.stringMatching(/^ORDER at "crowd 1": cw00002 went before cw00001/),
      ])
    }
  })

  test('finds an order that is broken after a refusal that was not read', () => {
    const unheard = { ...link([1100], []), endedAt: 1200, endedBy: 'the network' as const }
    const halfHeard = { ...link([1100]), endedAt: 1100 + passedMs + 5, endedBy: 'the network' as const }
    for (const first of [unheard, halfHeard]) {
      const run = refusedAndShownLate()
      run.stops = [kill(2200)]
      run.links = [first, { ...link([2100, 3000]), openedAt: 1300 }]
      run.records.attempts[0] = attempt(1, 1100, 'unreachable')
      expect(faultsOf(run)).toEqual([
        expect.stringMatching(/^ORDER at "crowd 1": cw00002 went before cw00001/),
      ])
    }
  })

  test('finds a request that broke a window, whatever it was answered', () => {
    const run = goodRun()
    run.requests[1] = { ...request('cw00002', 2100), overLimit: '4 in 1 s' }
    expect(faultsOf(run)).toEqual([expect.stringContaining('broke "4 in 1 s"')])
  })

  test('finds a request that is not on record, and an answer that was misread', () => {
    const run = goodRun()
    run.records.attempts = [attempt(1, 1100, 'refused')]
    expect(faultsOf(run)).toEqual([
      expect.stringContaining('says 1 attempts; 0 are on record'),
      expect.stringContaining('is on record as "refused"'),
      expect.stringContaining('is not on record'),
    ])
  })

  test('finds a card that is kept as another one than was sent', () => {
    const run = goodRun()
    Object.assign(run.records.attempts[1] ?? {}, { body: bodyOf('cw00001') })
    expect(faultsOf(run)).toEqual([expect.stringMatching(/cw00002.*is kept as another card/)])
  })

  test('finds a request that came too soon after Retry-After', () => {
    const run = goodRun()
    const patience = { status: 429, body: '', headers: { 'retry-after': '8' } }
    run.requests = [request('cw00001', 1100, patience), request('cw00001', 2100), request('cw00002', 2300)]
    run.links = [link([1100, 2100, 2300])]
    run.records.attempts = [attempt(1, 1100, 'throttled'), attempt(1, 2100), attempt(2, 2300)]
    Object.assign(run.records.deliveries[0] ?? {}, { attempts: 2 })
    expect(faultsOf(run)).toEqual([expect.stringMatching(/^WAIT at "crowd 1": asked for 8000 ms/)])
  })

  test('finds a stamp and a lease that were left behind', () => {
    const run = goodRun()
    Object.assign(run.records.deliveries[0] ?? {}, { leaseId: 'l' })
    Object.assign(run.records.lanes[0] ?? {}, { leaseId: 'l' })
    expect(faultsOf(run)).toEqual([
      expect.stringContaining('is still leased'),
      expect.stringContaining('is still stamped'),
    ])
  })

  test('finds a digest that was told and lost a member, and a member that was sent by itself', () => {
    const run = goodRun()
    const told = '3 events: cw00001 cw00002'
    run.requests = [request(told, 2100), request('cw00001', 2300)]
    run.links = [link([2100, 2300])]
    const digest = { ...delivery(3, ''), kind: 'digest' as const, eventId: null, total: 3, why: 'pressure' }
    run.records.deliveries = [
      ...run.records.deliveries.map((one) => ({ ...one, state: 'merged', digestId: 3, attempts: 0 })),
      digest,
    ]
    run.records.attempts = [{ ...attempt(3, 2100), body: bodyOf(told) }]
    expect(faultsOf(run)).toEqual([
      expect.stringContaining('merged into a digest all the same'),
      expect.stringContaining('is not on record'),
      expect.stringContaining('says 3 events and has 2'),
    ])
  })
})
