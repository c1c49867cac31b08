import { converse } from './conversation.ts'
import { greeting } from './greeting.ts'

const LOOK_AGAIN_MS = 250

/**
 * `authentication.authenticate`: opens the app's own page in a pop-up and waits until it says how it ended,
 * or until it is closed. A pop-up often visits another origin in between, which the host does not hear.
 */
export function authenticateInPopUp(wanted: {
  url: string
  width: number
  height: number
  origin: string
}): Promise<unknown[]> {
  const size = `width=${wanted.width || 600},height=${wanted.height || 535}`
  const popUp = window.open(wanted.url, '_blank', `popup,${size}`)
  if (!popUp) return Promise.resolve([false, 'FailedToOpenWindow'])

  return new Promise((resolve) => {
    function end(answer: unknown[]) {
      window.clearInterval(watch)
      conversation.end()
      popUp?.close()
      resolve(answer)
    }
    const conversation = converse({
      who: 'pop-up',
      window: () => popUp,
      origin: wanted.origin,
      answer: async (func, [result]) => {
        if (func === 'initialize') return greeting('authentication')
        if (func === 'authentication.authenticate.success') end([true, result])
        if (func === 'authentication.authenticate.failure') end([false, result])
        return undefined
      },
    })
    const watch = window.setInterval(() => {
      if (popUp.closed) end([false, 'CancelledByUser'])
    }, LOOK_AGAIN_MS)
  })
}
