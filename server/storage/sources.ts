import type { Access } from '../model/source.ts'
import type { Sealer } from '../secrets/seal.ts'
import { addAuditLine } from './audit.ts'
import type { Database, Transaction } from './database.ts'
import type { Prisma } from './generated/sqlite/client.ts'
import type { SourceModel as SourceRow } from './generated/sqlite/models.ts'
import type { SourceStore, StoredSource } from './storage.ts'

export function createSourceStore(tools: {
  database: Database
  sealer: Sealer
  now: () => Date
  newId: () => string
  newKey: () => string
}): SourceStore {
  const { sealer, now, newId, newKey } = tools
  const { reader, transaction } = tools.database

  return {
    create({ kind, name, settings, access, secret, who }) {
      const id = newId()
      return transaction(async (tx) => {
        const row = await tx.source.create({
          data: {
            id,
            kind,
            name,
            key: newKey(),
            settings: settings as Prisma.InputJsonObject,
            access,
            secretsSealed: [sealer.seal(secret, secretRow(id))],
            createdAt: now(),
            updatedAt: now(),
          },
          include: counted,
        })
        await tell(tx, who, 'source.created', row)
        return toSource(row)
      })
    },

    async list() {
      const rows = await reader.source.findMany({ include: counted, orderBy: { createdAt: 'asc' } })
      return rows.map(toSource)
    },

    async read(id) {
      const row = await reader.source.findUnique({ where: { id }, include: counted })
      return row ? toSource(row) : undefined
    },

    async readByKey(key) {
      const row = await reader.source.findUnique({ where: { key }, include: counted })
      return row ? toSource(row) : undefined
    },

    async secretsOf(id) {
      const row = await reader.source.findUnique({ where: { id }, select: { secretsSealed: true } })
      return row ? (row.secretsSealed as string[]).map((sealed) => sealer.open(sealed, secretRow(id))) : []
    },

    async dependentsOf(sourceId) {
      const count = await reader.configuration.count({ where: { sourceId } })
      const rows = await reader.configuration.findMany({
        where: { sourceId },
        select: { name: true },
        orderBy: [{ name: 'asc' }, { entityId: 'asc' }],
        take: named,
      })
      return { names: rows.map(({ name }) => name), more: Math.max(0, count - rows.length) }
    },

    edit(id, edit, ifVersion) {
      return transaction(async (tx) => {
        const before = await tx.source.findUnique({ where: { id } })
        if (!before) return undefined
        if (ifVersion !== undefined && ifVersion !== before.version) return 'stale'
        const row = await tx.source.update({
          where: { id },
          data: {
            name: edit.name,
            settings: edit.settings as Prisma.InputJsonObject,
            access: edit.access,
            pausedAt: edit.paused ? (before.pausedAt ?? now()) : null,
            ...(edit.secrets && { secretsSealed: nextSecrets(before, edit.secrets) }),
            version: { increment: 1 },
            rulesVersion: { increment: 1 },
            updatedAt: now(),
          },
          include: counted,
        })
        const secrets =
          edit.secrets === undefined ? 'kept' : edit.secrets === 'newest' ? 'retired' : 'rotated'
        await tell(tx, edit.who, 'source.edited', row, { secrets })
        return toSource(row)
      })
    },

    remove(id, who, ifVersion) {
      return transaction(async (tx) => {
        const row = await tx.source.findUnique({ where: { id }, include: counted })
        if (!row) return undefined
        if (ifVersion !== undefined && ifVersion !== row.version) return 'stale'
        if (row._count.configurations > 0) return 'in use'
        await tx.refusal.deleteMany({ where: { sourceId: id } })
        await tx.source.delete({ where: { id } })
        await tell(tx, who, 'source.removed', row)
        return 'removed'
      })
    },

    async refuse(id, refusal) {
      await transaction(async (tx) => {
        await tx.refusal.create({ data: { sourceId: id, at: now(), ...refusal } })
        const tooOld = await tx.refusal.findFirst({
          where: { sourceId: id },
          orderBy: { id: 'desc' },
          skip: kept,
        })
        if (tooOld) await tx.refusal.deleteMany({ where: { sourceId: id, id: { lte: tooOld.id } } })
      })
    },
  }

  /** Two secrets are valid while one is being rotated, never three. */
  function nextSecrets(before: SourceRow, change: { add: string } | 'newest'): string[] {
    const newest = (before.secretsSealed as string[]).slice(0, 1)
    return change === 'newest' ? newest : [sealer.seal(change.add, secretRow(before.id)), ...newest]
  }

  async function tell(
    tx: Transaction,
    who: string,
    action: string,
    row: SourceRow,
    more: Record<string, unknown> = {},
  ): Promise<void> {
    const { name, kind, access, pausedAt } = row
    const detail = { name, kind, access, paused: pausedAt !== null, ...more }
    await addAuditLine(tx, { who, action, subject: row.id, detail }, now())
  }
}

/** How many refused requests of a source are remembered. */
const kept = 20

/** How many dependents are told by name. */
const named = 5

const counted = { _count: { select: { configurations: true } } } as const

/** What a sealed secret belongs to. */
function secretRow(sourceId: string): string {
  return `source:${sourceId}:secret`
}

function toSource(row: SourceRow & { _count: { configurations: number } }): StoredSource {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    key: row.key,
    settings: row.settings as Record<string, unknown>,
    access: row.access as Access,
    paused: row.pausedAt !== null,
    secretCount: (row.secretsSealed as unknown[]).length,
    configurationCount: row._count.configurations,
    lastEventAt: row.lastEventAt,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }
}
