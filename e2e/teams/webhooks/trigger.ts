/**
 * What happens to a request that is made to a workflow's URL: "When a Teams webhook request is received".
 *
 * Two things that know nothing of each other. The trigger looks at the proof and at nothing else, and answers 202
 * before anything has happened. Then the flow runs: it goes through the attachments and lets the Flow bot post
 * each, which can fail in every way, and only whoever looks at the flow's runs will ever learn of it. As at a
 * connector's URL, a scripted answer replaces the trigger's and still counts in the connection's window.
 */
import type { Feed } from '../feed.ts'
import type { Answer, Received, ScriptedAnswer, Switches } from '../model.ts'
import type { Flow, Workflows } from '../workflows.ts'
import { answers } from './answers.ts'
import { isRecord, isTooLarge, LARGEST_BYTES, measuredBytes, readMessage } from './message.ts'
import type { Arriving, Receive } from './receive.ts'
import type { ReceivedRecord } from './record.ts'
import { type Scripts, scriptedAnswer } from './scripts.ts'
import type { Limit } from './windows.ts'

export function createTrigger(options: {
  url: string
  workflows: Workflows
  scripts: Scripts
  feed: Feed
  settings: { readonly switches: Switches }
  now: () => number
  record: ReceivedRecord['add']
}): Receive {
  const { workflows, scripts, feed, settings, now } = options

  return (request) => {
    const at = now()
    const webhookUrl = options.url + request.url
    const flow = workflows.at(workflowIdIn(request.url))
    const scripted = scripts.next(webhookUrl, flow?.workflow.channelId)
    const real = triggerAnswer(request, flow)
    const answer = scriptedAnswer(scripted) ?? real

    const isProven = flow !== undefined && real === answers.accepted
    const run = isProven ? goThrough(flow, request.raw, at) : NO_RUN
    const fate = isProven ? fateOf(answer, scripted) : 'never'
    if (flow && fate === 'runs') post(flow, run.posts, at)
    if (flow && fate !== 'never') {
      const reason = fate === 'forbidden' ? FORBIDDEN : run.failed
      workflows.addRun(flow, { at, status: reason === undefined ? 'succeeded' : 'failed', reason })
    }

    const received = options.record({
      at,
      remotePort: request.remotePort,
      webhookUrl,
      channelId: flow?.workflow.channelId,
      connectorId: undefined,
      workflowId: flow?.workflow.id,
      headers: request.headers,
      raw: request.raw,
      answer,
      overLimit: run.broken?.name,
      shown: fate === 'runs' && run.posts.length > 0,
    })
    return { received, slowMs: scripted?.slowMs ?? 0 }
  }

  function post({ workflow: { id, channelId, createdBy } }: Flow, posts: FlowRun['posts'], at: number) {
    for (const message of posts) {
      feed.show({
        at,
        channelId,
        workflowId: id,
        createdBy,
        title: 'Workflows',
        appName: 'Flow bot',
        message,
      })
    }
  }

  /** The flow's loop over the attachments. What it would post is only gathered: a script may forbid it. */
  function goThrough(flow: Flow, raw: Buffer, at: number): FlowRun {
    const { withoutLimits } = settings.switches
    const message = readMessage(raw)
    const attachments = message?.['type'] === 'message' ? message['attachments'] : undefined
    if (!Array.isArray(attachments)) return { ...NO_RUN, failed: NOT_THE_ENVELOPE }

    const run: FlowRun = { posts: [], failed: undefined, broken: undefined }
    for (const attachment of attachments) {
      const broken = withoutLimits ? undefined : flow.windows.count(at)
      const failed = broken ? tooMany(broken) : whyNotPosted(attachment, raw, withoutLimits)
      run.broken ??= broken
      run.failed ??= failed
      if (failed === undefined) run.posts.push({ ...message, attachments: [attachment] })
    }
    return run
  }
}

type FlowRun = { posts: Record<string, unknown>[]; failed: string | undefined; broken: Limit | undefined }

const NO_RUN: FlowRun = { posts: [], failed: undefined, broken: undefined }

const NOT_THE_ENVELOPE =
  'The body is not {"type":"message","attachments":[…]}. ExpressionEvaluationFailed: the result of the evaluation ' +
  "of 'foreach' expression '@triggerOutputs()?['body']?['attachments']' is of type 'Null'. The result must be a valid array."

const FORBIDDEN = 'Forbidden: the Flow bot may not post here.'

/** The proof is the signature alone: whoever brings another one as well is turned away. */
function triggerAnswer({ url, headers }: Arriving, flow: Flow | undefined): Answer {
  const sig = new URLSearchParams(url.split('?')[1]).get('sig')
  if (sig === null) return answers.unsigned
  if (headers['authorization'] !== undefined) return answers.authorizedTwice
  if (!flow || flow.workflow.phase !== 'on') return answers.noWorkflow
  if (sig !== new URL(flow.workflow.webhookUrl).searchParams.get('sig')) return answers.wronglySigned
  return answers.accepted
}

const workflowIdIn = (url: string) => /\/workflows\/([0-9a-f]{32})\//.exec(url)?.[1] ?? ''

function whyNotPosted(attachment: unknown, raw: Buffer, withoutLimits: boolean): string | undefined {
  const content = isRecord(attachment) ? attachment['content'] : undefined
  if (!isRecord(content) || content['type'] !== 'AdaptiveCard') {
    return "The attachment's content is not a card that can be posted: property 'type' must be 'AdaptiveCard'."
  }
  if (withoutLimits || !isTooLarge(raw)) return undefined
  return `RequestEntityTooLarge: the card measures ${Math.ceil(measuredBytes(raw))} bytes of ${LARGEST_BYTES} at most.`
}

const tooMany = ({ name }: Limit) =>
  `TooManyRequests: the Flow bot may post ${name} through this connection, and already has.`

/**
 * Whether the flow runs. A script's `shown` decides: one can run though the sender was told something else, and
 * one whose trigger was answered 202 can be forbidden to post.
 */
function fateOf(answer: Received['answer'], scripted: ScriptedAnswer | undefined) {
  const isAccepted = typeof answer === 'object' && answer.status === 202
  if (scripted?.shown === false) return isAccepted ? 'forbidden' : 'never'
  return isAccepted || scripted?.shown ? 'runs' : 'never'
}
