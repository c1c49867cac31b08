/** Chance that comes again: equal seeds make equal choices, in the order in which they are asked for. */
export interface Chance {
  /** From `low` up to, and not including, `high`. */
  between(low: number, high: number): number
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number
  pick<T>(from: readonly [T, ...T[]]): T
  /** Deals one after the other in an order of its own, each once before any comes again. */
  deck<T>(of: readonly [T, ...T[]]): () => T
  happens(probability: number): boolean
  /** Chance of one's own, which others' asking does not change. */
  branch(name: string): Chance
}

/** `mulberry32`: thirty-two bits of state are plenty for a run of some minutes. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }

  return {
    between: (low, high) => low + next() * (high - low),
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (from) => from[Math.floor(next() * from.length)] ?? from[0],
    deck(of) {
      const left: (typeof of)[number][] = []
      return () => {
        if (left.length === 0) left.push(...of)
        return left.splice(Math.floor(next() * left.length), 1)[0] ?? of[0]
      }
    },
    happens: (probability) => next() < probability,
    branch: (name) => createChance(Buffer.from(name).reduce((sum, byte) => sum * 31 + byte, seed)),
  }
}
