import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import closeWithGrace from 'close-with-grace'
import { cardwireApp, settingsBeside } from './beside.ts'
import { startCardwire } from './cardwire-process.ts'
import { connectSamples } from './samples.ts'
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
teams.setSenders(
  await connectSamples(findOrConnect, { tasks: 'Tasks of the Harbour team', github: 'GitHub' }),
)

closeWithGrace({ logger: false }, async () => {
  await cardwire.stop()
  await teams.close()
})
console.log(`
  Cardwire's playground is ready: ${teams.url}

  Add Cardwire to a channel, as a tab with the plus beside Posts or under Connectors, choose what
  the channel wants and press Save. A tab needs a workflow's URL: Workflows makes one.
  Then let something happen with the panel on the right.

  Its console is at ${cardwireUrl}/admin (token: ${adminToken}), its API is described at ${cardwireUrl}/docs.
  Everything is kept in ${folder}. Ctrl-C stops; LOG=1 shows the server's log.
`)

/** The source of that name from an earlier run, or a new one. */
async function findOrConnect(source: { name: string }): Promise<{ url: string }> {
  const known = await asAdministrator<{ items: { name: string; url: string }[] }>('GET')
  const found = known.items.find(({ name }) => name === source.name)
  return found ?? asAdministrator<{ url: string }>('POST', source)
}

async function asAdministrator<Answer>(method: string, body?: object): Promise<Answer> {
  const response = await fetch(`${cardwireUrl}/api/admin/sources`, {
    method,
    headers: {
      authorization: `Bearer ${adminToken}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`The sources could not be connected: ${await response.text()}`)
  return (await response.json()) as Answer
}
