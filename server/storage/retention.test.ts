import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import * as fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from './database.ts'
import { createRetention } from './retention.ts'
import { sqlite } from './retention-sqlite.ts'

const now = new Date('2026-03-02T09:00:00Z')
const hourMs = 3_600_000
const dayMs = 24 * hourMs
const ago = (ms: number) => now.getTime() - ms
const keepMs = 30 * dayMs

let folder: string
let database: Database
let db: Sqlite.Database
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cardwire-retention-'))
  const path = join(folder, 'cardwire.db')
  database = await openDatabase(`file:${path}`, () => now)
  db = new Sqlite(path)
  db.pragma('synchronous = OFF')
})
afterEach(async () => {
  db.close()
  await database.close()
  rmSync(folder, { recursive: true })
})

const sweep = (options: { keepMs?: number; rowsPerBatch?: number } = {}) =>
  createRetention({ database, now: () => now, rest: () => setImmediate(), ...options }).sweep({
    keepMs: options.keepMs ?? keepMs,
  })

interface Told {
  state: string
  createdAgo: number
  settledAgo: number | null
  attemptsAgo: number[]
}

function addEvent(receivedAgo: number): string {
  const id = uuid()
  db.prepare(
    `INSERT INTO event (id, sourceId, externalId, type, occurredAt, receivedAt, body) VALUES (?, 's', ?, 't', ?, ?, '{}')`,
  ).run(id, id, ago(receivedAgo), ago(receivedAgo))
  return id
}

function addDelivery(told: Told & { kind?: string; eventId?: string; destinationId?: string }): number {
  const { kind = 'event', eventId = null, state, createdAgo, settledAgo, destinationId = 'd' } = told
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO delivery (kind, eventId, entityId, destinationId, state, settledAt, createdAt)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      kind,
      eventId,
      uuid(),
      destinationId,
      state,
      settledAgo === null ? null : ago(settledAgo),
      ago(createdAgo),
    )
  for (const endedAgo of told.attemptsAgo) {
    db.prepare(
      `INSERT INTO attempt (deliveryId, destinationId, startedAt, endedAt, outcome, sizeBytes) VALUES (?, ?, ?, ?, 'x', 1)`,
    ).run(lastInsertRowid, destinationId, ago(endedAgo), ago(endedAgo))
  }
  return Number(lastInsertRowid)
}

interface Left {
  orphanedAgo?: number | null
  leaseId?: string
}

function addDestination({ orphanedAgo = 40 * dayMs, leaseId }: Left = {}): string {
  const id = uuid()
  db.prepare(
    `INSERT INTO destination (id, fingerprint, host, transport, healthSince, savedAt, orphanedAt, leaseId, createdAt)
     VALUES (?, ?, 'h', 'connector', 0, 0, ?, ?, 0)`,
  ).run(id, id, orphanedAgo === null ? null : ago(orphanedAgo), leaseId ?? null)
  return id
}

const keysIn = (table: string) =>
  new Set(db.prepare(`SELECT id FROM ${table} ORDER BY id`).pluck().all() as (number | string)[])

