import webhooks from '@octokit/webhooks-examples'
import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { NewEvent } from '../../../model/event.ts'
import { inLanguage } from '../../../model/text.ts'
import { genericJson } from '../generic-json.ts'
import { github } from './github.ts'

/** Every payload that GitHub's own documentation and the Octokit project have collected. */
const definitions = webhooks as unknown as { name: string; examples: unknown[] }[]
const payloads = definitions.flatMap(({ name, examples }) =>
  examples.map((body, index) => ({ name, index, body, id: `${name}-${index}` })),
)
const newEvent = Compile(NewEvent)

function read({ name, id, body }: { name: string; id: string; body: unknown }) {
  const bytes = Buffer.from(JSON.stringify(body))
  const proof = genericJson.proof(bytes, 'a secret for GitHub', github)
  const headers = { ...proof, 'x-github-event': name, 'x-github-delivery': id }
  const raw = { body: bytes, headers }
  expect(genericJson.authentic(raw, ['a secret for GitHub'], github)).toBe(true)
  return genericJson.read(raw, github)
}

test('has settings without fault', () => {
  expect(Compile(genericJson.settings).Errors(github)).toEqual([])
  expect(genericJson.faults?.(github)).toEqual([])
})

test('proves a payload as GitHub’s documentation does', () => {
  // https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries#testing-the-webhook-payload-validation
  expect(genericJson.proof(Buffer.from('Hello, World!'), "It's a Secret to Everybody", github)).toEqual({
    'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
  })
})

test.each(payloads)('reads $name $index into one event that can be read', (payload) => {
  const events = read(payload)
  expect(events).toHaveLength(1)
  const [event] = events
  expect(newEvent.Errors(event)).toEqual([])
  const title = inLanguage(event?.title ?? '', 'en')
  expect(title.length).toBeGreaterThan(8)
  expect(title).not.toMatch(/undefined|null|\[object|  |#:|:$|: on |^[ :]| (to|of|on|in|from)$/)
  expect(event?.fields['event']).toBe(payload.name)
})

test('says what happened as people would', () => {
  const titles = new Map(payloads.map((payload) => [payload.id, read(payload)[0]?.title]))
  const said = (id: string) => titles.get(id)
  expect(said('push-4')).toBe('Codertocat pushed 1 commit to master of Codertocat/Hello-World')
  expect(said('push-1')).toBe('Codertocat removed simple-tag from Codertocat/Hello-World')
  expect(said('issue_comment-0')).toBe('Codertocat commented on issue #1: Spelling error in the README file')
  expect(said('pull_request-22')).toBe(
    'Codertocat updated pull request #2: Update the README with new information.',
  )
  expect(said('pull_request-16')).toBe(
    'Codertocat marked pull request #2 as ready: Update the README with new information.',
  )
  expect(said('workflow_run-1')).toBe('test ended: success on master')
  expect(said('release-0')).toBe('Codertocat published release 0.0.1 of Codertocat/Hello-World')
  expect(said('deployment_status-1')).toBe('Deployment to github-pages: in progress')
})
