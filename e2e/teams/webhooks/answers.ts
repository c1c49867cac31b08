import type { Answer } from '../model.ts'

/**
 * What Teams says at a connector's webhook URL, where the status is 200 even if the message was not taken, and
 * what Power Automate says at a workflow's.
 */
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
  accepted: { status: 202, body: '' },
  unsigned: flowError(
    401,
    'DirectApiAuthorizationRequired',
    'The request must be authenticated only by Shared Access scheme.',
  ),
  wronglySigned: flowError(401, 'AuthorizationFailed', 'The authentication credentials are not valid.'),
  authorizedTwice: flowError(
    401,
    'DirectApiRequestHasMoreThanOneAuthorization',
    'The request has both SAS authentication scheme and another authorization scheme. Only one scheme should be used.',
  ),
  noWorkflow: flowError(404, 'WorkflowNotFound', 'The workflow could not be found.'),
} satisfies Record<string, Answer>

/** The lie: 200, and the body tells what Teams' own endpoint answered. */
export function endpointError(status: number): Answer {
  return {
    status: 200,
    body: `Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error ${status} with ContextId tcid=0,server=SIMULATED,cv=0000000000000000000000.0`,
  }
}

/** A refusal in the shape of Power Automate's. */
function flowError(status: number, code: string, message: string): Answer {
  return {
    status,
    body: JSON.stringify({ error: { code, message } }),
    headers: { 'content-type': 'application/json; charset=utf-8' },
  }
}
