/** One page of rows that were read one longer than the limit, with the cursor of the next if there is one. */
export function toPage<Row, Item extends { id: string }>(
  rows: Row[],
  limit: number,
  toItem: (row: Row) => Item,
): { items: Item[]; next: string | undefined } {
  const items = rows.slice(0, limit).map(toItem)
  return { items, next: rows.length > limit ? items.at(-1)?.id : undefined }
}
