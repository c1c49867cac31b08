/** What a hot statement finds crosses Prisma as one JSON text in one column of one row. */
export interface Found {
  found: string | null
}

export function foundIn<Row>(rows: Found[]): Row[] {
  return JSON.parse(rows[0]?.found ?? '[]') as Row[]
}
