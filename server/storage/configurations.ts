import { withoutBlanks } from '../lib/without-blanks.ts'
import type { Host, Place } from '../model/configuration.ts'
import type { Health, Transport } from '../model/destination.ts'
import type { Rule } from '../model/rule.ts'
import type { Sealer } from '../secrets/seal.ts'
import { addAuditLine } from './audit.ts'
import type { Database, Transaction } from './database.ts'
import { createDestinationRows } from './destinations.ts'
import type { Prisma } from './generated/sqlite/client.ts'
import type {
  ConfigurationModel as ConfigurationRow,
  DestinationModel as DestinationRow,
} from './generated/sqlite/models.ts'
import { sqlite } from './sqlite.ts'
import type { ConfigurationStore, ConfigurationWrite, StoredConfiguration, Turn } from './storage.ts'

/** What of it changes, and what the audit log calls that. */
interface Turned {
  data: Pick<Prisma.ConfigurationUpdateInput, 'pausedAt' | 'approvedAt'>
  action: string
}

/**
 * Every change of a configuration is one transaction that also moves what it owes: deliveries wait, follow it to
 * a new URL, or are cancelled, and the source's `rulesVersion` rises so that no fan-out is made from older rules.
 * Deliveries in flight are left to whoever sends them; what becomes of them is decided where they are settled.
 */