describe('any history, oldest first', () => {
  /** An event with its deliveries; what is `inDigest` is told by the digest of the next history that has one. */
  const history = fc.record({
    ageMs: fc.integer({ min: 0, max: 70 * dayMs }),
    cards: fc.array(
      fc.record({
        state: fc.constantFrom('held', 'pending', 'delivered', 'refused', 'cancelled'),
        settledAfterMs: fc.integer({ min: 0, max: 40 * dayMs }),
        attemptsAfterMs: fc.array(fc.integer({ min: 0, max: 40 * dayMs }), { maxLength: 3 }),
        inDigest: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
    digest: fc.option(
      fc.record({
        state: fc.constantFrom('pending', 'delivered', 'expired'),
        settledAfterMs: fc.integer({ min: 0, max: 40 * dayMs }),
      }),
    ),
  })
  type History = typeof history extends fc.Arbitrary<infer H> ? H : never

  interface Kept {
    id: number
    eventId: string | undefined
    settledAgo: number | null
    attemptsAgo: number[]
    digest?: Kept
    members: Kept[]
  }

  function tell(histories: History[]) {
    const deliveries: Kept[] = []
    const events: { id: string; ageMs: number }[] = []
    let members: Kept[] = []
    db.transaction(() => {
      for (const { ageMs, cards, digest } of histories.toSorted((a, b) => b.ageMs - a.ageMs)) {
        const event = { id: addEvent(ageMs), ageMs }
        events.push(event)
        const endedAgo = (afterMs: number) => Math.max(0, ageMs - afterMs)
        for (const card of cards) {
          const isOpen = card.state === 'held' || card.state === 'pending'
          const settledAgo = isOpen ? null : endedAgo(card.settledAfterMs)
          const attemptsAgo = card.inDigest ? [] : card.attemptsAfterMs.map(endedAgo)
          const told = { state: card.state, createdAgo: ageMs, settledAgo, attemptsAgo }
          // A delivery has one configuration of its own here, so that an event may have several.
          const one: Kept = {
            ...told,
            id: addDelivery({ ...told, eventId: event.id }),
            eventId: event.id,
            members: [],
          }
          deliveries.push(one)
          if (card.inDigest) members.push(one)
        }
        if (!digest || members.length === 0) continue
        const settledAgo = digest.state === 'pending' ? null : endedAgo(digest.settledAfterMs)
        const told = { state: digest.state, createdAgo: ageMs, settledAgo, attemptsAgo: [] }
        const made: Kept = {
          ...told,
          id: addDelivery({ ...told, kind: 'digest' }),
          eventId: undefined,
          members,
        }
        for (const member of members) {
          member.digest = made
          // Most share its end; what was cancelled by itself before does not.
          if (member.settledAgo === null) member.settledAgo = settledAgo
          db.prepare('UPDATE delivery SET digestId = ?, state = ?, settledAt = ? WHERE id = ?').run(
            made.id,
            member.settledAgo === null ? 'pending' : 'merged',
            member.settledAgo === null ? null : ago(member.settledAgo),
            member.id,
          )
        }
        members = []
        deliveries.push(made)
      }
    })()
    return { deliveries, events }
  }

  function whatStays({ deliveries, events }: ReturnType<typeof tell>) {
    const stays = (one: Kept): boolean =>
      one.settledAgo === null ||
      one.settledAgo <= keepMs ||
      one.attemptsAgo.some((endedAgo) => endedAgo <= 25 * hourMs) ||
      (one.digest !== undefined && one.digest.settledAgo === null) ||
      one.members.some(stays)
    const staying = deliveries.filter(stays)
    const needed = new Set(staying.map((one) => one.eventId))
    return {
      deliveries: new Set(staying.map((one) => one.id)),
      attempts: staying.reduce((sum, one) => sum + one.attemptsAgo.length, 0),
      events: new Set(
        events.filter(({ id, ageMs }) => ageMs <= keepMs || needed.has(id)).map(({ id }) => id),
      ),
    }
  }

  it('keeps what must stay through runs that are cut off, and loses all else in one that is not', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(history, { maxLength: 25 }),
        fc.array(fc.nat(6), { maxLength: 4 }),
        fc.integer({ min: 1, max: 7 }),
        async (histories, cuts, rowsPerBatch) => {
          db.exec('DELETE FROM delivery; DELETE FROM attempt; DELETE FROM event')
          const stays = whatStays(tell(histories))
          for (const cut of cuts) {
            const cutting = new AbortController()
            let batches = 0
            const rest = async () => {
              if (batches++ === cut) cutting.abort()
            }
            await createRetention({ database, now: () => now, rest, rowsPerBatch }).sweep({
              keepMs,
              signal: cutting.signal,
            })
            expect([...keysIn('delivery')]).toEqual(expect.arrayContaining([...stays.deliveries]))
            expect([...keysIn('event')]).toEqual(expect.arrayContaining([...stays.events]))
            expectNothingAstray()
          }
          await sweep({ rowsPerBatch })
          expect(keysIn('delivery')).toEqual(stays.deliveries)
          expect(keysIn('event')).toEqual(stays.events)
          expect(keysIn('attempt').size).toBe(stays.attempts)
          expectNothingAstray()
        },
      ),
      { numRuns: 60 },
    )
  })

  /** What points to something finds it. In SQL even nothing is not in an empty list. */
  function expectNothingAstray() {
    const astray = db.prepare(`
      SELECT (SELECT count(*) FROM delivery d WHERE d.digestId IS NOT NULL AND d.digestId NOT IN (SELECT id FROM delivery))
        + (SELECT count(*) FROM delivery d WHERE d.eventId IS NOT NULL AND d.eventId NOT IN (SELECT id FROM event))
        + (SELECT count(*) FROM attempt a WHERE a.deliveryId NOT IN (SELECT id FROM delivery))`)
    expect(astray.pluck().get()).toBe(0)
  }
})

describe('an attempt that a window may still count', () => {
  it('stays with its delivery and event, however short the setting', async () => {
    const old = { state: 'delivered', createdAgo: 30 * hourMs, settledAgo: 26 * hourMs }
    const told = addDelivery({
      ...old,
      eventId: addEvent(30 * hourMs),
      attemptsAgo: [26 * hourMs, 24 * hourMs],
    })
    addDelivery({ ...old, eventId: addEvent(30 * hourMs), attemptsAgo: [26 * hourMs] })
    expect(await sweep({ keepMs: hourMs })).toMatchObject({ deliveries: 1, attempts: 1, events: 1 })
    expect(keysIn('delivery')).toEqual(new Set([told]))
    expect(keysIn('attempt').size).toBe(2)
  })
})

