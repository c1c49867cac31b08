import { AppError } from '../errors.ts'
import { fittingId } from '../lib/fitting-id.ts'
import { createSharedCommits } from '../lib/shared-commits.ts'
import type { Event, NewEvent } from '../model/event.ts'
import { type CompiledRules, compileRules, fanOut } from '../rules/fan-out.ts'
import { type Kind, type RawRequest, UnreadableError } from '../sources/source.ts'
import type { IntakeBatch, Received } from '../storage/intake.ts'
import type { Storage, StoredSource } from '../storage/storage.ts'
import type { Log } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'

/**
 * From raw bytes to remembered events and owed deliveries: prove, read, fan out, write, wake.
 *
 * What is needed of a source — its secrets, settings and compiled rules — is kept in memory as of one
 * `rulesVersion`, which rises with every change to the source or its configurations. The write compares it inside
 * its transaction, and a refusal compares it before it is told; if it has changed meanwhile, everything is read anew
 * and done again, from the proof on. So no event misses a configuration that was saved before it, none is proved by
 * a secret that was retired before it, and none is refused by what has been mended.
 */
export interface Receiver {
  /**
   * @returns what became of each event, on disk with all their deliveries.
   * @throws {AppError} `source-unknown`, `source-paused`, `proof-invalid`, `body-unreadable`, `not-ready`.
   */
  receive(sourceKey: string, raw: RawRequest): Promise<Received[]>
}

export interface ReceiverTools {
  storage: Pick<Storage, 'sources' | 'intake'>
  kindOf: (id: string) => Kind | undefined
  now: () => Date
  newId: () => string
  /** Called after a commit with deliveries: something may be due. */
  onCommit: () => void
  log: Log
  metrics: Pick<Metrics, 'eventsReceived' | 'intakesRefused'>
}

/** Everything an intake needs of a source, as of one `rulesVersion`. */
interface KnownSource {
  source: StoredSource
  kind: Kind
  secrets: string[]
  rules: CompiledRules
  rulesVersion: number
}

/** Rules may change between reading and writing, but not this often in a row unless something is wrong. */
const mostRedone = 20

