import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/**
 * Seals what must not be readable at rest: webhook URLs, secrets, object ids.
 *
 * AES-256-GCM with a 12-byte random nonce. The row it belongs to is associated data, so that a sealed value
 * copied to another row does not open there. A sealed value names its key, so that keys can be changed: the
 * first seals, all open. It does not hide how long the value is, nor that two rows were sealed with one key.
 */
export interface Sealer {
  /** @param row what the value belongs to, such as `destination:…:url`; needed again to open it. */
  seal(plain: string, row: string): string
  /** @throws {Error} when the key is not among ours, or the value or its row was changed. */
  open(sealed: string, row: string): string
  /**
   * The same text always has the same fingerprint, which tells nothing about it without the key: while keys are
   * rotated too, as long as the last key stays.
   */
  fingerprint(text: string): string
  /** Whether the key that a value was sealed with is among ours. */
  knows(sealed: string): boolean
}

const NONCE_BYTES = 12
/** Named wherever a tag is checked: Node would take shorter ones too, which can be guessed. */
const TAG_BYTES = 16
const format = { authTagLength: TAG_BYTES }

/** @param keys 32 bytes each, newest first: the first seals, all open, the last makes fingerprints. */
export function createSealer(keys: readonly Buffer[]): Sealer {
  const [first] = keys
  const last = keys.at(-1)
  if (!first || !last) throw new Error('A sealer needs a key.')
  if (keys.some((key) => key.length !== 32)) throw new Error('A sealing key has 32 bytes.')
  const toSealing = (key: Buffer) => ({ id: keyId(key), seal: derive(key, 'cardwire seal') })
  const newest = toSealing(first)
  const derived = keys.map(toSealing)
  const fingerprintKey = derive(last, 'cardwire fingerprint')

  return {
    seal(plain, row) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', newest.seal, nonce, format)
      cipher.setAAD(Buffer.from(row))
      const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `v1.${newest.id}.${sealed.toString('base64url')}`
    },
    open(sealed, row) {
      const [, id, value] = /^v1\.([\w-]{8})\.([\w-]+)$/.exec(sealed) ?? []
      if (value === undefined) throw new Error('This is not a sealed value.')
      const key = derived.find((one) => one.id === id)
      if (!key) throw new Error('Sealed with a key that SECRET_KEY does not list.')
      return decipher(key.seal, Buffer.from(value, 'base64url'), row)
    },
    knows: (sealed) => derived.some(({ id }) => sealed.startsWith(`v1.${id}.`)),
    fingerprint(text) {
      return createHmac('sha256', fingerprintKey).update(text).digest('base64url')
    },
  }
}

function decipher(key: Buffer, bytes: Buffer, row: string): string {
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new Error('This sealed value is cut short.')
  const opening = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), format)
  opening.setAAD(Buffer.from(row))
  opening.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const plain = [opening.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), opening.final()]
    return Buffer.concat(plain).toString('utf8')
  } catch (cause) {
    throw new Error('This sealed value was changed, or belongs to another row.', { cause })
  }
}

function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), purpose, 32))
}

function keyId(key: Buffer): string {
  return createHash('sha256').update('cardwire key id').update(key).digest('base64url').slice(0, 8)
}
