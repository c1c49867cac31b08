import { inflateSync } from 'node:zlib'

export interface Image {
  width: number
  height: number
  /** Red, green, blue and alpha of each pixel, row by row. */
  pixels: Uint8Array
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const headerEnd = 33
/** Far above any icon: a bigger header is a mistake, or an attempt to make us inflate a bomb. */
const largestSide = 1024
const channelsOf: Record<number, number> = { 2: 3, 6: 4 }

/**
 * The pixels of a PNG, or why there are none.
 *
 * It reads what icons are saved as (8 bits, RGB or RGBA, not interlaced) and says so about anything else. It
 * does not verify checksums: a damaged icon would have to inflate to the very same size to get past it.
 */
export function decodePng(bytes: Uint8Array): Image | { fault: string } {
  const png = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (png.length < headerEnd || !png.subarray(0, 8).equals(signature)) return { fault: 'is not a PNG.' }

  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const channels = channelsOf[png.readUInt8(25)]
  const [bitDepth, interlacing] = [png.readUInt8(24), png.readUInt8(28)]
  if (!channels || bitDepth !== 8 || interlacing !== 0) {
    return {
      fault: 'is a PNG of another sort; save it with 8 bits, RGB or RGBA, without palette or interlacing.',
    }
  }
  if (width === 0 || height === 0 || width > largestSide || height > largestSide) {
    return { fault: `claims to be ${width} × ${height} pixels.` }
  }

  const rows = inflate(imageData(png), (1 + width * channels) * height)
  if (!rows) return { fault: 'is damaged; save it again.' }
  return { width, height, pixels: withAlpha(unfilter(rows, width * channels, channels), channels) }
}

function imageData(png: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 8; at + 8 <= png.length; at += 12 + png.readUInt32BE(at)) {
    const dataAt = at + 8
    if (png.toString('latin1', at + 4, dataAt) === 'IDAT') {
      parts.push(png.subarray(dataAt, dataAt + png.readUInt32BE(at)))
    }
  }
  return Buffer.concat(parts)
}

function inflate(data: Buffer, sizeBytes: number): Buffer | undefined {
  try {
    const rows = inflateSync(data, { maxOutputLength: sizeBytes })
    return rows.length === sizeBytes ? rows : undefined
  } catch {
    return undefined
  }
}

/** Undoes the five filters of PNG (RFC 2083 §6), each of which guesses a byte from its neighbours. */
function unfilter(rows: Buffer, rowBytes: number, channels: number): Uint8Array {
  const image = new Uint8Array((rows.length / (rowBytes + 1)) * rowBytes)
  for (let at = 0; at < image.length; at += 1) {
    const column = at % rowBytes
    const row = (at - column) / rowBytes
    const filter = rows[row * (rowBytes + 1)] ?? 0
    const left = column >= channels ? (image[at - channels] ?? 0) : 0
    const above = row > 0 ? (image[at - rowBytes] ?? 0) : 0
    const aboveLeft = row > 0 && column >= channels ? (image[at - rowBytes - channels] ?? 0) : 0
    image[at] = (rows[at + row + 1] ?? 0) + guess(filter, left, above, aboveLeft)
  }
  return image
}

function guess(filter: number, left: number, above: number, aboveLeft: number): number {
  switch (filter) {
    case 1:
      return left
    case 2:
      return above
    case 3:
      return (left + above) >> 1
    case 4:
      return nearest(left + above - aboveLeft, [left, above, aboveLeft])
    default:
      return 0
  }
}

/** Paeth's choice: the candidate nearest to the estimate, the first of them on a tie. */
function nearest(estimate: number, candidates: [number, number, number]): number {
  return candidates.reduce((best, one) => (Math.abs(one - estimate) < Math.abs(best - estimate) ? one : best))
}

function withAlpha(pixels: Uint8Array, channels: number): Uint8Array {
  if (channels === 4) return pixels
  const opaque = new Uint8Array((pixels.length / channels) * 4).fill(255)
  for (let at = 0, to = 0; at < pixels.length; at += channels, to += 4) {
    opaque.set(pixels.subarray(at, at + channels), to)
  }
  return opaque
}
