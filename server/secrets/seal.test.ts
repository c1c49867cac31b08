import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSealer } from './seal.ts'

const key = (fill: number) => Buffer.alloc(32, fill)
const sealer = createSealer([key(1)])
const row = 'destination:1:url'
const secret = 'https://contoso.webhook.office.com/webhookb2/hunter2'

function messageOf(open: () => string): string {
  try {
    return `opened to ${open()}`
  } catch (error) {
    return error instanceof Error ? `${error.message} ${error.stack}` : ''
  }
}

describe('a sealed value', () => {
  it('opens to what was sealed, whatever it was', () => {
    assert(
      property(string({ unit: 'grapheme' }), string(), (plain, of) => {
        expect(sealer.open(sealer.seal(plain, of), of)).toBe(plain)
      }),
    )
  })

  it('shows nothing of what is in it, and never looks the same twice', () => {
    const [one, two] = [sealer.seal(secret, row), sealer.seal(secret, row)]
    expect(one).not.toBe(two)
    expect(Buffer.from(one.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('hunter2')
  })

  it('does not open in another row', () => {
    expect(() => sealer.open(sealer.seal(secret, row), 'destination:2:url')).toThrow(/another row/)
  })

  it('does not open when any bit of it was changed', () => {
    const sealed = sealer.seal(secret, row)
    const [version, id, value = ''] = sealed.split('.')
    const bytes = Buffer.from(value, 'base64url')
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
      expect(() => sealer.open(`${version}.${id}.${changed.toString('base64url')}`, row)).toThrow(
        /was changed/,
      )
    }
  })

  it('does not open when it was cut short, down to nothing', () => {
    const [version, id, value = ''] = sealer.seal(secret, row).split('.')
    const bytes = Buffer.from(value, 'base64url')
    for (let length = bytes.length - 1; length >= 0; length -= 1) {
      const cut = bytes.subarray(0, length).toString('base64url')
      expect(() => sealer.open(`${version}.${id}.${cut}`, row)).toThrow(
        /changed|cut short|not a sealed value/,
      )
    }
  })

  it.each(['', 'plain text', 'v1', 'v1..', 'v2.aaaaaaaa.bbbb', 'v1.aaaaaaaa.bb bb', 'v1.aaaaaaaa.bbbb.cccc'])(
    'is not %j',
    (text) => expect(() => sealer.open(text, row)).toThrow('This is not a sealed value.'),
  )

  it('never tells what it holds when it does not open', () => {
    const sealed = sealer.seal(secret, row)
    for (const broken of [`${sealed}x`, sealed.slice(0, -4)]) {
      expect(messageOf(() => sealer.open(broken, row))).toMatch(/^(?!.*hunter2).*sealed/s)
    }
  })
})

describe('keys', () => {
  it('can be rotated: the first seals, all open', () => {
    const old = createSealer([key(1)])
    const both = createSealer([key(2), key(1)])
    const young = createSealer([key(2)])
    expect(both.open(old.seal(secret, row), row)).toBe(secret)
    expect(young.open(both.seal(secret, row), row)).toBe(secret)
    expect(() => young.open(old.seal(secret, row), row)).toThrow(
      'Sealed with a key that SECRET_KEY does not list.',
    )
  })

  it('do not show in what they seal', () => {
    const sealed = sealer.seal(secret, row)
    for (const encoding of ['base64url', 'hex'] as const)
      expect(sealed).not.toContain(key(1).toString(encoding).slice(0, 8))
  })

  it.each([
    ['none', []],
    ['a short one', [Buffer.alloc(31)]],
    ['a long one among others', [key(1), Buffer.alloc(33)]],
  ])('are refused: %s', (_, keys) => {
    expect(() => createSealer(keys)).toThrow(/key/)
  })
})

describe('a fingerprint', () => {
  it('is the same for the same text, and no other', () => {
    expect(createSealer([key(1)]).fingerprint(secret)).toBe(sealer.fingerprint(secret))
    expect(sealer.fingerprint(`${secret}/`)).not.toBe(sealer.fingerprint(secret))
  })

  it('stays the same while keys are rotated, as long as the last one stays', () => {
    expect(createSealer([key(3), key(2), key(1)]).fingerprint(secret)).toBe(sealer.fingerprint(secret))
  })

  it('cannot be made without the key', () => {
    expect(createSealer([key(2)]).fingerprint(secret)).not.toBe(sealer.fingerprint(secret))
  })
})
