/** What `within` gives when time ran out first. */
export const tooLate = Symbol('too late')

/**
 * Does some work for at most `ms` milliseconds. When time runs out the work's signal is aborted and whatever
 * it still says is ignored; work that fails in time fails here.
 */
export async function within<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | typeof tooLate> {
  const abort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const end = new Promise<typeof tooLate>((resolve) => {
    timer = setTimeout(() => resolve(tooLate), Math.max(0, ms))
  })
  try {
    return await Promise.race([work(abort.signal), end])
  } finally {
    clearTimeout(timer)
    abort.abort()
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
