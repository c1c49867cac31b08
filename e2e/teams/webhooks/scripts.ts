import type { Received, ScriptedAnswer } from '../model.ts'

/** Answers that a test wants given, in order; each must be used, or the test did not test what it says. */
export type Scripts = {
  /** `target` is a webhook URL, or a channel's id for whichever of its URLs is asked next. */
  add: (target: string, answers: readonly ScriptedAnswer[]) => void
  next: (webhookUrl: string, channelId: string | undefined) => ScriptedAnswer | undefined
  unused: () => UnusedScript[]
  /** Without a target: everybody's. */
  clear: (target?: string) => void
}

export type UnusedScript = { target: string; answers: ScriptedAnswer[] }

export function createScripts(): Scripts {
  const waiting = new Map<string, ScriptedAnswer[]>()

  function take(target: string): ScriptedAnswer | undefined {
    const queue = waiting.get(target)
    const answer = queue?.shift()
    if (queue?.length === 0) waiting.delete(target)
    return answer
  }

  return {
    add(target, answers) {
      if (answers.length > 0) waiting.set(target, [...(waiting.get(target) ?? []), ...answers])
    },
    next(webhookUrl, channelId) {
      if (waiting.size === 0) return undefined
      return take(webhookUrl) ?? (channelId === undefined ? undefined : take(channelId))
    },
    unused: () => [...waiting].map(([target, answers]) => ({ target, answers: [...answers] })),
    clear(target) {
      if (target === undefined) waiting.clear()
      else waiting.delete(target)
    },
  }
}

/** What a script says instead of the real answer; nothing when it only makes that late. */
export function scriptedAnswer(scripted: ScriptedAnswer | undefined): Received['answer'] | undefined {
  if (!scripted) return undefined
  if (scripted.hang) return 'hang'
  if (scripted.reset) return 'reset'
  const { status, body, headers } = scripted
  if (status === undefined && body === undefined && headers === undefined) return undefined
  return { status: status ?? 200, body: body ?? '', ...(headers ? { headers } : {}) }
}
