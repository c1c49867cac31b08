import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import closeWithGrace from 'close-with-grace'
import { github } from '../server/sources/generic-json/presets/github.ts'
import { tasks } from '../server/sources/tasks/tasks.ts'
import { cardwireApp, settingsBeside } from './beside.ts'
import { startCardwire } from './cardwire-process.ts'
import type { Sample, Sender } from './teams/model.ts'
import { createSimulatedTeams } from './teams/simulated-teams.ts'

/**
 * Cardwire and the simulated Teams together, for people: `npm run playground`.
 *
 * The server is the built one, in a process of its own, with its settings as an administrator would give them. All
 * there is lies in `data/playground`, so that stopping and starting again finds everything where it was; deleting
 * the folder starts afresh.
 */
const folder = resolve('data', 'playground')
const cardwirePort = Number(process.env.PORT ?? 3978)
const teamsPort = cardwirePort + 1
const cardwireUrl = `http://localhost:${cardwirePort}`
// Only this machine can reach the playground, and only until it is stopped.
const adminToken = 'playground-admin-token'
const asAdministrator = { authorization: `Bearer ${adminToken}` }
const secrets = { tasks: 'playground-secret-of-tasks', github: 'playground-secret-of-github' }

mkdirSync(folder, { recursive: true })
const teams = await createSimulatedTeams({
  port: teamsPort,
  stateFile: resolve(folder, 'teams.json'),
  apps: [
    {
      ...cardwireApp(cardwireUrl),
      iconUrl: `data:image/png;base64,${await readFile('icons/color.png', 'base64')}`,
    },
  ],
})
const cardwire = await startCardwire(
  settingsBeside(teams.url, { url: cardwireUrl, databasePath: resolve(folder, 'cardwire.db'), adminToken }),
  { onLine: (line) => process.env.LOG && console.log(line) },
)
teams.setSenders(await connectSenders())

closeWithGrace({ logger: false }, async () => {
  await cardwire.stop()
  await teams.close()
})
console.log(`
  Cardwire's playground is ready: ${teams.url}

  Open a channel's Connectors, add Cardwire, choose what the channel wants and press Save.
  Then let something happen with the panel on the right.

  The API is described at ${cardwireUrl}/docs (admin token: ${adminToken}).
  Everything is kept in ${folder}. Ctrl-C stops; LOG=1 shows the server's log.
`)

/** Makes the two sources unless an earlier run did, and the buttons that let their events happen. */
async function connectSenders(): Promise<Sender[]> {
  const known = await sources()
  const tasksUrl =
    known.get('Tasks of the Harbour team') ??
    (await connect({ kind: 'tasks', name: 'Tasks of the Harbour team', settings: {}, secret: secrets.tasks }))
  const githubUrl =
    known.get('GitHub') ??
    (await connect({ kind: 'generic-json', name: 'GitHub', settings: github, secret: secrets.github }))
  return [
    {
      id: 'tasks',
      title: 'Tasks of the Harbour team',
      url: tasksUrl,
      headers: { authorization: `Bearer ${secrets.tasks}` },
      samples: taskSamples(),
    },
    {
      id: 'github',
      title: 'GitHub',
      url: githubUrl,
      headers: { 'x-github-delivery': '{{id}}' },
      signed: { header: 'x-hub-signature-256', secret: secrets.github },
      samples: githubSamples(),
    },
  ]
}

async function sources(): Promise<Map<string, string>> {
  const response = await fetch(`${cardwireUrl}/api/admin/sources`, { headers: asAdministrator })
  const { items } = (await response.json()) as { items: { name: string; url: string }[] }
  return new Map(items.map(({ name, url }) => [name, url]))
}

async function connect(source: object): Promise<string> {
  const response = await fetch(`${cardwireUrl}/api/admin/sources`, {
    method: 'POST',
    headers: { ...asAdministrator, 'content-type': 'application/json' },
    body: JSON.stringify(source),
  })
  if (response.status !== 201) throw new Error(`The source was not made: ${await response.text()}`)
  return ((await response.json()) as { url: string }).url
}

/** The kind's own examples, each press a new event that happens now. */
function taskSamples(): Sample[] {
  return tasks.examples
    .filter(({ body }) => !Array.isArray(body))
    .map(({ id, title, body }) => ({
      id,
      title,
      body: { ...(body as object), id: '{{id}}', occurredAt: '{{now}}' },
    }))
}

/** Payloads as GitHub really sends them. */
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
    return body ? [{ id: name, title, headers: { 'x-github-event': name }, body }] : []
  })
}
