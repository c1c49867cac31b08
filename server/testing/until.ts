/**
 * Waits for a condition and answers what it found. Asked again every few milliseconds, since what is waited for
 * happens in other loops; a deadline turns what never happens into a failure that says what it was.
 */
export async function until<Found>(
  what: string,
  find: () => Promise<Found> | Found,
  { withinMs = 5000 } = {},
): Promise<NonNullable<Found>> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const found = await find()
    if (found) return found
    if (performance.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`)
    await new Promise((resolve) => {
      setTimeout(resolve, 5)
    })
  }
}
