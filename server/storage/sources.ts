import type { Access } from '../model/source.ts'
import type { Sealer } from '../secrets/seal.ts'
import type { Database } from './database.ts'
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
    async create({ kind, name, settings, access, secret }) {
      const id = newId()
      const row = await transaction((tx) =>
        tx.source.create({
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
        }),
      )
      return toSource(row)
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
            ...(edit.secrets && {
              secretsSealed: edit.secrets.map((one) => sealer.seal(one, secretRow(id))),
            }),
            version: { increment: 1 },
            rulesVersion: { increment: 1 },
            updatedAt: now(),
          },
          include: counted,
        })
        return toSource(row)
      })
    },

    remove(id) {
      return transaction(async (tx) => {
        const row = await tx.source.findUnique({ where: { id }, include: counted })
        if (!row) return undefined
        if (row._count.configurations > 0) return 'in use'
        await tx.refusal.deleteMany({ where: { sourceId: id } })
        await tx.source.delete({ where: { id } })
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
}

/** How many refused requests of a source are remembered. */
const kept = 20

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
