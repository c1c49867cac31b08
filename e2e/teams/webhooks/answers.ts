import type { Answer } from '../model.ts'

/** What Teams says at a webhook URL. The status is 200 even where the message was not taken. */
export const answers = {
  delivered: { status: 200, body: '1' },
  summaryOrTextRequired: { status: 400, body: 'Summary or Text is required.' },
  badPayload: { status: 400, body: 'Bad payload received by generic incoming webhook.' },
  gone: { status: 410, body: 'Connector configuration not found' },
  neverMinted: { status: 404, body: '' },
  throttled: endpointError(429),
  tooLarge: endpointError(413),
  refused: endpointError(400),
  unavailable: endpointError(503),
  applicationThrottled: { status: 200, body: 'ErrorCode:ApplicationThrottled' },
} satisfies Record<string, Answer>

/** The lie: 200, and the body tells what Teams' own endpoint answered. */
export function endpointError(status: number): Answer {
  return {
    status: 200,
    body: `Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error ${status} with ContextId tcid=0,server=SIMULATED,cv=0000000000000000000000.0`,
  }
}
