/** What Teams is told about a save or a remove; the sentence is shown to the person. */
export type Answer =
  | {
      ok: true
      /** Undoes what Teams could not be told of, and answers the sentence for that. */
      takeBack?: () => Promise<string>
    }
  | { ok: false; sentence: string }

/**
 * Answers one save or remove of Teams exactly once, after the work is done. Work must end in time by itself:
 * a deadline here would tell Teams "failed" while the work goes on and perhaps succeeds. Where telling of a
 * success fails, the success is taken back, since Teams would not show what the server has. Never rejects.
 */
export async function answerOnce(event: Answerable, work: () => Promise<Answer>): Promise<void> {
  const answer = await work().catch(notThoughtOf)
  if (!answer.ok) return tellFailure(event, answer.sentence)
  try {
    event.notifySuccess()
  } catch (error) {
    console.error('Teams could not be told of a success.', error)
    tellFailure(event, (await answer.takeBack?.().catch(() => '')) ?? '')
  }
}

const notThoughtOf = (): Answer => ({ ok: false, sentence: '' })

function tellFailure(event: Answerable, sentence: string): void {
  try {
    // Without a sentence Teams shows its own.
    event.notifyFailure(sentence === '' ? undefined : sentence)
  } catch (error) {
    console.error('Teams could not be told of a failure.', error)
  }
}

interface Answerable {
  notifySuccess(): void
  notifyFailure(reason?: string): void
}
