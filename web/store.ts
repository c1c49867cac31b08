/** A value that tells whoever listens when it is replaced. */
export function createStore<T>(first: T): Store<T> {
  let value = first
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next: T): void {
      value = next
      for (const listener of listeners) listener()
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export interface Store<T> {
  get(): T
  set(value: T): void
  /** Returns how to stop listening. */
  subscribe(listener: () => void): () => void
}
