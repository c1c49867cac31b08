/** Something one loop waits for and others raise. Raised while nobody waits, it ends the next wait at once. */
export function createSignal() {
  let raised = false
  let end: (() => void) | undefined

  return {
    raise(): void {
      raised = true
      end?.()
    },
    /** Forgets what was raised so far. */
    lower(): void {
      raised = false
    },
    /** Until raised, or for so long. Only one wait at a time. */
    async wait(timeoutMs: number): Promise<void> {
      if (raised) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs)
        end = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      end = undefined
    },
  }
}