export function createConfigurationStore(tools: {
  database: Database
  sealer: Sealer
  now: () => Date
  newId: () => string
}): ConfigurationStore {
  const { sealer, now } = tools
  const { reader, transaction } = tools.database
  const destinations = createDestinationRows(tools)

  return {
    async read(entityId) {
      const row = await reader.configuration.findUnique({ where: { entityId }, include: withDestination })
      return row ? toConfiguration(row) : undefined
    },

    async readAll(entityIds) {
      const rows = await reader.configuration.findMany({
        where: { entityId: { in: [...entityIds] } },
        include: withDestination,
      })
      return new Map(rows.map((row) => [row.entityId, toConfiguration(row)]))
    },

    async provesUrl(entityId, webhookUrl) {
      const row = await reader.configuration.findUnique({ where: { entityId }, include: withDestination })
      return row?.destination.fingerprint === sealer.fingerprint(withoutBlanks(webhookUrl))
    },

    write: (write, expected) =>
      transaction(async (tx) => {
        const { entityId } = write
        const before = await tx.configuration.findUnique({ where: { entityId } })
        if (expected !== undefined && expected !== (before?.version ?? 'new')) return 'stale'
        const source = await tx.source.findUnique({
          where: { id: write.fields.sourceId },
          select: { id: true },
        })
        if (!source) return 'source gone'

        const destinationId = write.destination
          ? await destinations.save(tx, write.destination)
          : await destinations.keep(tx, before?.destinationId)
        const row = await tx.configuration.upsert({
          where: { entityId },
          create: {
            entityId,
            createdAt: now(),
            version: await nextVersion(tx, entityId),
            ...columns(write, before, destinationId),
          },
          update: { version: { increment: 1 }, ...columns(write, before, destinationId) },
          include: withDestination,
        })
        if (before && (before.sourceId !== row.sourceId || before.destinationId !== destinationId)) {
          await tx.$executeRawUnsafe(sqlite.cancelForeign, now().getTime(), entityId)
        }
        if (before && before.destinationId !== destinationId) {
          await destinations.move(tx, { entityId, from: before.destinationId, to: destinationId })
          if (write.noticeOnOld) await destinations.owe(tx, entityId, before.destinationId, write.noticeOnOld)
          await destinations.leave(tx, before.destinationId)
        }
        if (before?.approvedAt === null && before.sourceId !== row.sourceId)
          await cancelUnapproved(tx, entityId)
        await holdOrRelease(tx, row, write)
        if (write.notice) await destinations.owe(tx, entityId, destinationId, write.notice)
        await raiseRulesVersion(tx, [row.sourceId, before?.sourceId ?? row.sourceId])
        await addAuditLine(tx, saved(write, before, destinationId), now())
        return { created: before === null, configuration: toConfiguration(row) }
      }),

    remove: (entityId, who, expected) =>
      transaction(async (tx) => {
        const before = await tx.configuration.findUnique({ where: { entityId }, include: withDestination })
        if (!before) return undefined
        if (expected !== undefined && expected !== before.version) return 'stale'
        const cancelled = await destinations.cancel(tx, entityId)
        await tx.configuration.delete({ where: { entityId } })
        await destinations.leave(tx, before.destinationId)
        await raiseRulesVersion(tx, [before.sourceId])
        const detail = { name: before.name, sourceId: before.sourceId }
        await addAuditLine(tx, { who, action: 'configuration.removed', subject: entityId, detail }, now())
        return { cancelled, transport: before.destination.transport as Transport }
      }),

    pause: (entityId, { paused, ...how }) =>
      turn(entityId, how, ({ pausedAt }) =>
        (pausedAt !== null) === paused
          ? undefined
          : {
              data: { pausedAt: paused ? now() : null },
              action: paused ? 'configuration.paused' : 'configuration.resumed',
            },
      ),

    approve: (entityId, how) =>
      turn(entityId, how, ({ approvedAt }) =>
        approvedAt === null ? { data: { approvedAt: now() }, action: 'configuration.approved' } : undefined,
      ),

    notify: (entityId, notice) =>
      transaction(async (tx) => {
        const row = await tx.configuration.findUnique({
          where: { entityId },
          select: { destinationId: true },
        })
        if (!row) return undefined
        if (notice.about === 'test') await destinations.tryAgain(tx, row.destinationId)
        return destinations.owe(tx, entityId, row.destinationId, notice)
      }),

    useNextUrls: (destinationId) =>
      transaction(async (tx) => {
        const rows = await tx.configuration.findMany({
          where: { destinationId, destination: { health: 'gone' }, nextUrlSealed: { not: null } },
          include: { source: { select: { access: true } } },
        })
        for (const { entityId, sourceId, nextUrlSealed, source } of rows) {
          const opened = sealer.open(nextUrlSealed ?? '', nextUrlRow(entityId))
          const next = await destinations.save(
            tx,
            JSON.parse(opened) as NonNullable<ConfigurationWrite['next']>,
          )
          await tx.configuration.update({
            where: { entityId },
            data: {
              destinationId: next,
              nextUrlSealed: null,
              // It was approved for the URL that is gone.
              ...(source.access === 'approval' && { approvedAt: null }),
              version: { increment: 1 },
              updatedAt: now(),
            },
          })
          await tx.$executeRawUnsafe(sqlite.cancelForeign, now().getTime(), entityId)
          await destinations.move(tx, { entityId, from: destinationId, to: next })
          if (source.access === 'approval') await tx.$executeRawUnsafe(sqlite.holdAll, entityId, 'approval')
          await raiseRulesVersion(tx, [sourceId])
          const line = {
            who: 'cardwire',
            action: 'configuration.followed-next-url',
            subject: entityId,
            detail: {},
          }
          await addAuditLine(tx, line, now())
        }
        if (rows.length > 0) await destinations.leave(tx, destinationId)
        return rows.length
      }),
  }

  /**
   * Every version has left a line in the audit log, a removal too: one that is made again under the same id goes on
   * from there, and an ETag of its former life fits nothing.
   */
  async function nextVersion(tx: Transaction, entityId: string): Promise<number> {
    return 1 + (await tx.auditEntry.count({ where: { subject: entityId } }))
  }

  /** Changes whether it sends, and nothing else of it; what it is owed follows. */
  function turn(entityId: string, how: Turn, turned: (before: ConfigurationRow) => Turned | undefined) {
    return transaction(async (tx) => {
      const before = await tx.configuration.findUnique({ where: { entityId }, include: withDestination })
      if (!before) return undefined
      if (how.expected !== undefined && how.expected !== before.version) return 'stale'
      const to = turned(before)
      if (!to) return toConfiguration(before)
      const row = await tx.configuration.update({
        where: { entityId },
        data: { ...to.data, version: { increment: 1 }, updatedAt: now() },
        include: withDestination,
      })
      await holdOrRelease(tx, row, how)
      if (how.notice) await destinations.owe(tx, entityId, row.destinationId, how.notice)
      await raiseRulesVersion(tx, [row.sourceId])
      const line = { who: how.who, action: to.action, subject: entityId, detail: { name: row.name } }
      await addAuditLine(tx, line, now())
      return toConfiguration(row)
    })
  }

  function columns(write: ConfigurationWrite, before: ConfigurationRow | null, destinationId: string) {
    const { name, sourceId, choices, rule, host, locale, zone, place, paused } = write.fields
    return {
      name,
      sourceId,
      host,
      locale,
      zone,
      destinationId,
      choices: choices as Prisma.InputJsonObject,
      rule: rule as unknown as Prisma.InputJsonObject,
      place: place as Prisma.InputJsonObject,
      pausedAt: paused ? (before?.pausedAt ?? now()) : null,
      approvedAt: write.approved ? (before?.approvedAt ?? now()) : null,
      // Who made it, and where, is settled once: an administrator's or a colleague's edit does not take it over.
      tenantId: before?.tenantId ?? write.tenantId,
      makerOid: before ? before.makerOid : write.makerOid,
      userObjectIdSealed: write.userObjectId
        ? sealer.seal(write.userObjectId, `configuration:${write.entityId}:userObjectId`)
        : (before?.userObjectIdSealed ?? null),
      nextUrlSealed: nextUrlAfter(write, before),
      updatedAt: now(),
    }
  }

  /** A next URL belongs to the URL it was seen beside: naming that again without it means that it was not seen again. */
  function nextUrlAfter(write: ConfigurationWrite, before: ConfigurationRow | null): string | null {
    if (write.next) return sealer.seal(JSON.stringify(write.next), nextUrlRow(write.entityId))
    return write.destination ? null : (before?.nextUrlSealed ?? null)
  }

  /** What waited for approval of another source must not come with this one's. */
  async function cancelUnapproved(tx: Transaction, entityId: string): Promise<void> {
    const reason = 'It was never approved: the configuration now wants another source.'
    await tx.delivery.updateMany({
      where: { entityId, state: 'held', kind: 'event' },
      data: { state: 'cancelled', reason, settledAt: now(), heldUntil: null },
    })
  }

  /**
   * A paused or unapproved configuration holds its deliveries. One that is neither lets go of those, unless its
   * rule as it is now holds them.
   */
  async function holdOrRelease(
    tx: Transaction,
    row: ConfigurationRow,
    write: Pick<ConfigurationWrite, 'held' | 'criticalHeld'>,
  ): Promise<void> {
    const { entityId, destinationId } = row
    const by = row.approvedAt === null ? 'approval' : row.pausedAt === null ? null : 'pause'
    if (by) {
      await tx.$executeRawUnsafe(sqlite.holdAll, entityId, by)
      return
    }
    const held = [write.held, write.criticalHeld].flatMap((one) => [
      one?.by ?? null,
      one?.until.getTime() ?? null,
    ])
    if ((await tx.$executeRawUnsafe(sqlite.holdAnew, entityId, ...held)) > 0) {
      await destinations.wake(tx, destinationId)
    }
  }
}

