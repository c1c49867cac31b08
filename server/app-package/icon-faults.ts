import { decodePng, type Image } from './decode-png.ts'

/** Why Teams would refuse or spoil an icon, in words; none is fine. No schema of Microsoft's says these things. */
export function iconFaults(icons: { color: Uint8Array; outline: Uint8Array }): string[] {
  return [
    ...faultsOf('The colour icon', icons.color, (image) => sizeFaults(image, 192)),
    ...faultsOf('The outline icon', icons.outline, (image) => [
      ...sizeFaults(image, 32),
      ...outlineFaults(image),
    ]),
  ]
}

function faultsOf(name: string, bytes: Uint8Array, judge: (image: Image) => string[]): string[] {
  const image = decodePng(bytes)
  const faults = 'fault' in image ? [image.fault] : judge(image)
  return faults.map((fault) => `${name} ${fault}`)
}

function sizeFaults({ width, height }: Image, size: number): string[] {
  if (width === size && height === size) return []
  return [`is ${width} × ${height} pixels; Teams wants exactly ${size} × ${size}.`]
}

/** Teams recolours the outline for each theme, which works only for white on nothing. */
function outlineFaults({ pixels }: Image): string[] {
  let coloured = 0
  let shown = 0
  let empty = 0
  for (let at = 0; at < pixels.length; at += 4) {
    const [red, green, blue, alpha] = pixels.subarray(at, at + 4)
    if (alpha === 0) empty += 1
    else if (red === 255 && green === 255 && blue === 255) shown += 1
    else coloured += 1
  }
  const faults: string[] = []
  if (coloured > 0)
    faults.push(`has ${coloured} pixels that are not white; draw it in pure white (#ffffff) only.`)
  if (empty === 0) faults.push('has no transparent background; save it with one.')
  if (shown === 0) faults.push('shows nothing; draw it in white.')
  return faults
}
