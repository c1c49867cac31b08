/** A clock that all processes of a machine share and nobody sets, in ms since some moment. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000
}
