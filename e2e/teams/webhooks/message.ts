/** The message in a body, if it is a JSON object. */
export function readMessage(raw: Buffer): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(raw.toString('utf8'))
    return isRecord(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Teams measures more than was sent: 24,453 bytes on the wire were measured as 28,897. */
const MEASURED_FACTOR = 1.18
export const LARGEST_BYTES = 28 * 1024

/** What Teams measures of a body. */
export const measuredBytes = (raw: Buffer): number => raw.length * MEASURED_FACTOR

export const isTooLarge = (raw: Buffer): boolean => measuredBytes(raw) > LARGEST_BYTES
