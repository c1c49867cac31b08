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
  /** The same text always has the same fingerprint, which tells nothing about it without the key. */
  fingerprint(text: string): string
}

/** @param keys 32 bytes each; the first seals, all open. */
export function createSealer(keys: readonly Buffer[]): Sealer {
  const [first] = keys
  if (!first) throw new Error('A sealer needs a key.')
  const toSealing = (key: Buffer) => ({ id: keyId(key), seal: derive(key, 'cardwire seal') })
  const newest = toSealing(first)
  const derived = keys.map(toSealing)
  // Fingerprints must not change while keys are rotated: they come from the oldest key that is kept.
  const fingerprintKey = derive(keys[keys.length - 1] ?? first, 'cardwire fingerprint')

  return {
    seal(plain, row) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', newest.seal, nonce)
      cipher.setAAD(Buffer.from(row))
      const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `v1.${newest.id}.${sealed.toString('base64url')}`
    },
    open(sealed, row) {
      const [version, id, value] = sealed.split('.')
      const key = derived.find((one) => one.id === id)
      if (version !== 'v1' || !key || !value)
        throw new Error('Sealed with a key that SECRET_KEY does not list.')
      const bytes = Buffer.from(value, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key.seal, bytes.subarray(0, 12))
      decipher.setAAD(Buffer.from(row))
      decipher.setAuthTag(bytes.subarray(-16))
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8')
    },
    fingerprint(text) {
      return createHmac('sha256', fingerprintKey).update(text).digest('base64url')
    },
  }
}

function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), purpose, 32))
}

function keyId(key: Buffer): string {
  return createHash('sha256').update('cardwire key id').update(key).digest('base64url').slice(0, 8)
}