const withDestination = { destination: true } as const

/** What a sealed next URL belongs to. */
function nextUrlRow(entityId: string): string {
  return `configuration:${entityId}:nextUrl`
}

async function raiseRulesVersion(tx: Transaction, sourceIds: string[]): Promise<void> {
  await tx.source.updateMany({
    where: { id: { in: [...new Set(sourceIds)] } },
    data: { rulesVersion: { increment: 1 } },
  })
}

function saved(write: ConfigurationWrite, before: ConfigurationRow | null, destinationId: string) {
  return {
    who: write.who,
    action: before ? 'configuration.edited' : 'configuration.created',
    subject: write.entityId,
    detail: {
      name: write.fields.name,
      sourceId: write.fields.sourceId,
      eventTypes: write.fields.rule.eventTypes,
      paused: write.fields.paused,
      urlChanged: before !== null && before.destinationId !== destinationId,
      approved: write.approved && !before?.approvedAt,
    },
  }
}

function toConfiguration(row: ConfigurationRow & { destination: DestinationRow }): StoredConfiguration {
  const { destination } = row
  return {
    entityId: row.entityId,
    name: row.name,
    sourceId: row.sourceId,
    choices: row.choices as Record<string, unknown>,
    rule: row.rule as Rule,
    host: row.host as Host,
    locale: row.locale,
    zone: row.zone,
    paused: row.pausedAt !== null,
    place: row.place as Place,
    transport: destination.transport as Transport,
    state: row.approvedAt === null ? 'waiting' : 'active',
    health: destination.health as Health,
    webhookHost: destination.host,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    tenantId: row.tenantId,
    destinationId: row.destinationId,
    makerOid: row.makerOid,
    version: row.version,
  }
}