export function createReceiver(tools: ReceiverTools): Receiver {
  const known = new Map<string, KnownSource>()
  const refusedAt = new Map<string, number>()
  const commits = createSharedCommits(
    (parts: Part[]) => tools.storage.intake.write(parts.map(({ batch }) => batch)),
    {
      mostAtOnce: 256,
      sizeOf: ({ sizeBytes }) => sizeBytes,
      mostSize: 4 * 1024 * 1024,
    },
  )

  return {
    async receive(sourceKey, raw) {
      for (let redone = 0; redone < mostRedone; redone++) {
        const source = known.get(sourceKey) ?? (await load(sourceKey))
        const received = await receiveAs(source, raw)
        if (received !== 'rules changed') return received
        if (known.get(sourceKey) === source) known.delete(sourceKey)
      }
      throw new AppError('not-ready', {
        public: 'The rules of this source are being changed very often just now. Send the event again.',
        message: `rules of a source changed ${mostRedone} times during one intake`,
      })
    },
  }

  async function receiveAs(source: KnownSource, raw: RawRequest): Promise<Received[] | 'rules changed'> {
    const read = readEvents(source, raw)
    // What writes nothing is not compared by the write: a rotated secret or a resumed source would stay unseen.
    if (read instanceof AppError || read.length === 0) {
      const version = await tools.storage.intake.rulesVersionOf(source.source.id)
      if (version !== source.rulesVersion) return 'rules changed'
      if (read instanceof AppError) throw refused(source.source, read)
      return []
    }
    const batch = toBatch(source, read, raw)
    const received = await commits.write({ batch, sizeBytes: sizeOf(batch, raw) })
    if (received === 'rules changed') return received
    if (received.some(({ duplicate, deliveries }) => !duplicate && deliveries > 0)) tools.onCommit()
    tell(source, batch, received)
    return received
  }

  async function load(sourceKey: string): Promise<KnownSource> {
    const found = await tools.storage.sources.readByKey(sourceKey)
    // Rules first: what is read after them can only be newer, and then the write finds it changed.
    const rules = found && (await tools.storage.intake.rulesOf(found.id))
    const source = rules && (await tools.storage.sources.readByKey(sourceKey))
    const kind = source && tools.kindOf(source.kind)
    if (!source || !kind) {
      const told = 'There is no source at this address. Copy the URL again from its set-up page.'
      throw new AppError('source-unknown', { public: told })
    }
    const secrets = await tools.storage.sources.secretsOf(source.id)
    const { rulesVersion, configurations } = rules
    const loaded = { source, kind, secrets, rules: compileRules(configurations), rulesVersion }
    known.set(sourceKey, loaded)
    return loaded
  }

  /** The events, or why there are none: as far as is known, which the caller compares. */
  function readEvents({ source, kind, secrets }: KnownSource, raw: RawRequest): NewEvent[] | AppError {
    if (!kind.authentic(raw, secrets, source.settings)) {
      return new AppError('proof-invalid', { public: proofMissing })
    }
    if (source.paused) {
      const told = 'An administrator has paused this source. Send the event again later.'
      return new AppError('source-paused', { public: told })
    }
    try {
      return kind.read(raw, source.settings)
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error
      return new AppError('body-unreadable', { public: error.message, cause: error })
    }
  }

  function toBatch(
    { source, kind, rules, rulesVersion }: KnownSource,
    read: NewEvent[],
    raw: RawRequest,
  ): IntakeBatch {
    const now = tools.now()
    const wants = kind.wants?.bind(kind)
    const events = read.map((one, index) => {
      const event = toEvent(one, source.id, fallbackId(raw, index, read.length))
      return { event, deliveries: fanOut(event, rules, { now, wants, only: one.for }) }
    })
    return { sourceId: source.id, rulesVersion, events }
  }

  function toEvent(read: NewEvent, sourceId: string, externalId: string | undefined): Event {
    const { for: _, ...told } = read
    const id = tools.newId()
    return {
      ...told,
      id,
      sourceId,
      externalId: read.externalId ?? externalId ?? id,
      occurredAt: read.occurredAt ?? tools.now().toISOString(),
    }
  }

  /**
   * The last refused requests are kept for the administrator, at most one a second of each source, so that a flood
   * of forged ones costs no writes. Keeping them must not stop the answer.
   */
  function refused(source: StoredSource, error: AppError): AppError {
    tools.metrics.intakesRefused.inc({ kind: source.kind, code: error.code })
    const at = tools.now().getTime()
    if (at - (refusedAt.get(source.id) ?? 0) < 1000) return error
    refusedAt.set(source.id, at)
    tools.storage.sources
      .refuse(source.id, { code: error.code, reason: error.message })
      .catch((cause: unknown) => tools.log.error({ error: cause, sourceId: source.id }, 'refusal.lost'))
    return error
  }

  function tell({ source }: KnownSource, { events }: IntakeBatch, received: Received[]): void {
    received.forEach(({ id, duplicate, deliveries }, index) => {
      tools.metrics.eventsReceived.inc({ kind: source.kind, duplicate: String(duplicate) })
      const type = events[index]?.event.type
      tools.log.info({ eventId: id, sourceId: source.id, type, duplicate, deliveries }, 'event.received')
    })
  }
}

const proofMissing =
  'The proof of origin is missing or wrong. Compare the secret and how it is sent with the set-up page of the source.'

/** One request's part of a commit. */
interface Part {
  batch: IntakeBatch
  sizeBytes: number
}

/** What it carries to the database, about. */
function sizeOf({ events }: IntakeBatch, { body }: RawRequest): number {
  return body.length + events.reduce((sum, one) => sum + one.deliveries.length * bytesPerDelivery, 0)
}

/** Two ids and what holds it. */
const bytesPerDelivery = 160

/** What the sender calls the request, where the payload names no event. Several events each get a part of it. */
function fallbackId({ headers }: RawRequest, index: number, count: number): string | undefined {
  const header = headers['idempotency-key'] ?? headers['webhook-id']
  if (typeof header !== 'string' || header === '') return undefined
  return count === 1 ? fittingId(header) : `${fittingId(header, 380)}#${index}`
}
