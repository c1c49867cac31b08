import { createContext, useContext } from 'react'
import type { createConsoleCall, Failure } from '../../api.ts'
import type { ConsoleSentences } from '../../i18n/console.ts'
import type { Sentences } from '../../i18n/sentences.ts'
import type { UseAddress } from './use-address.ts'

/** What every part of the console has at hand. */
export interface ConsoleParts extends UseAddress {
  sentences: ConsoleSentences
  /** BCP 47. */
  tag: string
  /** The operators of conditions, as the page in Teams calls them. */
  operators: Sentences['form']['operators']
  call: ReturnType<typeof createConsoleCall>
  signedOut(): void
}

export const ConsoleContext = createContext<ConsoleParts | undefined>(undefined)

export function useConsole(): ConsoleParts {
  const parts = useContext(ConsoleContext)
  if (!parts) throw new Error('This is shown within the console only.')
  return parts
}

/** A failure as React Query wants it: thrown. */
export class Failed extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.kind)
    this.failure = failure
  }
}

/** The server's own sentence, or that it does not answer. */
export function sayFailure(failure: Failure, { common }: ConsoleSentences): string {
  return (failure.kind === 'answered' && failure.detail) || common.unreachable
}

export const toasterId = 'console'
