/** What Teams is told about a save or a remove; the sentence is shown to the person. */
export type Answer = { ok: true } | { ok: false; sentence: string }

/**
 * Answers one save or remove of Teams exactly once, after the work is done. Work must end in time by itself:
 * a deadline here would tell Teams "failed" while the work goes on and perhaps succeeds.
 */
export async function answerOnce(event: Answerable, work: () => Promise<Answer>): Promise<void> {
  const answer = await work().catch((): Answer => ({ ok: false, sentence: '' }))
  if (answer.ok) event.notifySuccess()
  // Without a sentence Teams shows its own.
  else event.notifyFailure(answer.sentence === '' ? undefined : answer.sentence)
}

interface Answerable {
  notifySuccess(): void
  notifyFailure(reason?: string): void
}
