import type { Database } from './database.ts'

/** What a hot statement finds crosses Prisma as one JSON text in one column of one row. */
export interface Found {
  found: string | null
}

export function foundIn<Row>(rows: Found[]): Row[] {
  return JSON.parse(rows[0]?.found ?? '[]') as Row[]
}

/** Asks by one statement for all rows that it finds. */
export function createFindRows(reader: Database['reader']) {
  return async <Row>(statement: string, ...given: unknown[]): Promise<Row[]> =>
    foundIn<Row>(await reader.$queryRawUnsafe<Found[]>(statement, ...given))
}

export function toTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
