import type { Database, Transaction } from './database.ts'
import type { Prisma } from './generated/sqlite/client.ts'
import { toPage } from './page.ts'
import type { AuditStore } from './storage.ts'

export interface AuditLine {
  who: string
  action: string
  subject: string
  detail: Record<string, unknown>
}

export function createAuditStore({ database, now }: { database: Database; now: () => Date }): AuditStore {
  return {
    add: (line) => database.transaction((tx) => addAuditLine(tx, line, now())),
    async list({ cursor, limit }) {
      const rows = await database.reader.auditEntry.findMany({
        ...(cursor && { where: { id: { lt: BigInt(cursor) } } }),
        orderBy: { id: 'desc' },
        take: limit + 1,
      })
      return toPage(rows, limit, (row) => ({ ...row, id: String(row.id), at: row.at.toISOString() }))
    },
  }
}

/** Written in the transaction of the change it tells of. */
export async function addAuditLine(tx: Transaction, line: AuditLine, at: Date): Promise<void> {
  await tx.auditEntry.create({ data: { ...line, at, detail: line.detail as Prisma.InputJsonObject } })
}
