import { deflateSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAppFiles } from './app-files.ts'
import { decodePng } from './decode-png.ts'
import { iconFaults } from './icon-faults.ts'

const { icons } = await readAppFiles()
const white = [255, 255, 255, 255]
const nothing = [0, 0, 0, 0]

describe('the icons drawn for this product', () => {
  it('are as Teams wants them', () => {
    expect(iconFaults(icons)).toEqual([])
  })

  it('keep their symbol within the central 120 pixels, where no mask cuts it', () => {
    const image = decodePng(icons.color)
    if ('fault' in image) throw new Error(image.fault)
    const background = image.pixels.subarray(0, 4).join()
    for (let at = 0; at < image.pixels.length; at += 4) {
      const [x, y] = [(at / 4) % image.width, Math.floor(at / 4 / image.width)]
      const isInside = x >= 36 && x < 156 && y >= 36 && y < 156
      if (!isInside) expect(image.pixels.subarray(at, at + 4).join()).toBe(background)
    }
  })
})

describe('an icon', () => {
  it.each([
    ['is not a PNG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'is not a PNG'],
    ['is empty', Buffer.alloc(0), 'is not a PNG'],
    ['is cut off', Buffer.from(icons.outline).subarray(0, 200), 'damaged'],
    ['has more inside than it says', png(32, 32, () => white, { claimedHeight: 31 }), 'damaged'],
    ['has less inside than it says', png(32, 32, () => white, { claimedHeight: 33 }), 'damaged'],
    ['is interlaced', png(32, 32, () => white, { interlacing: 1 }), 'another sort'],
    ['has a palette', png(32, 32, () => white, { colourType: 3 }), 'another sort'],
    ['is far too large', png(4096, 1, () => white), '4096 × 1'],
    ['has another size', png(33, 32, (x) => (x > 3 ? white : nothing)), '33 × 32'],
    [
      'has another colour than white',
      png(32, 32, (x) => (x > 3 ? [254, 255, 255, 255] : nothing)),
      'not white',
    ],
    ['has a background', png(32, 32, () => white), 'no transparent background'],
    ['shows nothing', png(32, 32, () => nothing), 'shows nothing'],
  ])('that %s is refused with what to do', (_, outline, told) => {
    const faults = iconFaults({ ...icons, outline })
    expect(faults.join()).toContain(told)
    expect(faults.every((fault) => fault.startsWith('The outline icon '))).toBe(true)
  })

  it('may fade from white to nothing', () => {
    const outline = png(32, 32, (x) => [255, 255, 255, x * 8])
    expect(iconFaults({ ...icons, outline })).toEqual([])
  })

  it('always shows the pixels it was saved with, whichever filters were used', () => {
    const sides = fc.integer({ min: 1, max: 6 })
    const picture = fc.tuple(sides, sides, fc.constantFrom(2, 6)).chain(([width, height, colourType]) =>
      fc.record({
        width: fc.constant(width),
        height: fc.constant(height),
        colourType: fc.constant(colourType),
        pixels: fc.uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 }),
        filters: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: height, maxLength: height }),
      }),
    )
    fc.assert(
      fc.property(picture, ({ width, height, colourType, pixels, filters }) => {
        const at = (x: number, y: number) => [
          ...pixels.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
        ]
        const image = decodePng(png(width, height, at, { colourType, filters }))
        const expected = [...pixels].map((byte, index) => (colourType === 2 && index % 4 === 3 ? 255 : byte))
        expect(image).toEqual({ width, height, pixels: new Uint8Array(expected) })
      }),
    )
  })
})

/** Writes a PNG by the book (checksums left zero, which nobody here reads), filtered as asked. */
function png(
  width: number,
  height: number,
  pixelAt: (x: number, y: number) => number[],
  how: { colourType?: number; interlacing?: number; filters?: number[]; claimedHeight?: number } = {},
): Buffer {
  const { colourType = 6, interlacing = 0, filters = [], claimedHeight = height } = how
  const channels = colourType === 2 ? 3 : 4
  const plain = (x: number, y: number, channel: number) =>
    x < 0 || y < 0 ? 0 : (pixelAt(x, y)[channel] ?? 0)
  const bytes: number[] = []
  for (let y = 0; y < height; y += 1) {
    const filter = filters[y] ?? 0
    bytes.push(filter)
    for (let x = 0; x < width; x += 1) {
      for (let channel = 0; channel < channels; channel += 1) {
        const [a, b, c] = [plain(x - 1, y, channel), plain(x, y - 1, channel), plain(x - 1, y - 1, channel)]
        bytes.push((plain(x, y, channel) - predicted(filter, a, b, c)) & 255)
      }
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(claimedHeight, 4)
  header.set([8, colourType, 0, 0, interlacing], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(bytes))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function predicted(filter: number, a: number, b: number, c: number): number {
  const [fromA, fromB, fromC] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)]
  const paeth = fromA <= fromB && fromA <= fromC ? a : fromB <= fromC ? b : c
  return [0, a, b, Math.floor((a + b) / 2), paeth][filter] ?? 0
}

function chunk(type: string, data: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(data.length)
  return Buffer.concat([size, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)])
}