describe('a destination', () => {
  const waiting = { createdAgo: 40 * dayMs, settledAgo: null, attemptsAgo: [] }

  it('goes when nobody has used it for long, and nothing else of it is left', async () => {
    addDestination()
    const [used, young, leased] = [
      addDestination({ orphanedAgo: null }),
      addDestination({ orphanedAgo: 29 * dayMs }),
      addDestination({ leaseId: 'lease' }),
    ]
    expect(await sweep({ rowsPerBatch: 1 })).toMatchObject({ destinations: 1 })
    expect(keysIn('destination')).toEqual(new Set([used, young, leased]))
  })

  it('stays while something waits in its lane', async () => {
    const owed = addDestination()
    addDelivery({ ...waiting, kind: 'notice', state: 'pending', destinationId: owed })
    await sweep()
    expect(keysIn('destination')).toEqual(new Set([owed]))
  })

  it('stays while an attempt of it is kept, whose budget it would lose', async () => {
    const sentTo = addDestination()
    const delivered = { state: 'delivered', createdAgo: 40 * dayMs, destinationId: sentTo }
    addDelivery({ ...delivered, settledAgo: 10 * dayMs, attemptsAgo: [10 * dayMs] })
    await sweep()
    expect(keysIn('destination')).toEqual(new Set([sentTo]))
    await sweep({ keepMs: 5 * dayMs })
    expect(keysIn('destination')).toEqual(new Set())
  })

  it('stays while a configuration has it, whatever else is said of it', async () => {
    const kept = addDestination()
    db.pragma('foreign_keys = OFF')
    db.prepare(
      `INSERT INTO configuration (entityId, tenantId, name, sourceId, destinationId, choices, rule, host, locale, zone,
         place, createdAt, updatedAt) VALUES ('e', 't', 'n', 's', ?, '{}', '{}', 'tab', 'en', 'UTC', '{}', 0, 0)`,
    ).run(kept)
    await sweep()
    expect(keysIn('destination')).toEqual(new Set([kept]))
  })
})

it('forgets what was sent when it was last sent long ago, however many in one moment', async () => {
  const card = db.prepare(`INSERT INTO sent_card (hash, body, sentAt) VALUES (?, '{}', ?)`)
  for (let index = 0; index < 7; index++) card.run(`old-${index}`, ago(31 * dayMs))
  card.run('older', ago(90 * dayMs))
  card.run('young', ago(29 * dayMs))
  // It may have been sent again since, within the hour to which that is known.
  card.run('of the last hour', ago(keepMs + 30 * 60_000))
  expect(await sweep({ rowsPerBatch: 2 })).toMatchObject({ cards: 8 })
  expect(db.prepare('SELECT hash FROM sent_card ORDER BY hash').pluck().all()).toEqual([
    'of the last hour',
    'young',
  ])
})

it('keeps the audit for a year and refusals for a week, whatever the setting', async () => {
  const audit = db.prepare(
    `INSERT INTO audit_entry (at, who, action, subject, detail) VALUES (?, '', '', '', '{}')`,
  )
  for (const days of [900, 366, 364, 40]) audit.run(ago(days * dayMs))
  const refusal = db.prepare(`INSERT INTO refusal (sourceId, at, code, reason) VALUES ('s', ?, '', '')`)
  for (const days of [30, 8, 6]) refusal.run(ago(days * dayMs))
  expect(await sweep({ rowsPerBatch: 1 })).toMatchObject({ auditEntries: 2, refusals: 2 })
  expect(keysIn('audit_entry').size).toBe(2)
  expect(keysIn('refusal').size).toBe(1)
})

it('asks and deletes by index alone, in every table', () => {
  for (const statement of Object.values(sqlite)) {
    const values = Array.from(statement.matchAll(/\?/g), () => '[]')
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${statement}`).all(...values) as { detail: string }[]
    expect(plan.length).toBeGreaterThan(0)
    for (const { detail } of plan) {
      expect(detail).not.toMatch(/SCAN (?!b\b|p\b|b |CONSTANT ROW|json_each)/)
    }
  }
})

it('lets others write between two batches', async () => {
  for (let index = 0; index < 20; index++) {
    addDelivery({ state: 'delivered', createdAgo: 40 * dayMs, settledAgo: 40 * dayMs, attemptsAgo: [] })
  }
  const left: number[] = []
  const rest = () =>
    database.transaction(async (tx) => {
      await tx.kept.create({ data: { name: uuid(), value: 'written' } })
      left.push(await tx.delivery.count())
    })
  await createRetention({ database, now: () => now, rest, rowsPerBatch: 5 }).sweep({ keepMs })
  expect(left).toEqual(expect.arrayContaining([15, 10, 5, 0]))
})
