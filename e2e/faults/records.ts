import Sqlite from 'better-sqlite3'

/** What Cardwire itself has written down, read from its file and without its code. Times are ms since 1970. */
export interface Records {
  deliveries: DeliveryRecord[]
  attempts: AttemptRecord[]
  lanes: LaneRecord[]
}

export interface DeliveryRecord {
  id: number
  kind: 'event' | 'digest' | 'notice'
  eventId: string | null
  entityId: string
  destinationId: string
  round: number
  state: string
  digestId: number | null
  leaseId: string | null
  heldUntil: number | null
  attempts: number
  reason: string | null
  settledAt: number | null
  /** Of a digest: how many events it says that it tells, and why it was made. */
  total: number | null
  why: string | null
}

export interface AttemptRecord {
  id: number
  deliveryId: number
  destinationId: string
  startedAt: number
  endedAt: number
  outcome: string
  /** What was sent, as it is kept; null when the process stopped before it could say. */
  body: string | null
}

export interface LaneRecord {
  id: string
  leaseId: string | null
  notBefore: number | null
  failures: number
  health: string
}

export function readRecords(path: string): Records {
  return withDatabase(path, (all) => ({
    deliveries: all<DeliveryRecord>(`
      SELECT id, kind, eventId, entityId, destinationId, round, state, digestId, leaseId, heldUntil, attempts, reason,
        settledAt, content ->> '$.total' AS total, content ->> '$.reason' AS why
      FROM delivery ORDER BY id`),
    attempts: all<AttemptRecord>(`
      SELECT a.id, deliveryId, destinationId, startedAt, endedAt, outcome, c.body
      FROM attempt a LEFT JOIN sent_card c ON c.hash = a.card ORDER BY startedAt, a.id`),
    lanes: all<LaneRecord>('SELECT id, leaseId, notBefore, failures, health FROM destination'),
  }))
}

/** How many deliveries wait in lanes that may go on before `until`. */
export function countMovable(path: string, until: number): number {
  const [row] = withDatabase(path, (all) =>
    all<{ n: number }>(`
      SELECT count(*) AS n FROM delivery d JOIN destination x ON x.id = d.destinationId
      WHERE d.state = 'pending' AND coalesce(x.notBefore, 0) < ${until}`),
  )
  return row?.n ?? 0
}

/** Opened anew each time, since a file whose writer was killed is mended by the next writer. */
function withDatabase<T>(path: string, read: (all: <Row>(sql: string) => Row[]) => T): T {
  const database = new Sqlite(path, { readonly: true })
  try {
    return database.transaction(() => read((sql) => database.prepare(sql).all() as never))()
  } finally {
    database.close()
  }
}
