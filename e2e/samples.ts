import { createRequire } from 'node:module'
import { inLanguage } from '../server/model/text.ts'
import { github } from '../server/sources/generic-json/presets/github.ts'
import { tasks } from '../server/sources/tasks/tasks.ts'
import type { Sample, Sender } from './teams/model.ts'

/** Only this machine can reach a playground, and only until it is stopped. */
const secrets = { tasks: 'playground-secret-of-tasks', github: 'playground-secret-of-github' }

/**
 * Connects a `tasks` and a `generic-json` source, and answers the buttons that let their events happen.
 * @param connect makes a source, or finds the one that has its name.
 */
export async function connectSamples(
  connect: (source: {
    kind: string
    name: string
    settings: object
    secret: string
  }) => Promise<{ url: string }>,
  names: { tasks: string; github: string },
): Promise<Sender[]> {
  const fromTasks = await connect({ kind: 'tasks', name: names.tasks, settings: {}, secret: secrets.tasks })
  const fromGithub = await connect({
    kind: 'generic-json',
    name: names.github,
    settings: github,
    secret: secrets.github,
  })
  return [
    {
      id: 'tasks',
      title: names.tasks,
      url: fromTasks.url,
      headers: { authorization: `Bearer ${secrets.tasks}` },
      samples: taskSamples(),
    },
    {
      id: 'github',
      title: names.github,
      url: fromGithub.url,
      headers: { 'x-github-delivery': '{{id}}' },
      signed: { header: 'x-hub-signature-256', secret: secrets.github },
      samples: githubSamples(),
    },
  ]
}

/** The kind's own examples, each press a new event that happens now. */
function taskSamples(): Sample[] {
  return tasks.examples
    .filter(({ body }) => !Array.isArray(body))
    .map(({ id, title, body }) => ({
      id,
      title: inLanguage(title, 'en'),
      body: { ...(body as object), id: '{{id}}', occurredAt: '{{now}}' },
    }))
}

/** Payloads as GitHub really sends them, of things that happen now: the published ones are years old. */
function githubSamples(): Sample[] {
  const all = createRequire(import.meta.url)('@octokit/webhooks-examples') as {
    name: string
    examples: object[]
  }[]
  const wanted = [
    ['push', undefined, 'Commits are pushed'],
    ['pull_request', 'opened', 'A pull request is opened'],
    ['issues', 'opened', 'An issue is opened'],
    ['issue_comment', 'created', 'Someone comments'],
    ['release', 'published', 'A release is published'],
    ['workflow_run', 'completed', 'A workflow run ends'],
  ] as const
  return wanted.flatMap(([name, action, title]) => {
    const examples = all.find((one) => one.name === name)?.examples ?? []
    const body = examples.find((one) => action === undefined || ('action' in one && one.action === action))
    return body ? [{ id: name, title, headers: { 'x-github-event': name }, body: happeningNow(body) }] : []
  })
}

const happeningNow = (body: object): unknown =>
  JSON.parse(JSON.stringify(body).replaceAll(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"{{now}}"'))
