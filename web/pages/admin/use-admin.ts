import { Toast, ToastTitle, useToastController } from '@fluentui/react-components'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { createElement, useState } from 'react'
import type { Answered, Result } from '../../api.ts'
import { Failed, sayFailure, toasterId, useConsole } from './console-context.ts'

const pollMs = 5_000

/**
 * What a path of the API answers, asked again every five seconds.
 *
 * What `isSearched` stays on the screen until the next answer has come: nothing flickers while someone types.
 */
export function useRead<T>(path: string, { isPolled = true, isSearched = false } = {}) {
  const { tag } = useConsole()
  const answer = useAnswer<T>(path)
  return useQuery<T, Failed>({
    queryKey: [path, tag],
    ...(isSearched && { placeholderData: keepPreviousData }),
    refetchInterval: isPolled ? pollMs : false,
    queryFn: async () => (await answer()).value,
  })
}

/**
 * What a path answers, with its version. It is read once, when someone begins to edit it: what others change meanwhile
 * must not be overwritten unseen, and is refused by that version.
 */
export function useToEdit<T>(path: string) {
  return useQuery<Answered<T>, Failed>({
    queryKey: ['to edit', path],
    // Unlike one that is merely fresh for ever, it is not read anew when something else was done.
    staleTime: 'static',
    gcTime: 0,
    queryFn: useAnswer<T>(path),
  })
}

/** What a path answers, or a failure as React Query wants it. */
function useAnswer<T>(path: string): () => Promise<Answered<T>> {
  const { call, signedOut } = useConsole()
  return async () => {
    const result = await call<T>(path)
    if (result.ok) return result.value
    if (isSignedOut(result)) signedOut()
    throw new Failed(result.failure)
  }
}

/**
 * Does something, tells how it went, and lets everything on the screen be read anew.
 * @param options.tellsFailure in passing, or as `problem` where what is to be mended stays in sight.
 */
export function useDo({ tellsFailure = 'in passing' }: { tellsFailure?: 'in passing' | 'here' } = {}) {
  const { call, signedOut, sentences } = useConsole()
  const { dispatchToast } = useToastController(toasterId)
  const queries = useQueryClient()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const say = (text: string, intent: 'success' | 'error') =>
    dispatchToast(createElement(Toast, null, createElement(ToastTitle, null, text)), { intent })

  return {
    isBusy,
    problem,
    say,
    /** The answer; undefined when it failed, which has been told by then. `isGood` says whether `done` is good news. */
    async run<T>(
      path: string,
      request: Parameters<typeof call>[1],
      done?: (value: T) => string,
      isGood: (value: T) => boolean = () => true,
    ): Promise<Answered<T> | undefined> {
      setBusy(true)
      setProblem(undefined)
      const result = await call<T>(path, request)
      setBusy(false)
      if (!result.ok) {
        if (isSignedOut(result)) signedOut()
        const words = sayFailure(result.failure, sentences)
        if (tellsFailure === 'here') setProblem(words)
        else say(words, 'error')
        return undefined
      }
      if (done) say(done(result.value.value), isGood(result.value.value) ? 'success' : 'error')
      await queries.invalidateQueries()
      return result.value
    },
  }
}

export function isSignedOut(result: Result<unknown>): boolean {
  return !result.ok && result.failure.kind === 'answered' && result.failure.status === 401
}
