/**
 * Compiles a glob (`*` any text, `?` any one character) to a test of whole texts.
 *
 * The pattern is a channel owner's and the text a stranger's, so the time must not explode: all places where the
 * match may stand in the pattern are kept as bits of a set and moved along at once, character by character. That
 * is linear in the text (times one machine word for every 31 characters of pattern), whatever either holds.
 *
 * Place i means: the first i elements of the pattern are matched. A `*` is no element; it lets its place stay.
 */
export function compileGlob(pattern: string): (text: string) => boolean {
  const { elements, stars } = parse(pattern)
  const words = Math.floor(elements.length / bits) + 1
  const staying = setOf(words, stars)
  const last = elements.length
  const accepting = acceptingSets(elements, words)
  const acceptingAny = accepting.get(undefined) ?? new Int32Array(words)
  return (text) => {
    const places = setOf(words, [0])
    for (const character of text) advance(places, accepting.get(character) ?? acceptingAny, staying)
    return has(places, last)
  }
}

/** Bits of a word that are used, so that no shift meets the sign. */
const bits = 31
const all = 0x7fffffff

function parse(pattern: string): { elements: (string | undefined)[]; stars: number[] } {
  const elements: (string | undefined)[] = []
  const stars: number[] = []
  for (const character of pattern) {
    if (character === '*') stars.push(elements.length)
    else elements.push(character === '?' ? undefined : character)
  }
  return { elements, stars }
}

/** For every character in the pattern, and for any other (undefined), the places it leads to. */
function acceptingSets(elements: (string | undefined)[], words: number): Map<string | undefined, Int32Array> {
  const placesOf = (character: string | undefined) =>
    elements.flatMap((element, index) => (element === undefined || element === character ? [index + 1] : []))
  return new Map([...elements, undefined].map((character) => [character, setOf(words, placesOf(character))]))
}

/**
 * Every place moves one on where the character is accepted, and those at a star also stay. From the highest word
 * down, so that each takes over from its neighbour what has not moved yet.
 */
function advance(places: Int32Array, accepted: Int32Array, staying: Int32Array): void {
  for (let word = places.length - 1; word >= 0; word -= 1) {
    const here = places[word] ?? 0
    const fromBelow = ((places[word - 1] ?? 0) >>> (bits - 1)) & 1
    const moved = ((here << 1) & all) | fromBelow
    places[word] = (moved & (accepted[word] ?? 0)) | (here & (staying[word] ?? 0))
  }
}

function setOf(words: number, places: readonly number[]): Int32Array {
  const set = new Int32Array(words)
  for (const place of places)
    set[Math.floor(place / bits)] = (set[Math.floor(place / bits)] ?? 0) | (1 << (place % bits))
  return set
}

function has(set: Int32Array, place: number): boolean {
  return (((set[Math.floor(place / bits)] ?? 0) >>> (place % bits)) & 1) === 1
}
